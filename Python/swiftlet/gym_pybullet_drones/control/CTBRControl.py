"""Position control by collective thrust and body rates."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ..._library import check, ffi, lib
from ...errors import ArgumentError
from ..utils.enums import DroneModel
from ._tracking import Tracking
from .BaseControl import ZEROS, BaseControl

_GRAVITY = 9.8
"""What the law takes for the acceleration of free fall, whatever ``g`` is. [m/s²]"""


class CTBRControl(BaseControl):
    """The law of gym-pybullet-drones that commands thrust and body rates, which Swiftlet computes.

    :param drone_model: what is flown
    :param g: the acceleration of free fall, for ``GRAVITY`` alone [m/s²]
    """

    def __init__(self, drone_model: DroneModel, g: float = 9.8) -> None:
        self._tracking = Tracking()
        super().__init__(drone_model=drone_model, g=g)

    def computeControlFromState(
        self,
        control_timestep: float,
        state: npt.NDArray[Any],
        target_pos: npt.ArrayLike,
        target_rpy: npt.ArrayLike = ZEROS,
        target_vel: npt.ArrayLike = ZEROS,
        target_rpy_rates: npt.ArrayLike = ZEROS,
    ) -> Any:
        """``computeControl`` of a state vector, (20,), as environments give it."""
        turned = np.array(state)
        turned[3:7] = state[[6, 3, 4, 5]]
        return super().computeControlFromState(
            control_timestep, turned, target_pos, target_rpy, target_vel, target_rpy_rates
        )

    def computeControl(
        self,
        control_timestep: float,
        cur_pos: npt.ArrayLike,
        cur_quat: npt.ArrayLike,
        cur_vel: npt.ArrayLike,
        cur_ang_vel: npt.ArrayLike,
        target_pos: npt.ArrayLike,
        target_rpy: npt.ArrayLike = ZEROS,
        target_vel: npt.ArrayLike = ZEROS,
        target_rpy_rates: npt.ArrayLike = ZEROS,
    ) -> tuple[float, float, float, float]:
        """The thrust over the mass [m/s²], and the body rates [rad/s], that take the drone to a place.

        The parameters are those of ``BaseControl.computeControl``, but for ``cur_quat``: a quaternion
        **w, x, y, z**. Targets of attitude and rates do not count.

        :raises ArgumentError: where something is not of its shape, or a number not finite
        """
        quaternion = np.asarray(cur_quat)
        if quaternion.shape != (4,):
            raise ArgumentError(f"cur_quat has shape {quaternion.shape}; expected (4,): w, x, y, z")
        self._tracking.fill(cur_pos, quaternion[[1, 2, 3, 0]], cur_vel, target_pos, target_vel)
        thrust, rates = ffi.new("double *"), ffi.new("double[3]")
        check(lib.swiftlet_thrust_and_rates(self._tracking.struct, _GRAVITY, thrust, rates))
        return float(thrust[0]), float(rates[0]), float(rates[1]), float(rates[2])
