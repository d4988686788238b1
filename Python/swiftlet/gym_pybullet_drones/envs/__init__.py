"""Environments under the names of gym-pybullet-drones."""

from .CtrlAviary import CtrlAviary
from .HoverAviary import HoverAviary
from .MultiHoverAviary import MultiHoverAviary
from .VelocityAviary import VelocityAviary

__all__ = ["CtrlAviary", "HoverAviary", "MultiHoverAviary", "VelocityAviary"]


def __getattr__(name: str) -> None:
    if name == "BetaAviary":
        raise ImportError(
            "BetaAviary is not there: Betaflight's SITL is not driven from Python. Its control law is "
            "swiftlet.gym_pybullet_drones.control.CTBRControl, and the whole loop the controller ctbr"
        )
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
