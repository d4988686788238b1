"""The numbers of a drone under the words of gym-pybullet-drones' URDF files."""

from __future__ import annotations

import functools
import types
from collections.abc import Mapping

from .._library import model
from .utils.enums import DroneModel


@functools.cache
def parameters(drone: DroneModel) -> Mapping[str, float]:
    """All numbers of a model, in SI units but for ``max_speed_kmh``."""
    found = model(drone.value)
    ixx, iyy, izz = found["inertia"]
    numbers = {
        "m": found["mass"],
        "ixx": ixx,
        "iyy": iyy,
        "izz": izz,
        "arm": found["arm"],
        "thrust2weight": found["thrust_to_weight"],
        "kf": found["thrust_coefficient"],
        "km": found["torque_coefficient"],
        "max_speed_kmh": round(3.6 * found["max_speed"], 9),
        "gnd_eff_coeff": found["ground_effect"],
        "prop_radius": found["rotor_radius"],
        "drag_coeff_xy": found["drag_xy"],
        "drag_coeff_z": found["drag_z"],
        "dw_coeff_1": found["downwash_gain"],
        "dw_coeff_2": found["downwash_spread"],
        "dw_coeff_3": found["downwash_width"],
        "length": found["collision_height"],
        "radius": found["collision_radius"],
        "collision_z_offset": found["collision_offset"][2],
    }
    return types.MappingProxyType({name: float(number) for name, number in numbers.items()})
