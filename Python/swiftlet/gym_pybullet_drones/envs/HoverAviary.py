"""One drone that is to hover 1 m up."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from ..utils.enums import ActionType, DroneModel, ObservationType, Physics
from .BaseRLAviary import BaseRLAviary


class HoverAviary(BaseRLAviary):
    """Rewards by max(0, 2 - e⁴), with the distance e from ``TARGET_POS`` [m]; terminated within 0.1 mm of it;
    truncated beyond a box of 3 m by 3 m by 2 m, tilted by 0.4 rad, or after ``EPISODE_LEN_SEC``.

    The parameters are those of ``BaseRLAviary``.
    """

    def __init__(
        self,
        drone_model: DroneModel = DroneModel.CF2X,
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
        self.TARGET_POS = np.array([0, 0, 1])
        self.EPISODE_LEN_SEC = 8
        super().__init__(
            drone_model=drone_model,
            num_drones=1,
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

    def _computeReward(self) -> float:
        return np.float64(max(0, 2 - math.dist(self.TARGET_POS, self.pos[0]) ** 4))

    def _computeTerminated(self) -> bool:
        return math.dist(self.TARGET_POS, self.pos[0]) < 0.0001

    def _computeTruncated(self) -> bool:
        return self._is_out(1.5, 2.0) or self._is_late(self.EPISODE_LEN_SEC)
