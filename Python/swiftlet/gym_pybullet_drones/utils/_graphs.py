"""Logs as graphs."""

from __future__ import annotations

from typing import Any

import numpy as np
from cycler import cycler
from matplotlib import pyplot

from ..._values import Array
from ._tables import pwm as as_pwm
from ._tables import rate

_STYLE = cycler("color", ["r", "g", "b", "y"]) + cycler("linestyle", ["-", "--", ":", "-."])

_LEFT = [
    ("x (m)", 0),
    ("y (m)", 1),
    ("z (m)", 2),
    ("roll (rad)", 6),
    ("pitch (rad)", 7),
    ("yaw (rad)", 8),
    ("wx (rad/s)", 9),
    ("wy (rad/s)", 10),
    ("wz (rad/s)", 11),
]
"""The signals on the left, from top to bottom, and where they stand in a state."""

_RIGHT = [("vx (m/s)", 3), ("vy (m/s)", 4), ("vz (m/s)", 5)]
_RATES = [("roll rate (rad/s)", 6), ("pitch rate (rad/s)", 7), ("yaw rate (rad/s)", 8)]


def draw(states: Array, frequency: float, pwm: bool) -> Any:
    """A figure of all signals of all drones, from states (drones, 16, rows)."""
    figure, axes = pyplot.subplots(10, 2, sharex=True, figsize=(12, 16))
    times = np.arange(states.shape[2]) / frequency
    for axis in axes.flat:
        axis.set_prop_cycle(_STYLE)
    for drone, state in enumerate(states):
        label = f"drone_{drone}"
        for row, (_, index) in enumerate(_LEFT):
            axes[row, 0].plot(times, state[index], label=label)
        for row, (_, index) in enumerate(_RIGHT):
            axes[row, 1].plot(times, state[index], label=label)
        for row, (_, index) in enumerate(_RATES):
            axes[3 + row, 1].plot(times, rate(state[index], frequency), label=label)
        speeds = as_pwm(state[12:]) if pwm and drone > 0 else state[12:]
        for rotor in range(4):
            axes[6 + rotor, 1].plot(times, speeds[rotor], label=label)
    axes[9, 0].plot(times, times, label="time")
    unit = "PWM" if pwm else "rpm"
    names = [name for name, _ in _LEFT] + ["time (s)"]
    names += [name for name, _ in _RIGHT + _RATES] + [f"{unit} {rotor}" for rotor in range(4)]
    for axis, name in zip(axes.T.flat, names, strict=True):
        axis.set_ylabel(name)
        axis.grid(True)
        axis.legend(loc="upper right")
    for axis in axes[9]:
        axis.set_xlabel("time (s)")
    figure.tight_layout()
    return figure
