"""Logs of real flights, as columns of numbers."""

from __future__ import annotations

import contextlib
import os
import pathlib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Union

import numpy as np
import numpy.typing as npt

from .errors import ArgumentError

Column = npt.NDArray[np.float64]

COLUMNS = (
    *("t", "x", "y", "z", "qx", "qy", "qz", "qw", "vx", "vy", "vz", "wx", "wy", "wz"),
    *("ax", "ay", "az", "pwm0", "pwm1", "pwm2", "pwm3", "vbat"),
    *("ref_x", "ref_y", "ref_z", "ref_yaw", "exc0", "exc1", "exc2", "exc3"),
)
"""The names that columns of a log may have, in their order; the page Truth says what they are."""


class FlightLog:
    """A log of a real flight: ``log["vx"]`` is a column.

    SI; the world's z axis points up, body axes are x forward, y left, z up; ``wx`` to ``wz`` are body rates, and
    ``ax`` to ``az`` what the accelerometer measures along the body's axes. ``pwm0`` to ``pwm3`` are the pulses of
    the motors front right, back right, back left and front left, 0 to 65535.

    :param name: what the log is called
    :param columns: its columns, all of one length; t and the four pulses at least
    :raises ArgumentError: for names that there are not, or columns that do not fit together
    """

    def __init__(self, name: str, columns: Mapping[str, npt.ArrayLike]) -> None:
        self.name = name
        found = {key: np.asarray(values, np.float64) for key, values in columns.items()}
        for key in found:
            if key not in COLUMNS:
                raise ArgumentError(f"there is no column {key!r} of a log; there are {COLUMNS}")
        for key in ("t", "pwm0", "pwm1", "pwm2", "pwm3"):
            if key not in found:
                raise ArgumentError(f"{name}: has no column {key!r}; expected t and pwm0 to pwm3")
        rows = found["t"].shape
        for key, values in found.items():
            if values.ndim != 1 or values.shape != rows:
                raise ArgumentError(
                    f"{name}: column {key!r} has shape {values.shape}; expected {rows}, as t has"
                )
        self.columns: dict[str, Column] = {key: found[key] for key in COLUMNS if key in found}
        """The columns by their names, in the order of a file."""

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> FlightLog:
        """Reads a log from a CSV file; columns of other names, and empty ones, are left out."""
        with open(path, encoding="utf-8") as file:
            header = file.readline().strip().split(",")
            table = np.genfromtxt(file, delimiter=",", ndmin=2)
        known = [(name, index) for index, name in enumerate(header) if name in COLUMNS]
        columns = {name: table[:, index] for name, index in known}
        filled = {name: column for name, column in columns.items() if not np.isnan(column).all()}
        return cls(pathlib.Path(path).name, filled)

    def save(self, path: str | os.PathLike[str]) -> pathlib.Path:
        """Writes it to a CSV file, which ``replay``, ``swiftlet score`` and ``swiftlet identify`` read."""
        names = list(self.columns)
        table = np.column_stack([self.columns[name] for name in names])
        np.savetxt(path, table, fmt="%.9g", delimiter=",", header=",".join(names), comments="")
        return pathlib.Path(path)

    def __getitem__(self, name: str) -> Column:
        """A column of that name."""
        if name not in self.columns:
            raise ArgumentError(f"there is no column {name!r}; there are {list(self.columns)}")
        return self.columns[name]

    def __contains__(self, name: str) -> bool:
        return name in self.columns

    def __len__(self) -> int:
        """How many rows it has."""
        return len(self.columns["t"])

    def __repr__(self) -> str:
        t = self.columns["t"]
        return f"FlightLog({self.name!r}, {len(t)} rows, {t[-1] - t[0]:g} s)"


LogSource = Union[str, "os.PathLike[str]", FlightLog]
"""A log, or a file with one: CSV, what a Crazyflie wrote to its SD card, or PX4's ULog."""


@contextlib.contextmanager
def as_files(logs: LogSource | Sequence[LogSource]) -> Iterator[list[bytes]]:
    """The paths of logs, for as long as it lasts; those that are no such files are written to some."""
    listed = [logs] if isinstance(logs, (str, os.PathLike, FlightLog)) else list(logs)
    if not listed:
        raise ArgumentError("logs is empty; expected one or more")
    with tempfile.TemporaryDirectory(prefix="swiftlet-") as folder:
        paths = []
        for index, log in enumerate(listed):
            if not isinstance(log, FlightLog) and pathlib.Path(log).suffix.lower() == ".ulg":
                from .ulog import read_ulog

                log = read_ulog(log)
            if isinstance(log, FlightLog):
                own = pathlib.Path(folder) / str(index)
                own.mkdir()
                log = log.save(own / f"{pathlib.Path(log.name).stem}.csv")
            paths.append(os.fsencode(log))
        yield paths
