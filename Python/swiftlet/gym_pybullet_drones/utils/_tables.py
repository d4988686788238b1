"""Logs as tables in files."""

from __future__ import annotations

import pathlib

import numpy as np
import numpy.typing as npt

from ..._values import Array

STATES = ["x", "y", "z", "vx", "vy", "vz", "r", "p", "ya", "wx", "wy", "wz"]
"""The signals of a state before its rotor speeds, by the names of files."""

_COLUMNS = (
    "t,drone,x,y,z,qx,qy,qz,qw,roll,pitch,yaw,vx,vy,vz,wx,wy,wz,rpm0,rpm1,rpm2,rpm3,"
    + ",".join(f"control{index}" for index in range(12))
)


def pwm(speeds: Array) -> Array:
    """The signals at which the motors of a Crazyflie turn at some speeds. [rpm]"""
    signals: Array = (speeds - 4070.3) / 0.2685
    return signals


def rate(angles: Array, frequency: float) -> Array:
    """The differences of angles [rad] from row to row, the first 0. [rad/s]"""
    return np.diff(angles, prepend=angles[:1]) * frequency


def signals(state: Array, frequency: float) -> dict[str, Array]:
    """All signals of one drone, from its states (16, rows)."""
    found = dict(zip(STATES, state, strict=False))
    for name in ("r", "p", "ya"):
        found[f"{name}r"] = rate(found[name], frequency)
    for rotor in range(4):
        found[f"rpm{rotor}-"] = state[12 + rotor]
        found[f"pwm{rotor}-"] = pwm(state[12 + rotor])
    return found


def write_signals(folder: pathlib.Path, states: Array, frequency: float) -> None:
    """Writes a file for each signal of each drone."""
    times = np.arange(states.shape[2]) / frequency
    for drone, state in enumerate(states):
        for name, values in signals(state, frequency).items():
            np.savetxt(
                folder / f"{name}{drone}.csv", np.stack([times, values], axis=1), delimiter=","
            )


def write_trajectory(
    path: pathlib.Path, times: Array, states: Array, attitudes: Array, controls: Array
) -> None:
    """Writes one table with a row for each drone and time."""
    lines = [_COLUMNS]
    for index in range(times.shape[1]):
        for drone in range(len(times)):
            state = states[drone, :, index]
            position, velocity, angles, rates, speeds = np.split(state, [3, 6, 9, 12])
            attitude = attitudes[drone, :, index]
            attitude = attitude if attitude.any() else quaternion(angles)
            parts = (position, attitude, angles, velocity, rates, speeds, controls[drone, :, index])
            row = [times[drone, index], *np.concatenate(parts)]
            words = [repr(float(number)) for number in row]
            lines.append(",".join([words[0], str(drone), *words[1:]]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def quaternion(angles: npt.ArrayLike) -> Array:
    """The quaternion x, y, z, w of roll, pitch and yaw. [rad]"""
    (sr, sp, sy), (cr, cp, cy) = np.sin(np.divide(angles, 2)), np.cos(np.divide(angles, 2))
    return np.array(
        [
            sr * cp * cy - cr * sp * sy,
            cr * sp * cy + sr * cp * sy,
            cr * cp * sy - sr * sp * cy,
            cr * cp * cy + sr * sp * sy,
        ]
    )
