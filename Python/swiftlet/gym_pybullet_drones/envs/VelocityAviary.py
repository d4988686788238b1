"""Drones that are commanded by velocities."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from gymnasium import spaces

from ..._values import Array
from ..utils.enums import DroneModel, Physics
from ._pilots import Pilots
from ._states import StateAviary
from ._world import Obstacles


class VelocityAviary(StateAviary):
    """Takes velocities, (drones, 4): a direction, and a share of ``SPEED_LIMIT``; ``DSLPIDControl`` flies them.

    The parameters are those of ``BaseAviary``.
    """

    def __init__(
        self,
        drone_model: DroneModel = DroneModel.CF2X,
        num_drones: int = 1,
        neighbourhood_radius: float = np.inf,
        initial_xyzs: npt.ArrayLike | None = None,
        initial_rpys: npt.ArrayLike | None = None,
        physics: Physics = Physics.PYB,
        pyb_freq: int = 240,
        ctrl_freq: int = 240,
        gui: bool = False,
        record: bool = False,
        obstacles: Obstacles = False,
        user_debug_gui: bool = True,
        output_folder: str = "results",
    ) -> None:
        self._pilots = Pilots(drone_model, num_drones)
        self.ctrl = self._pilots.controls
        super().__init__(
            drone_model=drone_model,
            num_drones=num_drones,
            neighbourhood_radius=neighbourhood_radius,
            initial_xyzs=initial_xyzs,
            initial_rpys=initial_rpys,
            physics=physics,
            pyb_freq=pyb_freq,
            ctrl_freq=ctrl_freq,
            gui=gui,
            record=record,
            obstacles=obstacles,
            user_debug_gui=user_debug_gui,
            output_folder=output_folder,
        )
        self.SPEED_LIMIT = 0.03 * self.MAX_SPEED_KMH * (1000 / 3600)

    def _actionSpace(self) -> spaces.Box:
        low = np.tile(np.array([-1, -1, -1, 0], np.float32), (self.NUM_DRONES, 1))
        return spaces.Box(low=low, high=np.ones_like(low), dtype=np.float32)

    def _preprocessAction(self, action: Any) -> Array:
        speeds = [
            self._pilots.velocity(self, drone, row, self.SPEED_LIMIT) for drone, row in enumerate(action)
        ]
        return np.array(speeds)
