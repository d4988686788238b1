"""The choices that scripts make by name."""

from __future__ import annotations

from enum import Enum


class DroneModel(Enum):
    """Which drone."""

    CF2X = "cf2x"
    """A Crazyflie 2.x, flown as an X."""
    CF2P = "cf2p"
    """A Crazyflie 2.x, flown as a plus."""
    RACE = "racer"
    """A racing drone, an X."""


class Physics(Enum):
    """Which laws move the drones."""

    PYB = "pyb"
    """Rigid bodies that touch things, with no effects of the air."""
    DYN = "dyn"
    """Explicit equations of motion, without contacts."""
    PYB_GND = "pyb_gnd"
    """With the ground effect."""
    PYB_DRAG = "pyb_drag"
    """With drag."""
    PYB_DW = "pyb_dw"
    """With downwash."""
    PYB_GND_DRAG_DW = "pyb_gnd_drag_dw"
    """With all three."""


class ImageType(Enum):
    """Which image of a camera."""

    RGB = 0
    DEP = 1
    SEG = 2
    BW = 3


class ActionType(Enum):
    """What an action says."""

    RPM = "rpm"
    """Four rotor speeds, within 5 % of those of hovering."""
    PID = "pid"
    """A place to fly to."""
    VEL = "vel"
    """A direction, and a share of the highest speed."""
    ONE_D_RPM = "one_d_rpm"
    """One rotor speed for all four."""
    ONE_D_PID = "one_d_pid"
    """How far to fly up or down."""


class ObservationType(Enum):
    """What an observation shows."""

    KIN = "kin"
    """How drones move."""
    RGB = "rgb"
    """What cameras see."""
