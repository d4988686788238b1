"""Environments under the names of gym-pybullet-drones."""

from importlib import import_module

from .CtrlAviary import CtrlAviary
from .HoverAviary import HoverAviary
from .MultiHoverAviary import MultiHoverAviary
from .VelocityAviary import VelocityAviary

__all__ = ["CtrlAviary", "HoverAviary", "MultiHoverAviary", "VelocityAviary"]


def __getattr__(name: str) -> None:
    if name == "BetaAviary":
        import_module(f"{__name__}.{name}")  # says where it is
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
