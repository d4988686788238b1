"""The worlds that environments fly in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..._values import Array
from ...simulation import Simulation
from ..utils.enums import DroneModel, Physics

Obstacles = bool | Sequence[Mapping[str, Any]]
"""Whether the usual obstacles are there, or which, as a scenario's ``world.obstacles``."""

EFFECTS = {
    Physics.PYB: [],
    Physics.DYN: [],
    Physics.PYB_GND: ["ground-effect"],
    Physics.PYB_DRAG: ["drag"],
    Physics.PYB_DW: ["downwash"],
    Physics.PYB_GND_DRAG_DW: ["ground-effect", "drag", "downwash"],
}

USUAL_OBSTACLES: list[dict[str, Any]] = [
    {"box": [0.09, 0.085, 0.066], "at": [-0.5, -0.46, 0.034], "mass": 0.1},
    {"box": [1, 1, 1], "at": [-0.5, -2.5, 0.5]},
    {"sphere": 0.5, "at": [0, 2, 0.5], "mass": 10},
]
"""Where gym-pybullet-drones has a duck, a cube and a ball."""


def simulation(
    model: DroneModel,
    physics: Physics,
    places: Array,
    angles: Array,
    frequency: int,
    obstacles: Obstacles,
) -> Simulation:
    """One world of preset ``gpd``.

    :param places: where drones start, (drones, 3) [m]
    :param angles: roll, pitch and yaw that they start with, (drones, 3) [rad]
    :param frequency: how many physics steps make a second [Hz]
    """
    if isinstance(obstacles, bool):
        obstacles = USUAL_OBSTACLES if obstacles else []
    if physics == Physics.DYN:
        obstacles = []
    dynamics = "explicit" if physics == Physics.DYN else "bullet"
    return Simulation(
        [model.value] * len(places),
        at=places,
        frequency=frequency,
        physics={"preset": "gpd", "dynamics": dynamics},
        effects=EFFECTS[physics],
        obstacles=obstacles,
        drones=[{"rpy": row} for row in np.asarray(angles, np.float64).tolist()],
    )
