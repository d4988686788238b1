"""The controllers inside environments, whose actions say where to fly."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ..._values import Array
from ...errors import ArgumentError
from ..control.DSLPIDControl import DSLPIDControl
from ..utils.enums import DroneModel
from .BaseAviary import BaseAviary


class Pilots:
    """A ``DSLPIDControl`` for each drone, made for ``CF2X`` whichever Crazyflie it flies.

    They remember over a reset what they have seen, as in gym-pybullet-drones.

    :raises ArgumentError: for drones that it does not fly
    """

    def __init__(self, model: DroneModel, count: int) -> None:
        if DroneModel(model) not in (DroneModel.CF2X, DroneModel.CF2P):
            raise ArgumentError(
                f"nothing flies {model} to a place or velocity; expected DroneModel.CF2X or DroneModel.CF2P, "
                "or actions of rotor speeds"
            )
        self.controls = [DSLPIDControl(drone_model=DroneModel.CF2X) for _ in range(count)]

    def place(self, env: BaseAviary, drone: int, target: Array, **goal: npt.ArrayLike) -> Array:
        """The rotor speeds that take a drone to a place. [m, rpm]"""
        speeds, _, _ = self.controls[drone].computeControl(
            control_timestep=env.CTRL_TIMESTEP,
            cur_pos=env.pos[drone],
            cur_quat=env.quat[drone],
            cur_vel=env.vel[drone],
            cur_ang_vel=env.ang_v[drone],
            target_pos=target,
            **goal,
        )
        return speeds

    def velocity(self, env: BaseAviary, drone: int, action: Any, limit: float) -> Array:
        """The rotor speeds that bring about a direction and a share of a speed. [m/s, rpm]"""
        length = np.linalg.norm(action[0:3])
        direction = action[0:3] / length if length != 0 else np.zeros(3)
        return self.place(
            env,
            drone,
            env.pos[drone],
            target_rpy=np.array([0, 0, env.rpy[drone, 2]]),
            target_vel=limit * np.abs(action[3]) * direction,
        )
