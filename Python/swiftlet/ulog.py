"""Logs of PX4, in its format ULog, read with ``pyulog``: ``pip install swiftlet[ulog]``."""

from __future__ import annotations

import os
import pathlib
from typing import Any

import numpy as np
import numpy.typing as npt

from .errors import ArgumentError
from .flight_logs import FlightLog

Array = npt.NDArray[np.float64]

_FULL = 65535.0
# Front right, back right, back left, front left, as forward and right of PX4's axes.
_CORNERS = ((1, 1), (-1, 1), (-1, -1), (1, -1))
# PX4's quadrotor x: motors 1 to 4 are front right, back left, front left and back right.
_USUAL_MOTORS = (0, 3, 1, 2)


def read_ulog(path: str | os.PathLike[str], *, frequency: float | None = None) -> FlightLog:
    """Reads the log of a quadcopter that PX4 flew.

    Positions, north, east and down in PX4, become x north, y west, z up, and its body axes, forward, right and
    down, become x forward, y left, z up. Rows stand where the motors' commands do, from the time on at which
    everything is known; motion and voltage are interpolated between PX4's messages, commands and setpoints
    held. Pulses are commands from 0 to 1 times 65535, bent as ``THR_MDL_FAC`` says where that is set; without
    ``actuator_motors`` they come from ``actuator_outputs``. Motors are told apart by ``CA_ROTOR0_PX`` and its
    like, or are in the order of PX4's quadrotor x.

    Topics: actuator_motors or actuator_outputs; vehicle_local_position, vehicle_attitude,
    vehicle_angular_velocity, sensor_combined or vehicle_acceleration, battery_status,
    trajectory_setpoint or vehicle_local_position_setpoint. Columns whose topic is not there, or whose
    numbers are not known throughout, are left out.

    :param path: the file
    :param frequency: how many rows make a second; by default there is one for each command [Hz]
    :raises ImportError: where pyulog is not installed
    :raises ArgumentError: where the file is no log of that kind, or has no commands of four motors
    """
    try:
        import pyulog
    except ImportError:
        raise ImportError("logs of PX4 need pyulog: pip install swiftlet[ulog]") from None
    name = pathlib.Path(path).name
    if not pathlib.Path(path).is_file():
        raise ArgumentError(f"{os.fspath(path)}: there is no such file")
    try:
        with open(path, "rb") as file:
            log = pyulog.ULog(file)
    except Exception as error:  # pyulog raises whatever its reading runs into
        raise ArgumentError(f"{name}: cannot be read as a ULog file: {error}") from None
    return _Reader(name, log).log(frequency)


class _Topic:
    """The messages of a topic, in order of time."""

    def __init__(self, name: str, data: dict[str, npt.NDArray[Any]]) -> None:
        times = data["timestamp"]
        # Commands act when they are given, motion was when it was sampled; 0 where that is not known.
        if not name.startswith("actuator") and "timestamp_sample" in data:
            times = np.where(data["timestamp_sample"] > 0, data["timestamp_sample"], times)
        order = np.argsort(times, kind="stable")
        keep = np.concatenate([[True], np.diff(times[order]) > 0])
        self._rows = order[keep]
        self._data = data
        self.times: Array = times[self._rows].astype(np.float64) * 1e-6

    def __contains__(self, field: str) -> bool:
        return field in self._data

    def columns(self, *fields: str) -> Array:
        """Some fields, (rows, fields)."""
        return np.column_stack([self._data[field][self._rows].astype(np.float64) for field in fields])

    def between(self, at: Array, *fields: str) -> Array:
        """Some fields along straight lines, (times, fields)."""
        table = self.columns(*fields)
        return np.column_stack([np.interp(at, self.times, column) for column in table.T])

    def held(self, at: Array, *fields: str) -> Array:
        """Some fields as they were last, (times, fields)."""
        rows = np.searchsorted(self.times, at + 1e-9, side="right") - 1
        return self.columns(*fields)[np.maximum(rows, 0)]


class _Reader:
    """Reads the columns of one log."""

    def __init__(self, name: str, log: Any) -> None:
        self._name = name
        self._parameters: dict[str, float] = dict(log.initial_parameters)
        self._topics: dict[str, _Topic] = {}
        for data in log.data_list:
            if data.multi_id == 0 and len(data.data["timestamp"]) > 1:
                self._topics[data.name] = _Topic(data.name, data.data)

    def _first(self, *names: str) -> _Topic | None:
        return next((self._topics[name] for name in names if name in self._topics), None)

    def log(self, frequency: float | None) -> FlightLog:
        """The log, with a row for each command, or so many a second."""
        times, commands = self._commands()
        motion = [
            self._topics[name]
            for name in ("vehicle_local_position", "vehicle_attitude", "vehicle_angular_velocity")
            if name in self._topics
        ]
        start = max([times[0], *(topic.times[0] for topic in motion)])
        end = min([times[-1], *(topic.times[-1] for topic in motion)])
        if frequency is not None:
            if not 1 <= frequency <= 10_000:
                raise ArgumentError(f"frequency is {frequency}; expected 1 to 10000 Hz")
            at = start + np.arange(int((end - start) * frequency) + 1) / frequency
        else:
            at = times[(times >= start) & (times <= end)]
        if len(at) < 3:
            raise ArgumentError(f"{self._name}: its topics have less than three rows in common")
        rows = np.searchsorted(times, at + 1e-9, side="right") - 1
        pulses = np.round(_FULL * commands[rows])
        columns = {"t": at - at[0], **{f"pwm{i}": pulses[:, i] for i in range(4)}}
        columns.update(self._motion(at))
        columns.update(self._setpoints(at))
        return FlightLog(self._name, columns)

    def _commands(self) -> tuple[Array, Array]:
        """When motors were told something, and what: (rows, 4), 0 to 1, in our order."""
        motors = list(self._motor_order())
        if topic := self._topics.get("actuator_motors"):
            commands = topic.columns(*(f"control[{motor}]" for motor in motors))
            # Motors that stand still are told no number.
            commands = self._bent(np.clip(np.nan_to_num(commands, nan=0.0), 0, 1))
        elif topic := self._topics.get("actuator_outputs"):
            outputs = topic.columns(*(f"output[{motor}]" for motor in motors))
            low = np.array([self._bound("MIN", motor, 1000) for motor in motors])
            high = np.array([self._bound("MAX", motor, 2000) for motor in motors])
            commands = np.clip((outputs - low) / (high - low), 0, 1)
        else:
            raise ArgumentError(
                f"{self._name}: has no commands of motors; expected topic actuator_motors or "
                f"actuator_outputs among {sorted(self._topics)}"
            )
        return topic.times, commands

    def _bound(self, end: str, motor: int, usual: float) -> float:
        """The lowest or highest pulse of an output. [µs]"""
        names = (f"PWM_MAIN_{end}{motor + 1}", f"PWM_{end}")
        return next((float(self._parameters[n]) for n in names if n in self._parameters), usual)

    def _bent(self, commands: Array) -> Array:
        """What outputs get for a thrust: thrust = f s² + (1 − f) s, with f of THR_MDL_FAC."""
        factor = float(self._parameters.get("THR_MDL_FAC", 0))
        if factor <= 0:
            return commands
        linear = 1 - factor
        bent: Array = (np.sqrt(linear**2 + 4 * factor * commands) - linear) / (2 * factor)
        return bent

    def _motor_order(self) -> tuple[int, ...]:
        """Which motor of PX4 is ours, front right first."""
        places = [
            (self._parameters.get(f"CA_ROTOR{i}_PX"), self._parameters.get(f"CA_ROTOR{i}_PY"))
            for i in range(4)
        ]
        corners = [(np.sign(x), np.sign(y)) for x, y in places if x and y]
        if len(set(corners)) == 4:
            return tuple(corners.index(corner) for corner in _CORNERS)
        return _USUAL_MOTORS

    def _motion(self, at: Array) -> dict[str, Array]:
        columns: dict[str, Array] = {}
        if topic := self._topics.get("vehicle_local_position"):
            _add(columns, ("x", "y", "z"), _turned(topic.between(at, "x", "y", "z")))
            _add(columns, ("vx", "vy", "vz"), _turned(topic.between(at, "vx", "vy", "vz")))
        if topic := self._topics.get("vehicle_attitude"):
            _add(columns, ("qw", "qx", "qy", "qz"), _quaternions(topic, at))
        if topic := self._topics.get("vehicle_angular_velocity"):
            rates = topic.between(at, *(f"xyz[{axis}]" for axis in range(3)))
            _add(columns, ("wx", "wy", "wz"), _turned(rates))
        if topic := self._first("vehicle_acceleration", "sensor_combined"):
            field = "xyz" if "xyz[0]" in topic else "accelerometer_m_s2"
            felt = topic.between(at, *(f"{field}[{axis}]" for axis in range(3)))
            _add(columns, ("ax", "ay", "az"), _turned(felt))
        if topic := self._topics.get("battery_status"):
            voltage = topic.between(at, "voltage_v")
            if (voltage > 0).all():
                _add(columns, ("vbat",), voltage)
        return columns

    def _setpoints(self, at: Array) -> dict[str, Array]:
        topic = self._first("trajectory_setpoint", "vehicle_local_position_setpoint")
        if topic is None:
            return {}
        fields = [f"position[{axis}]" for axis in range(3)]
        if fields[0] not in topic:
            fields = ["x", "y", "z"]
        columns: dict[str, Array] = {}
        _add(columns, ("ref_x", "ref_y", "ref_z"), _turned(topic.held(at, *fields)))
        _add(columns, ("ref_yaw",), -topic.held(at, "yaw"))
        return columns


def _add(columns: dict[str, Array], names: tuple[str, ...], table: Array) -> None:
    """Adds columns, unless some numbers are missing: positions without a fix, setpoints of velocity alone."""
    if np.isfinite(table).all():
        columns.update(zip(names, table.T, strict=True))


def _turned(vectors: Array) -> Array:
    """From north, east, down to north, west, up; and from forward, right, down to forward, left, up."""
    turned: Array = vectors * np.array([1.0, -1.0, -1.0])
    return turned


def _quaternions(topic: _Topic, at: Array) -> Array:
    """Attitudes w, x, y, z between messages, in our axes."""
    table = topic.columns(*(f"q[{i}]" for i in range(4)))
    # A quaternion and its negative are one attitude: follow the nearer.
    turns = np.sign(np.einsum("ij,ij->i", table[1:], table[:-1]))
    table[1:] *= np.cumprod(np.where(turns == 0, 1, turns))[:, None]
    found = np.column_stack([np.interp(at, topic.times, column) for column in table.T])
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    turned: Array = found * np.array([1.0, 1.0, -1.0, -1.0])
    return turned
