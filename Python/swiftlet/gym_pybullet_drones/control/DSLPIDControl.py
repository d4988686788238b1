"""The cascaded PID for a Crazyflie."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ..._library import check, ffi, lib, struct
from ..._values import Array
from ...errors import ArgumentError
from ..utils.enums import DroneModel
from ._tracking import Tracking, shared
from .BaseControl import ZEROS, BaseControl


class _Numbers:
    """Numbers of the law, as an array that shares them: it may be assigned, and changed in place."""

    def __init__(self, field: str, shape: tuple[int, ...] = (3,)) -> None:
        self.field, self.shape = field, shape

    def __get__(self, control: DSLPIDControl, owner: type) -> Array:
        return shared(control._law, self.field).reshape(self.shape)

    def __set__(self, control: DSLPIDControl, value: npt.ArrayLike) -> None:
        self.__get__(control, type(control))[...] = value


class _Number:
    """One number of the law."""

    def __init__(self, field: str, index: int = 0) -> None:
        self.field, self.index = field, index

    def __get__(self, control: DSLPIDControl, owner: type) -> float:
        return float(shared(control._law, self.field)[self.index])

    def __set__(self, control: DSLPIDControl, value: float) -> None:
        shared(control._law, self.field)[self.index] = value


class DSLPIDControl(BaseControl):
    """The cascaded PID of gym-pybullet-drones for ``CF2X`` and ``CF2P``, which Swiftlet computes.

    Gains, bounds and memory are attributes, and may be changed between two calls.

    :param drone_model: what is flown
    :param g: the acceleration of free fall [m/s²]
    :raises ArgumentError: for other drones
    """

    GRAVITY = _Number("weight")
    KF = _Number("thrust_coefficient")
    P_COEFF_FOR = _Numbers("position_p")
    I_COEFF_FOR = _Numbers("position_i")
    D_COEFF_FOR = _Numbers("position_d")
    P_COEFF_TOR = _Numbers("attitude_p")
    I_COEFF_TOR = _Numbers("attitude_i")
    D_COEFF_TOR = _Numbers("attitude_d")
    PWM2RPM_SCALE = _Number("speed_per_signal")
    PWM2RPM_CONST = _Number("idle_speed")
    MIN_PWM = _Number("signal_range", 0)
    MAX_PWM = _Number("signal_range", 1)
    MIXER_MATRIX = _Numbers("mixer", (4, 3))
    integral_pos_e = _Numbers("position_integral")
    integral_rpy_e = _Numbers("attitude_integral")
    last_rpy = _Numbers("last_angles")

    def __init__(self, drone_model: DroneModel, g: float = 9.8) -> None:
        model = DroneModel(drone_model)
        if model not in (DroneModel.CF2X, DroneModel.CF2P):
            raise ArgumentError(
                f"DSLPIDControl flies DroneModel.CF2X and DroneModel.CF2P, not {model}; "
                'swiftlet.Controllers(simulation, "pid") flies any model'
            )
        self._law = struct("swiftlet_cascaded_pid")
        check(lib.swiftlet_cascaded_pid_begin(model.value.encode(), g, self._law))
        self._tracking = Tracking()
        self._angles = np.zeros(3)
        self._angles_pointer = ffi.from_buffer("double[]", self._angles)
        super().__init__(drone_model=model, g=g)

    def reset(self) -> None:
        """Forgets all that happened."""
        super().reset()
        self.integral_pos_e = ZEROS
        self.integral_rpy_e = ZEROS
        self.last_rpy = ZEROS
        # Nothing reads these two there either.
        self.last_pos_e, self.last_rpy_e = np.zeros(3), np.zeros(3)

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
    ) -> tuple[Array, Array, float]:
        """The rotor speeds that take the drone to a place.

        The parameters are those of ``BaseControl.computeControl``; of ``target_rpy`` the yaw counts alone.

        :returns: rotor speeds, (4,) [rpm]; the position error, (3,) [m]; the yaw error [rad]
        :raises ArgumentError: where a number is not finite
        """
        self.control_counter += 1
        self._tracking.fill(cur_pos, cur_quat, cur_vel, target_pos, target_vel)
        self._tracking.turn(control_timestep, np.asarray(target_rpy)[2], target_rpy_rates)
        speeds = np.empty(4)
        check(
            lib.swiftlet_cascaded_pid_command(
                self._law,
                self._tracking.struct,
                ffi.from_buffer("double[]", speeds),
                self._angles_pointer,
            )
        )
        error: Any = np.subtract(target_pos, cur_pos)
        return speeds, error, float(self._angles[2] - self._law.last_angles[2])
