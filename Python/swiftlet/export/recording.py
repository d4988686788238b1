"""What a run folder holds: the rows of drones and obstacles, and the metadata beside them."""

from __future__ import annotations

import csv
import json
import os
import pathlib
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ..errors import ArgumentError, FileError

Array = npt.NDArray[np.float64]

STANDARD = [
    *("t", "drone", "x", "y", "z", "qx", "qy", "qz", "qw", "roll", "pitch", "yaw"),
    *("vx", "vy", "vz", "wx", "wy", "wz", "rpm0", "rpm1", "rpm2", "rpm3"),
    *("ref_x", "ref_y", "ref_z", "ref_vx", "ref_vy", "ref_vz", "ref_yaw", "contacts"),
]
"""The columns of every trajectory; those of sensors come behind."""


@dataclass(frozen=True)
class Recording:
    """A recorded flight."""

    columns: list[str]
    table: Array
    """All numbers, (instants, drones, columns); NaN for what is empty."""
    metadata: dict[str, Any]
    """Units, frames, the scenario, the models; empty where there is no metadata.json."""
    motions: dict[int, Array]
    """The poses of obstacles that move, by their places in the scenario: (instants, 7)."""

    @classmethod
    def read(cls, source: str | os.PathLike[str]) -> Recording:
        """Reads a run folder, or a trajectory file with what is beside it.

        :raises FileError: where there is none
        :raises ArgumentError: where one is damaged, with its line
        """
        path = pathlib.Path(source)
        if path.is_dir():
            path = path / "trajectory.csv"
            partial = path.with_name("trajectory.csv.partial")
            if not path.exists() and partial.exists():
                raise FileError(f"{path.parent}: the flight did not end; name {partial} to have what there is")
        columns, rows = _table(path)
        missing = [name for name in STANDARD if name not in columns]
        if missing:
            raise ArgumentError(f"{path}:1: has no column {missing[0]}; expected a trajectory")
        table = _by_drone(path, columns, rows)
        return cls(columns, table, _metadata(path.with_name("metadata.json")), _motions(path, table))

    def __getitem__(self, column: str) -> Array:
        """A column, (instants, drones)."""
        return self.table[:, :, self.columns.index(column)]

    def vectors(self, *names: str) -> Array:
        """Columns side by side, (instants, drones, len(names))."""
        return self.table[:, :, [self.columns.index(name) for name in names]]

    @property
    def time(self) -> Array:
        """The times of the instants, (instants,). [s]"""
        return self["t"][:, 0]

    @property
    def drones(self) -> int:
        """How many drones fly."""
        return int(self.table.shape[1])

    @property
    def readings(self) -> list[str]:
        """The columns of sensors and batteries."""
        return [name for name in self.columns if name not in STANDARD]

    @property
    def scenario(self) -> dict[str, Any]:
        """The scenario with all its defaults; empty where there is no metadata.json."""
        found: dict[str, Any] = self.metadata.get("scenario", {})
        return found

    @property
    def obstacles(self) -> list[dict[str, Any]]:
        """The obstacles as scenarios write them."""
        found: list[dict[str, Any]] = self.scenario.get("world", {}).get("obstacles", [])
        return found

    def model(self, drone: int) -> dict[str, Any]:
        """What a drone looks like: ``body`` and ``rotors``; empty where the metadata do not say."""
        drones = self.scenario.get("drones", [])
        name = drones[drone]["model"] if drone < len(drones) else None
        found: dict[str, Any] = self.metadata.get("models", {}).get(name, {})
        return found


def _table(path: pathlib.Path, texts: tuple[str, ...] = ()) -> tuple[list[str], Array]:
    try:
        with path.open(newline="", encoding="utf-8") as file:
            reader = csv.reader(file)
            columns = [name for name in next(reader, []) if name not in texts]
            rows = [_numbers(path, number, row, len(columns)) for number, row in enumerate(reader, 2) if row]
    except OSError as error:
        raise FileError(f"{path}: cannot be read: {error.strerror}") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise ArgumentError(f"{path}: is no CSV file: {error}") from None
    if not rows:
        raise ArgumentError(f"{path}: has no rows")
    return columns, np.array(rows, np.float64)


def _numbers(path: pathlib.Path, line: int, row: list[str], count: int) -> list[float]:
    if len(row) < count:
        raise ArgumentError(f"{path}:{line}: has {len(row)} fields; expected {count}")
    try:
        return [float(field) if field else np.nan for field in row[:count]]
    except ValueError as error:
        raise ArgumentError(f"{path}:{line}: {error}") from None


def _by_drone(path: pathlib.Path, columns: list[str], rows: Array) -> Array:
    drone = rows[:, columns.index("drone")]
    count = int(np.nanmax(drone)) + 1 if np.isfinite(drone).any() else 0
    whole = len(rows) // max(count, 1) * count
    if whole == 0 or not np.array_equal(drone[:whole], np.tile(np.arange(count), whole // count)):
        raise ArgumentError(f"{path}: expected the rows of drones 0 to {count - 1} instant by instant")
    table = rows[:whole].reshape(-1, count, len(columns))
    time = table[:, :, columns.index("t")]
    if not (np.isfinite(time).all() and (np.diff(time[:, 0]) > 0).all() and (time >= 0).all()):
        raise ArgumentError(f"{path}: expected times from 0 on that rise from instant to instant")
    return table


def _metadata(path: pathlib.Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ArgumentError(f"{path}: is no metadata of a flight: {error}") from None
    return found


def _motions(trajectory: pathlib.Path, table: Array) -> dict[int, Array]:
    path = trajectory.with_name("obstacles.csv")
    if not path.exists():
        return {}
    columns, rows = _table(path, texts=("name",))
    poses = rows[:, [columns.index(name) for name in ("x", "y", "z", "qx", "qy", "qz", "qw")]]
    places = rows[:, columns.index("obstacle")].astype(int)
    motions = {int(place): poses[places == place] for place in np.unique(places)}
    for place, motion in motions.items():
        if len(motion) < len(table):
            raise ArgumentError(f"{path}: obstacle {place} has {len(motion)} rows; expected {len(table)}")
    return {place: motion[: len(table)] for place, motion in motions.items()}
