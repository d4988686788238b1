"""Pilots, who fly by sticks."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ._values import Array
from .simulation import Simulation

#: The acceleration of free fall that level flight is reckoned with. [m/s²]
STANDARD_GRAVITY = 9.80665


class Sticks(NamedTuple):
    """What a pilot does."""

    #: To the right, forwards and to the right, from −1 to 1. In the level mode roll and pitch are angles.
    roll: float = 0.0
    pitch: float = 0.0
    yaw: float = 0.0
    #: From 0 to 1.
    throttle: float = 0.0
    #: Whether the drone is armed; the throttle must be 0 when that begins.
    arm: bool = False
    #: Whether roll and pitch are angles, of 60° at most, rather than rates.
    level: bool = True

    def channels(self) -> list[int]:
        """The 16 channels of a remote control, from 1000 to 2000 µs: roll, pitch, throttle, yaw, switches."""
        values = [1500 + 500 * self.roll, 1500 + 500 * self.pitch, 1000 + 1000 * self.throttle, 1500 + 500 * self.yaw]
        values += [2000 if self.arm else 1000, 2000 if self.level else 1000] + [1000] * 10
        return [round(min(max(value, 1000), 2000)) for value in values]


class PositionPilot:
    """A pilot who flies to positions, with the sticks of the level mode.

    The wanted acceleration is a = k² (target − p) − 2 k v, within a tilt; the throttle learns what holds the height.

    :param hover: the throttle that about holds the height
    :param stiffness: k [1/s]
    :param tilt: the most tilt [rad]
    """

    #: The tilt of a stick that is pushed all the way. [rad]
    FULL_TILT = math.radians(60)

    def __init__(self, hover: float, stiffness: float = 1.2, tilt: float = math.radians(20)) -> None:
        self.hover, self.stiffness, self.tilt = hover, stiffness, tilt

    def sticks(self, target: npt.ArrayLike, simulation: Simulation, period: float) -> Sticks:
        """What the pilot does now; the yaw is held at 0.

        :param target: where to fly [m]
        :param simulation: a world of one drone
        :param period: the time since the last call [s]
        :return: the sticks, armed
        """
        axes = body_axes(simulation.attitude[0, 0])
        yaw = math.atan2(axes[1, 0], axes[0, 0])
        error = np.asarray(target, float) - simulation.position[0, 0]
        # Height answers sooner than tilt.
        k = self.stiffness * np.array([1.0, 1.0, 2.0])
        wanted = k * k * np.clip(error, -1.0, 1.0) - 2 * k * simulation.velocity[0, 0]
        forwards = math.cos(yaw) * wanted[0] + math.sin(yaw) * wanted[1]
        left = math.cos(yaw) * wanted[1] - math.sin(yaw) * wanted[0]
        most = math.tan(self.tilt) * STANDARD_GRAVITY
        pitch, roll = (math.atan2(min(max(a, -most), most), STANDARD_GRAVITY) for a in (forwards, -left))
        self.hover = min(max(self.hover + 0.1 * float(np.clip(error[2], -0.5, 0.5)) * period, 0.05), 0.9)
        throttle = self.hover * (1 + float(wanted[2]) / STANDARD_GRAVITY)
        return Sticks(
            roll=roll / self.FULL_TILT, pitch=pitch / self.FULL_TILT, yaw=min(max(1.5 * yaw, -0.5), 0.5),
            throttle=min(max(throttle, 0.0), 1.0), arm=True)


def body_axes(attitude: Array) -> Array:
    """The matrix whose columns are the body's axes in the world."""
    x, y, z, w = attitude
    return np.array([
        [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
        [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
        [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
    ])
