"""A program of Betaflight's SITL: how it is started, told its settings, and spoken to."""

from __future__ import annotations

import contextlib
import os
import pathlib
import re
import socket
import struct
import subprocess
import time
from collections.abc import Sequence
from typing import Protocol

from ._library import library_path
from .errors import ArgumentError, LibraryError, SwiftletError

_MOTORS, _STATE, _STICKS, _COMMANDS = 9002, 9003, 9004, 5761
# The question for the version of the interface, in its own protocol (MSP).
_WHICH_VERSION = b"$M<\x00\x01\x01"
# The file that a program keeps its settings in.
_KEPT = "eeprom.bin"
# How long a program may take to begin. [s]
_TO_BEGIN = 20.0
# The environment variable that says what a program is started for.
_PURPOSE = "SWIFTLET_FIRMWARE"


class BetaflightError(SwiftletError):
    """The firmware did not start, or does not answer."""


class Link(Protocol):
    """A firmware that answers states."""

    #: Whether the firmware is of 2026.6 or later, and takes packets otherwise than 4.6.
    is_later: bool

    def exchange(self, state: bytes, sticks: bytes, end: float) -> bytes:
        """The motors that answer a state, which holds until a time [s]; sticks go before it unless they are empty."""

    def close(self) -> None:
        """Ends the firmware."""


class SimulationClock:
    """A program whose time is the simulation's; ``Sources/CFirmwareClock`` takes the place of its clock.

    :param program: the program
    :param folder: where it keeps its settings
    :param settings: lines of its command line, which it is told if it keeps none
    :param patience: how long an answer may take [s]
    """

    def __init__(self, program: pathlib.Path, folder: pathlib.Path, settings: Sequence[str], patience: float) -> None:
        self._name, self._folder = program, folder
        # The program makes the file as it begins.
        settings = () if (folder / _KEPT).exists() else settings
        process, ears, word = self._start("settings", 2)
        with ears:
            self.is_later = _configure(program, process, struct.unpack("=H", word)[0], folder, settings)
        # The first word says that it has begun.
        self._process, self._socket, _ = self._start("flight", 16)
        self._socket.settimeout(patience)

    def exchange(self, state: bytes, sticks: bytes, end: float) -> bytes:
        with contextlib.suppress(OSError):
            self._socket.send(struct.pack("=Q", round(1e9 * end)) + state + sticks)
            if len(motors := self._socket.recv(64)) == 16:
                return motors
        raise BetaflightError("the firmware gives no motors")

    def close(self) -> None:
        self._socket.close()
        end(self._process)

    def _start(self, purpose: str, size: int) -> tuple[subprocess.Popen[bytes], socket.socket, bytes]:
        """Starts the program, whose first word has so many bytes."""
        ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        preloaded = ":".join(filter(None, [str(clock_library()), os.environ.get("LD_PRELOAD")]))
        environment = {**os.environ, "LD_PRELOAD": preloaded, _PURPOSE: purpose}
        with its:
            process = _spawn(self._name, self._folder, environment, its)
        ours.settimeout(_TO_BEGIN)
        with contextlib.suppress(OSError):
            if len(word := ours.recv(64)) == size:
                return process, ours, word
        ours.close()
        end(process)
        raise BetaflightError(f"{self._name} does not begin; expected Betaflight's SITL, linked dynamically")


class WallClock:
    """A program whose time is the wall's, at the ports that were fixed when it was built; parameters as above."""

    def __init__(self, program: pathlib.Path, folder: pathlib.Path, settings: Sequence[str], patience: float) -> None:
        self._patience, self._next = patience, time.monotonic()
        # The time of the states, which stands still but for waking.
        self._time = 1.0
        self._last_end: float | None = None
        self._motors = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            self._motors.bind(("127.0.0.1", _MOTORS))
        except OSError as error:
            self._motors.close()
            raise BetaflightError(f"port {_MOTORS} of 127.0.0.1 is taken: another simulator runs here") from error
        settings = () if (folder / _KEPT).exists() else settings
        try:
            self.is_later = _configure(program, _spawn(program, folder), _COMMANDS, folder, settings)
            self._begin(program, folder)
        except SwiftletError:
            self._motors.close()
            raise

    def exchange(self, state: bytes, sticks: bytes, end: float) -> bytes:
        self._wait(end)
        if sticks:
            self._motors.sendto(sticks, ("127.0.0.1", _STICKS))
        return self._answer(state, self._patience)

    def _begin(self, program: pathlib.Path, folder: pathlib.Path) -> None:
        """Starts a program, again where it does not wake."""
        level = struct.pack("=18d", 1, *[0] * 5, -9.81, 1, *[0] * 9, 101_325)
        for _ in range(8):
            self._process = _spawn(program, folder)
            _reach(program, self._process, _COMMANDS).close()
            self._wake(level)
            with contextlib.suppress(BetaflightError):
                self._answer(level, 0.5)
                return
            end(self._process)
        raise BetaflightError(f"{program} does not begin")

    def _wake(self, state: bytes) -> None:
        """Sends states whose times follow each other as fast as time goes by, by which a firmware sets its clock.

        One that took a long wait before for the pace all but stands still, and its loops sleep for minutes.
        """
        for _ in range(20):
            self._time += 0.001
            self._motors.sendto(struct.pack("=d", self._time) + state[8:], ("127.0.0.1", _STATE))
            time.sleep(0.001)

    def _answer(self, state: bytes, patience: float) -> bytes:
        last = time.monotonic() + patience
        # What answers a state that was sent twice must not be taken for the answer to the next.
        self._motors.settimeout(0)
        with contextlib.suppress(OSError):
            while True:
                self._motors.recv(64)
        self._motors.settimeout(0.05)
        # The firmware passes over a state now and then.
        while self._process.poll() is None and time.monotonic() < last:
            self._motors.sendto(struct.pack("=d", self._time) + state[8:], ("127.0.0.1", _STATE))
            with contextlib.suppress(OSError):
                if len(motors := self._motors.recv(64)) == 16:
                    return motors
            self._wake(state)
            self._motors.settimeout(0.05)
        raise BetaflightError("the firmware gives no motors")

    def close(self) -> None:
        self._motors.close()
        end(self._process)

    def _wait(self, end: float) -> None:
        """Keeps states from following each other faster than time goes by; what is late is not made good."""
        period = 0.0 if self._last_end is None else end - self._last_end
        self._last_end = end
        self._next = max(self._next, time.monotonic())
        time.sleep(max(0.0, self._next - time.monotonic()))
        self._next += period


def clock_library() -> pathlib.Path:
    """Where the library is that is loaded into a firmware, so that its time is the simulation's."""
    path = library_path().resolve().parent / "libFirmwareClock.so"
    if not path.is_file():
        raise LibraryError(f"{path} is not there: build it with 'make build' in the checkout, or say clock=\"wall\"")
    return path


def end(process: subprocess.Popen[bytes], after: float = 0.0) -> None:
    """Ends a program, unless it ends by itself before. [s]"""
    with contextlib.suppress(subprocess.TimeoutExpired):
        if after > 0:
            process.wait(after)
    process.kill()
    process.wait()


def _spawn(
    program: pathlib.Path, folder: pathlib.Path, environment: dict[str, str] | None = None,
    standard_input: socket.socket | None = None,
) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            [str(program)], cwd=folder, env=environment,
            stdin=subprocess.DEVNULL if standard_input is None else standard_input.fileno(),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except OSError as error:
        raise BetaflightError(f"{program} does not start: {error}") from error


def _reach(program: pathlib.Path, process: subprocess.Popen[bytes], port: int) -> socket.socket:
    """The command line of a program, once it answers."""
    last = time.monotonic() + _TO_BEGIN
    while time.monotonic() < last and process.poll() is None:
        with contextlib.suppress(OSError):
            commands = socket.create_connection(("127.0.0.1", port), timeout=1)
            # It takes connections before it has begun, and answers once it has; now and then it forgets one.
            until = min(last, time.monotonic() + 3)
            while time.monotonic() < until and process.poll() is None:
                commands.sendall(_WHICH_VERSION)
                with contextlib.suppress(TimeoutError):
                    if commands.recv(64).startswith(b"$M>"):
                        commands.settimeout(2)
                        return commands
            commands.close()
        time.sleep(0.05)
    end(process)
    raise BetaflightError(f"{program} does not listen on port {port} of 127.0.0.1")


def _configure(
    program: pathlib.Path, process: subprocess.Popen[bytes], port: int, folder: pathlib.Path, settings: Sequence[str]
) -> bool:
    """Tells a program settings, if there are any, and says whether it is of 2026.6 or later."""
    try:
        with _reach(program, process, port) as commands:
            _say(commands, "#")
            year = re.search(r"\(SITL\) (\d+)\.", _say(commands, "version\n"))
            for line in settings:
                _say(commands, f"{line}\n")
            if settings:
                _say(commands, "save\n", until="Rebooting")
                end(process, after=0.5)
        return year is not None and int(year[1]) >= 2026
    except SwiftletError:
        # What was half set up must not pass for settings.
        if settings:
            (folder / _KEPT).unlink(missing_ok=True)
        raise
    finally:
        end(process)


def _say(commands: socket.socket, line: str, until: str = "\n# ") -> str:
    commands.sendall(line.encode())
    answer, last = "", time.monotonic() + 10
    while until not in answer and time.monotonic() < last:
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
    return answer
