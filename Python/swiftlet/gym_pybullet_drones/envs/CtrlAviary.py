"""Drones that are commanded by rotor speeds."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from gymnasium import spaces

from ..._values import Array
from ..utils.enums import DroneModel, Physics
from ._states import StateAviary
from ._world import Obstacles


class CtrlAviary(StateAviary):
    """Takes rotor speeds, (drones, 4) [rpm], held between 0 and ``MAX_RPM``, and shows state vectors.

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

    def _actionSpace(self) -> spaces.Box:
        high = np.full((self.NUM_DRONES, 4), self.MAX_RPM, np.float32)
        return spaces.Box(low=np.zeros_like(high), high=high, dtype=np.float32)

    def _preprocessAction(self, action: Any) -> Array:
        held: Array = np.clip(action, 0, self.MAX_RPM)
        return held
