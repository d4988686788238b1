"""Logs of flights: in memory, in files, and as graphs."""

from __future__ import annotations

import os
import pathlib
import warnings
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from ..._values import Array
from ..._view import has_screen
from ...errors import ArgumentError
from ._tables import write_signals, write_trajectory

_NO_CONTROL = np.zeros(12)


class Logger:
    """Keeps how drones moved, and what they were told.

    ``timestamps`` (drones, rows), ``states`` (drones, 16, rows) and ``controls`` (drones, 12, rows) are what was
    logged. A state is position, velocity, roll, pitch and yaw, angular velocity, and rotor speeds.

    :param logging_freq_hz: how many rows make a second [Hz]
    :param output_folder: where files go; it is made where it is missing
    :param num_drones: how many drones there are
    :param duration_sec: how long the flight will be, or 0 where that is not known [s]
    :param colab: whether ``plot`` writes a file where there is a screen, too
    """

    def __init__(
        self,
        logging_freq_hz: int,
        output_folder: str = "results",
        num_drones: int = 1,
        duration_sec: int = 0,
        colab: bool = False,
    ) -> None:
        self.COLAB, self.OUTPUT_FOLDER = colab, output_folder
        self.LOGGING_FREQ_HZ, self.NUM_DRONES = logging_freq_hz, num_drones
        self.PREALLOCATED_ARRAYS = duration_sec != 0
        self.counters = np.zeros(num_drones)
        self._length = duration_sec * logging_freq_hz
        # Time, state and control, and the quaternion, which states leave out.
        self._rows = np.zeros((num_drones, 1 + 16 + 12 + 4, self._length))
        pathlib.Path(output_folder).mkdir(parents=True, exist_ok=True)

    @property
    def timestamps(self) -> Array:
        """When rows were logged, (drones, rows). [s]"""
        return self._rows[:, 0, : self._length]

    @property
    def states(self) -> Array:
        """How drones moved, (drones, 16, rows)."""
        return self._rows[:, 1:17, : self._length]

    @property
    def controls(self) -> Array:
        """What they were told, (drones, 12, rows)."""
        return self._rows[:, 17:29, : self._length]

    @property
    def attitudes(self) -> Array:
        """The quaternions x, y, z, w, (drones, 4, rows); 0 where the state had none."""
        return self._rows[:, 29:, : self._length]

    def log(
        self, drone: int, timestamp: float, state: npt.ArrayLike, control: npt.ArrayLike = _NO_CONTROL
    ) -> None:
        """Adds a row of one drone.

        :param drone: which one
        :param timestamp: when [s]
        :param state: its state vector, (20,), as environments give it; what is beyond is left out, with a warning
        :param control: what it was told, (12,)
        :raises ArgumentError: where one of them is none
        """
        row, told = np.asarray(state, np.float64), np.asarray(control, np.float64)
        if not 0 <= drone < self.NUM_DRONES or timestamp < 0:
            raise ArgumentError(
                f"drone is {drone} and timestamp {timestamp}; expected one of {self.NUM_DRONES}, and 0 or more"
            )
        if row.ndim != 1 or row.size < 20 or told.shape != (12,):
            raise ArgumentError(
                f"state has shape {row.shape} and control {told.shape}; expected (20,) and (12,)"
            )
        if row.size > 20:
            warnings.warn(f"state has {row.size} numbers, of which 20 are logged", stacklevel=2)
        index = int(self.counters[drone])
        if index >= self._length:
            self._grow()
        elif not self.PREALLOCATED_ARRAYS:
            index = self._length - 1
        self._rows[drone, :, index] = np.concatenate(
            ([timestamp], row[0:3], row[10:13], row[7:10], row[13:20], told, row[3:7])
        )
        self.counters[drone] = index + 1

    def _grow(self) -> None:
        """Adds a row of zeros of all drones."""
        self._length += 1
        if self._length > self._rows.shape[2]:
            more = np.zeros((*self._rows.shape[:2], max(self._length, 64)))
            self._rows = np.concatenate([self._rows, more], axis=2)

    def _path(self, name: str) -> pathlib.Path:
        stamp = datetime.now().strftime("%m.%d.%Y_%H.%M.%S")
        return pathlib.Path(self.OUTPUT_FOLDER) / f"save-flight-{name}{stamp}"

    def save(self) -> None:
        """Writes ``timestamps``, ``states`` and ``controls`` into one file, which ``numpy.load`` reads."""
        with open(f"{self._path('')}.npy", "wb") as file:
            np.savez(file, timestamps=self.timestamps, states=self.states, controls=self.controls)

    def save_as_csv(self, comment: str = "") -> None:
        """Writes a folder with a file for each signal of each drone, such as ``x0.csv``, with rows of time and value,
        and ``trajectory.csv``, which has everything in one table (Documentation/Physics.md).

        :param comment: a part of the folder's name
        """
        folder = self._path(f"{comment}-")
        folder.mkdir(parents=True, exist_ok=True)
        write_signals(folder, self.states, self.LOGGING_FREQ_HZ)
        write_trajectory(
            folder / "trajectory.csv", self.timestamps, self.states, self.attitudes, self.controls
        )

    def plot(self, pwm: bool = False) -> None:
        """Draws all signals: in a window where there is a screen, else into ``output_figure.png``.

        :param pwm: whether rotor speeds are drawn as the motor signals of a Crazyflie, but those of drone 0
        :raises ImportError: where matplotlib is not installed
        """
        if not has_screen():
            os.environ.setdefault("MPLBACKEND", "Agg")
        import matplotlib
        from matplotlib import pyplot

        from ._graphs import draw

        figure: Any = draw(self.states, self.LOGGING_FREQ_HZ, pwm)
        if self.COLAB or matplotlib.get_backend().lower() == "agg":
            figure.savefig(pathlib.Path(self.OUTPUT_FOLDER) / "output_figure.png")
            pyplot.close(figure)
        else:
            pyplot.show()
