"""Buffers for how drones move."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ._library import ffi, struct

# How many components each has of how a drone moves, and of where it is to be.
STATE_WIDTHS = {"position": 3, "attitude": 4, "velocity": 3, "body_rates": 3, "rotor_speeds": 4}
GOAL_WIDTHS = {"goal_position": 3, "goal_velocity": 3}


class StateArrays:
    """Buffers for how drones move, and views of them with a last axis of components."""

    def __init__(self, lead: tuple[int, ...]) -> None:
        self.buffers = struct("swiftlet_states")
        self.arrays: dict[str, npt.NDArray[Any]] = {}
        self.views: dict[str, npt.NDArray[Any]] = {}
        for name, width in STATE_WIDTHS.items():
            self._add(name, np.zeros((width, *lead)), "double[]", -1)
        self._add("time", np.zeros(lead), "double[]", None)
        self._add("contacts", np.zeros(lead, np.int32), "int32_t[]", None)

    def _add(self, name: str, array: npt.NDArray[Any], kind: str, axis: int | None) -> None:
        setattr(self.buffers, name, ffi.from_buffer(kind, array))
        view = array.view() if axis is None else np.moveaxis(array, 0, axis)
        view.flags.writeable = False
        self.arrays[name], self.views[name] = array, view
