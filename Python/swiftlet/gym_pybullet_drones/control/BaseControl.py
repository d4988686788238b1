"""What controllers of one drone have in common."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ...errors import ArgumentError
from .._elsewhere import explain
from .._parameters import parameters
from ..utils.enums import DroneModel

ZEROS = np.zeros(3)
ZEROS.flags.writeable = False


class BaseControl:
    """The base of a controller: a subclass defines ``computeControl``.

    :param drone_model: what is flown
    :param g: the acceleration of free fall [m/s²]
    """

    def __init__(self, drone_model: DroneModel, g: float = 9.8) -> None:
        self.DRONE_MODEL = DroneModel(drone_model)
        self.GRAVITY = g * self._getURDFParameter("m")
        """The weight. [N]"""
        self.KF = self._getURDFParameter("kf")
        """The thrust of a rotor. [N/rpm²]"""
        self.KM = self._getURDFParameter("km")
        """The torque of a rotor. [N·m/rpm²]"""
        self.reset()

    def __getattr__(self, name: str) -> Any:
        explain(type(self), name)

    def reset(self) -> None:
        """Forgets all that happened."""
        self.control_counter = 0

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
        return self.computeControl(
            control_timestep=control_timestep,
            cur_pos=state[0:3],
            cur_quat=state[3:7],
            cur_vel=state[10:13],
            cur_ang_vel=state[13:16],
            target_pos=target_pos,
            target_rpy=target_rpy,
            target_vel=target_vel,
            target_rpy_rates=target_rpy_rates,
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
    ) -> Any:
        """What the controller asks for.

        :param control_timestep: the time until the next call [s]
        :param cur_pos: where the drone is, (3,) [m]
        :param cur_quat: how it is turned, a quaternion x, y, z, w
        :param cur_vel: its velocity, (3,) [m/s]
        :param cur_ang_vel: its angular velocity along the world's axes, (3,) [rad/s]
        :param target_pos: where it should be, (3,) [m]
        :param target_rpy: roll, pitch and yaw that it should have [rad]
        :param target_vel: the velocity that it should have [m/s]
        :param target_rpy_rates: the rates of roll, pitch and yaw that it should have [rad/s]
        """
        raise NotImplementedError(f"{type(self).__name__} has no computeControl")

    def setPIDCoefficients(
        self,
        p_coeff_pos: npt.ArrayLike | None = None,
        i_coeff_pos: npt.ArrayLike | None = None,
        d_coeff_pos: npt.ArrayLike | None = None,
        p_coeff_att: npt.ArrayLike | None = None,
        i_coeff_att: npt.ArrayLike | None = None,
        d_coeff_att: npt.ArrayLike | None = None,
    ) -> None:
        """Sets gains, (3,) each; those that are ``None`` stay.

        :raises ArgumentError: where the controller has no such gains
        """
        given = {
            "P_COEFF_FOR": p_coeff_pos,
            "I_COEFF_FOR": i_coeff_pos,
            "D_COEFF_FOR": d_coeff_pos,
            "P_COEFF_TOR": p_coeff_att,
            "I_COEFF_TOR": i_coeff_att,
            "D_COEFF_TOR": d_coeff_att,
        }
        if not all(hasattr(self, name) for name in given):
            raise ArgumentError(f"{type(self).__name__} has no gains {', '.join(given)}")
        for name, value in given.items():
            if value is not None:
                setattr(self, name, np.array(value, np.float64))

    def _getURDFParameter(self, parameter_name: str) -> float:
        """A number of the model.

        :raises ArgumentError: where there is none of that name
        """
        found = parameters(self.DRONE_MODEL)
        if parameter_name not in found:
            raise ArgumentError(f"a model has no {parameter_name!r}; it has {', '.join(found)}")
        return found[parameter_name]
