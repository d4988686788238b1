"""Some drones that are to hover, each at a height of its own."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ..utils.enums import ActionType, DroneModel, ObservationType, Physics
from .BaseRLAviary import BaseRLAviary


class MultiHoverAviary(BaseRLAviary):
    """Rewards by the sum of max(0, 2 - e⁴) over all drones, with the distance e from the drone's row of
    ``TARGET_POS`` [m], which is 1 / (i + 1) m above the start of drone i; terminated where all distances together
    are below 0.1 mm; truncated when a drone is beyond a box of 4 m by 4 m by 2 m or tilted by 0.4 rad, or after
    ``EPISODE_LEN_SEC``.

    The parameters are those of ``BaseRLAviary``.
    """

    def __init__(
        self,
        drone_model: DroneModel = DroneModel.CF2X,
        num_drones: int = 2,
        neighbourhood_radius: float = np.inf,
        initial_xyzs: npt.ArrayLike | None = None,
        initial_rpys: npt.ArrayLike | None = None,
        physics: Physics = Physics.PYB,
        pyb_freq: int = 240,
        ctrl_freq: int = 30,
        gui: bool = False,
        record: bool = False,
        obs: ObservationType = ObservationType.KIN,
        act: ActionType = ActionType.RPM,
    ) -> None:
        self.EPISODE_LEN_SEC = 8
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
            obs=obs,
            act=act,
        )
        rises = 1 / np.arange(1, num_drones + 1)
        self.TARGET_POS = self.INIT_XYZS + np.outer(rises, [0, 0, 1])

    def _computeReward(self) -> float:
        errors = np.linalg.norm(self.TARGET_POS - self.pos, axis=1)
        return float(np.maximum(0, 2 - errors**4).sum())

    def _computeTerminated(self) -> bool:
        return bool(np.linalg.norm(self.TARGET_POS - self.pos, axis=1).sum() < 0.0001)

    def _computeTruncated(self) -> bool:
        return self._is_out(2.0, 2.0) or self._is_late(self.EPISODE_LEN_SEC)
