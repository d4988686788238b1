"""What control laws of the library are told of one drone."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ..._library import ffi, struct
from ..._values import Array


def shared(owner: Any, field: str) -> Array:
    """An array that shares its numbers with a field of a struct."""
    return np.frombuffer(ffi.buffer(ffi.addressof(owner, field)), np.float64)


class Tracking:
    """How a drone moves, and how it should."""

    def __init__(self) -> None:
        self.struct = struct("swiftlet_tracking")
        self._fields = [
            shared(self.struct, name)
            for name in ("position", "attitude", "velocity", "goal_position", "goal_velocity")
        ]
        self._rates = shared(self.struct, "goal_angle_rates")

    def fill(self, *values: npt.ArrayLike) -> None:
        """Takes position, attitude, velocity, and the position and velocity that should be."""
        for field, value in zip(self._fields, values, strict=True):
            field[:] = value

    def turn(self, period: float, yaw: float, rates: npt.ArrayLike) -> None:
        """Takes the period [s], and the yaw [rad] and rates [rad/s] that should be."""
        self.struct.period, self.struct.goal_yaw = period, yaw
        self._rates[:] = rates
