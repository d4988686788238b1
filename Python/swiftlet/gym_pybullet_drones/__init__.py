"""The names of gym-pybullet-drones over Swiftlet's simulator: change the import, keep the script.

::

    from swiftlet.gym_pybullet_drones.envs.HoverAviary import HoverAviary
    from swiftlet.gym_pybullet_drones.utils.enums import ActionType, ObservationType

    env = HoverAviary(obs=ObservationType.KIN, act=ActionType.ONE_D_RPM)

Classes, arguments, defaults, attributes, shapes and types are those of gym-pybullet-drones; flights are those of
preset ``gpd``, which follows it digit by digit. ``Documentation/FromGymPyBulletDrones.md`` says what differs.
"""

from __future__ import annotations

import gymnasium

for _id, _name in {
    "ctrl-aviary-v0": "CtrlAviary",
    "velocity-aviary-v0": "VelocityAviary",
    "hover-aviary-v0": "HoverAviary",
    "multihover-aviary-v0": "MultiHoverAviary",
}.items():
    if _id not in gymnasium.registry:
        gymnasium.register(id=_id, entry_point=f"swiftlet.gym_pybullet_drones.envs:{_name}")
