"""The constants of a model that scripts read of environments."""

from __future__ import annotations

import numpy as np

from .._parameters import parameters
from ..utils.enums import DroneModel


class ModelConstants:
    """Names the constants of ``DRONE_MODEL`` as gym-pybullet-drones does, in SI units and rpm."""

    DRONE_MODEL: DroneModel

    G = 9.8
    RAD2DEG = 180 / np.pi
    DEG2RAD = np.pi / 180

    def _name_constants(self) -> None:
        found = parameters(self.DRONE_MODEL)
        self.M, self.L, self.KF, self.KM = found["m"], found["arm"], found["kf"], found["km"]
        self.THRUST2WEIGHT_RATIO = found["thrust2weight"]
        self.J = np.diag([found["ixx"], found["iyy"], found["izz"]])
        self.J_INV = np.linalg.inv(self.J)
        self.COLLISION_H, self.COLLISION_R = found["length"], found["radius"]
        self.COLLISION_Z_OFFSET = found["collision_z_offset"]
        self.MAX_SPEED_KMH, self.PROP_RADIUS = found["max_speed_kmh"], found["prop_radius"]
        self.GND_EFF_COEFF = found["gnd_eff_coeff"]
        self.DRAG_COEFF = np.array(
            [found["drag_coeff_xy"], found["drag_coeff_xy"], found["drag_coeff_z"]]
        )
        self.DW_COEFF_1, self.DW_COEFF_2 = found["dw_coeff_1"], found["dw_coeff_2"]
        self.DW_COEFF_3 = found["dw_coeff_3"]
        self._derive()

    def _derive(self) -> None:
        self.GRAVITY = self.G * self.M
        self.HOVER_RPM = np.sqrt(self.GRAVITY / (4 * self.KF))
        self.MAX_RPM = np.sqrt(self.THRUST2WEIGHT_RATIO * self.GRAVITY / (4 * self.KF))
        self.MAX_THRUST = 4 * self.KF * self.MAX_RPM**2
        self.MAX_XY_TORQUE = self.L * self.KF * self.MAX_RPM**2
        if self.DRONE_MODEL != DroneModel.CF2P:
            self.MAX_XY_TORQUE = 2 * self.MAX_XY_TORQUE / np.sqrt(2)
        self.MAX_Z_TORQUE = 2 * self.KM * self.MAX_RPM**2
        gain = 15 * self.MAX_RPM**2 * self.KF * self.GND_EFF_COEFF / self.MAX_THRUST
        self.GND_EFF_H_CLIP = 0.25 * self.PROP_RADIUS * np.sqrt(gain)
