"""What scripts reach in gym-pybullet-drones and not here, and where it is instead."""

from __future__ import annotations

from typing import Any, NoReturn

from ..errors import SwiftletError


class ElsewhereError(SwiftletError, AttributeError, NotImplementedError):
    """Something of gym-pybullet-drones that is done another way here; the message says which."""


_PHYSICS = "give physics=Physics.… one of its values, or write an effect (Documentation/AddingEffects.md)"
_IMAGES = 'use swiftlet.make("gpd-vision-hover"), or the images of a swiftlet.Simulation'

INSTEAD = {
    "_physics": _PHYSICS,
    "_dynamics": _PHYSICS,
    "_groundEffect": _PHYSICS,
    "_drag": _PHYSICS,
    "_downwash": _PHYSICS,
    "_integrateQ": _PHYSICS,
    "_addObstacles": 'say obstacles=[{"box": [0.2, 0.2, 1], "at": [1, 0, 0.5]}], as a scenario does',
    "_getDroneImages": _IMAGES,
    "_exportImage": _IMAGES,
    "_parseURDFParameters": "swiftlet.model(name) has the numbers of a model",
    "_startVideoRecording": "say record=True",
    "_dslPIDPositionControl": "computeControl does both loops in one",
    "_dslPIDAttitudeControl": "computeControl does both loops in one",
    "_one23DInterface": "computeControl gives rotor speeds",
}


def explain(owner: type, name: str) -> NoReturn:
    """Raises why an object has no such attribute."""
    if name in INSTEAD:
        raise ElsewhereError(
            f"{owner.__name__}.{name} is not there: the simulator is Swiftlet's, not PyBullet; {INSTEAD[name]}"
        )
    raise AttributeError(f"{owner.__name__!r} object has no attribute {name!r}")


def check_overrides(owner: type) -> None:
    """Refuses a subclass whose method would never be asked.

    :raises ElsewhereError: with the way to do it here
    """
    for name in INSTEAD:
        if name in vars(owner):
            raise ElsewhereError(
                f"{owner.__name__} overrides {name}, which Swiftlet would not ask; {INSTEAD[name]}"
            )


class NoClient:
    """What stands for the number of a PyBullet client: whoever uses it as one is told that there is none."""

    def __index__(self) -> Any:
        raise ElsewhereError(
            "there is no PyBullet client: the simulator is Swiftlet's. Read pos, quat, rpy, vel and ang_v of the "
            "environment; for obstacles say obstacles=[...]; for forces use swiftlet.Simulation.push"
        )

    def __repr__(self) -> str:
        return "<no PyBullet client: the simulator is Swiftlet's>"
