"""What environments for learning have in common."""

from __future__ import annotations

from collections import deque
from typing import Any

import numpy as np
import numpy.typing as npt
from gymnasium import spaces

from ..._values import Array
from .._elsewhere import ElsewhereError
from ..utils.enums import ActionType, DroneModel, ObservationType, Physics
from ._pilots import Pilots
from .BaseAviary import BaseAviary

_WIDTHS = {
    ActionType.RPM: 4,
    ActionType.VEL: 4,
    ActionType.PID: 3,
    ActionType.ONE_D_RPM: 1,
    ActionType.ONE_D_PID: 1,
}


class BaseRLAviary(BaseAviary):
    """Shows of each drone position, roll, pitch and yaw, velocity and angular velocity, and the actions of the last
    half second; takes actions from -1 to 1. A subclass says what is rewarded, and when episodes end.

    The actions that are shown, and what controllers remember, outlast a reset, as in gym-pybullet-drones.

    The parameters are those of ``BaseAviary``, and

    :param obs: what observations show: ``KIN``
    :param act: what actions say
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
        obs: ObservationType = ObservationType.KIN,
        act: ActionType = ActionType.RPM,
    ) -> None:
        self.OBS_TYPE, self.ACT_TYPE = ObservationType(obs), ActionType(act)
        if self.OBS_TYPE == ObservationType.RGB:
            raise ElsewhereError(
                'ObservationType.RGB is not there; use swiftlet.make("gpd-vision-hover")'
            )
        self.ACTION_BUFFER_SIZE = ctrl_freq // 2
        self.action_buffer: deque[npt.NDArray[Any]] = deque(maxlen=self.ACTION_BUFFER_SIZE)
        if self.ACT_TYPE in (ActionType.PID, ActionType.VEL, ActionType.ONE_D_PID):
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
            user_debug_gui=False,
        )
        if self.ACT_TYPE == ActionType.VEL:
            self.SPEED_LIMIT = 0.03 * self.MAX_SPEED_KMH * (1000 / 3600)

    def _actionSpace(self) -> spaces.Box:
        shape = (self.NUM_DRONES, _WIDTHS[self.ACT_TYPE])
        self.action_buffer.extend(np.zeros(shape) for _ in range(self.ACTION_BUFFER_SIZE))
        return spaces.Box(low=-1, high=1, shape=shape, dtype=np.float32)

    def _observationSpace(self) -> spaces.Box:
        shown = self.ACTION_BUFFER_SIZE * _WIDTHS[self.ACT_TYPE]
        high = np.ones((self.NUM_DRONES, 12 + shown), np.float32)
        high[:, :12] = np.inf
        low = -high
        low[:, 2] = 0
        return spaces.Box(low=low, high=high, dtype=np.float32)

    def _preprocessAction(self, action: Any) -> Array:
        self.action_buffer.append(action)
        if self.ACT_TYPE in (ActionType.RPM, ActionType.ONE_D_RPM):
            speeds = np.empty((self.NUM_DRONES, 4))
            speeds[...] = self.HOVER_RPM * (1 + 0.05 * action)
            return speeds
        return np.array([self._flown(drone, row) for drone, row in enumerate(action)])

    def _flown(self, drone: int, target: Any) -> Array:
        """The rotor speeds of one drone, by its controller. [rpm]"""
        place = self.pos[drone]
        if self.ACT_TYPE == ActionType.VEL:
            return self._pilots.velocity(self, drone, target, self.SPEED_LIMIT)
        if self.ACT_TYPE == ActionType.PID:
            return self._pilots.place(self, drone, self._calculateNextStep(place, target))
        return self._pilots.place(self, drone, place + 0.1 * np.array([0, 0, target[0]]))

    def _computeObs(self) -> npt.NDArray[Any]:
        shown = np.concatenate([self.pos, self.rpy, self.vel, self.ang_v], axis=1, dtype=np.float32)
        return np.concatenate([shown, *self.action_buffer], axis=1)

    def _computeInfo(self) -> dict[str, Any]:
        return {"answer": 42}

    def _is_out(self, half_width: float, height: float) -> bool:
        """Whether a drone is beyond a box about the origin [m], or tilted by more than 0.4 rad."""
        return any(
            abs(x) > half_width or abs(y) > half_width or z > height or abs(roll) > 0.4 or abs(pitch) > 0.4
            for (x, y, z), (roll, pitch, _) in zip(self.pos.tolist(), self.rpy.tolist(), strict=True)
        )

    def _is_late(self, seconds: float) -> bool:
        """Whether the episode has lasted longer than this. [s]"""
        return self.step_counter / self.PYB_FREQ > seconds
