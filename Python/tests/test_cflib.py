"""Crazyflies that the real cflib flies."""

from __future__ import annotations

import os
import pathlib
import random
import re
import socket
import struct
import subprocess
import sys
import threading
from typing import Any

import numpy as np
import pytest
from cflib.crazyflie import Crazyflie
from cflib.crazyflie.mem import CompressedSegment, CompressedStart, MemoryElement, Poly4D
from cflib.crazyflie.swarm import CachedCfFactory, Swarm
from cflib.crazyflie.syncCrazyflie import SyncCrazyflie
from flown import ONE, Flown, cache, flown  # noqa: F401: fixtures
from served import PROGRAM, Clock, Served, serving

MELLINGER = ONE.replace(" }", ", controller: crazyflie-mellinger }")


def distances(rows: list[dict[str, float]]) -> Any:
    """How far a drone was from its setpoint where it had one. [m]"""
    return np.array(
        [np.linalg.norm([row["x"] - row["ref_x"], row["y"] - row["ref_y"], row["z"] - row["ref_z"]])
         for row in rows if "ref_x" in row]
    )


def test_the_script_of_the_page_flies_a_square(tmp_path: pathlib.Path, checkout: pathlib.Path, cache: str) -> None:
    page = (checkout / "Documentation/Crazyflie.md").read_text()
    script = re.findall(r"```python\n(.*?)```", page, re.DOTALL)[0]
    assert len(script.strip().splitlines()) <= 30
    with serving(tmp_path, ONE) as served:
        environment = {**os.environ, "CFLIB_URI": served.uris[0]}
        done = subprocess.run(
            [sys.executable, "-c", script], env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=120)
        served.stop()
        assert done.returncode == 0, done.stderr
        rows = [row for row in served.rows() if row["z"] > 0.4]
    # A hundred rows a second, without a gap.
    times = [int(line.split()[0]) for line in done.stdout.splitlines()]
    assert len(times) > 500 and set(np.diff(times)) == {10}
    corners = [(0.5, 0), (0.5, 0.5), (0, 0.5), (0, 0)]
    for x, y in corners:
        assert min(np.hypot(row["x"] - x, row["y"] - y) for row in rows) < 0.12, (x, y)
    assert max(abs(row["x"] - 0.25) for row in rows) < 0.37


def test_a_swarm_of_ten_flies_together(tmp_path: pathlib.Path, cache: str) -> None:
    drones = "drones:\n" + "".join(f"  - {{ model: cf2x_L250, at: [0, {i}, 0.0125] }}\n" for i in range(10))
    with serving(tmp_path, drones, "--lock-step") as served:
        assert len(set(served.uris)) == 10
        with Swarm(served.uris, factory=CachedCfFactory(rw_cache=cache)) as swarm:
            first = swarm._cfs[served.uris[0]]
            first.wait_for_params()
            sleep = Clock(first.cf).sleep
            sleep(0.3)
            swarm.parallel_safe(lambda scf: scf.cf.high_level_commander.takeoff(0.6, 1.5))
            sleep(2)
            places = {uri: [0.5, 0.8 * i, 1.0] for i, uri in enumerate(served.uris)}
            swarm.parallel_safe(
                lambda scf, x, y, z: scf.cf.high_level_commander.go_to(x, y, z, 0, 4), places)
            sleep(5)
            swarm.parallel_safe(lambda scf: scf.cf.high_level_commander.land(0.02, 2))
            sleep(4)
        served.stop()
    for i in range(10):
        rows = served.rows(i)
        # The firmware's PID follows positions alone: it is late by about half a second.
        assert distances(rows).max() < 0.65, i
        there = next(row for row in rows if row["t"] > 7.2)
        assert np.linalg.norm([there["x"] - 0.5, there["y"] - 0.8 * i, there["z"] - 1]) < 0.1, i
        # On the floor, where motors rest; the rotors of this model take their time.
        assert rows[-1]["z"] < 0.02 and rows[-1]["rpm0"] < 3000, i


def lemniscate(time: float) -> list[list[float]]:
    """x, y, z and yaw, and their first three derivatives, of a figure of eight in six seconds."""
    w = 2 * np.pi / 6
    x = [0.6 * w**k * np.sin(w * time + k * np.pi / 2) for k in range(4)]
    y = [0.3 * (2 * w) ** k * np.sin(2 * w * time + k * np.pi / 2) for k in range(4)]
    return [x, y, [0, 0, 0, 0], [0, 0, 0, 0]]


def pieces(count: int = 12, duration: float = 0.5) -> list[Poly4D]:
    """The polynomials of degree 7 that meet it at both ends of each piece."""
    powers = np.arange(8)
    conditions = np.zeros((8, 8))
    factors = np.ones(8)
    for k in range(4):
        conditions[k, k] = factors[k]
        conditions[4 + k] = factors * duration ** np.maximum(powers - k, 0)
        factors = factors * np.maximum(powers - k, 0)
    made = []
    for i in range(count):
        start, end = lemniscate(i * duration), lemniscate((i + 1) * duration)
        axes = [Poly4D.Poly(np.linalg.solve(conditions, a + b).tolist()) for a, b in zip(start, end)]
        made.append(Poly4D(duration, *axes))
    return made


@pytest.mark.parametrize("drones, bound", [(ONE, 0.45), (MELLINGER, 0.12)])
def test_an_uploaded_trajectory_is_flown(tmp_path: pathlib.Path, cache: str, drones: str, bound: float) -> None:
    with serving(tmp_path, drones, "--lock-step") as served:
        with SyncCrazyflie(served.uris[0], cf=Crazyflie(rw_cache=cache)) as scf:
            flown = Flown(served, scf)
            flown.take_off(1.0, 2.0)
            memory = flown.cf.mem.get_mems(MemoryElement.TYPE_TRAJ)[0]
            memory.trajectory = pieces()
            assert memory.write_data_sync()
            commander = flown.cf.high_level_commander
            commander.define_trajectory(1, 0, len(memory.trajectory))
            commander.start_trajectory(1, relative_position=True)
            flown.sleep(7)
            commander.land(0.02, 2)
            flown.sleep(2.5)
        served.stop()
    rows = [row for row in served.rows() if 2.85 < row["t"] < 8.75]
    setpoints = np.array([[row["ref_x"], row["ref_y"]] for row in rows])
    assert np.ptp(setpoints[:, 0]) > 1.19 and np.ptp(setpoints[:, 1]) > 0.59
    # It begins at its full speed, which a drone at rest takes two seconds to catch up with.
    errors = distances([row for row in rows if row["t"] > 4.8])
    print(f"RMSE {np.sqrt(np.mean(errors**2)):.4f} m, largest {errors.max():.4f} m")
    assert errors.max() < bound
    # The setpoints are the lemniscate's, from where the drone was.
    start = rows[0]["t"] - 2.8
    for row in rows[::40]:
        wanted = lemniscate(row["t"] - 2.8)
        assert abs(row["ref_x"] - setpoints[0, 0] - (wanted[0][0] - lemniscate(start)[0][0])) < 0.02


def test_the_same_packets_give_the_same_flight(tmp_path: pathlib.Path, cache: str) -> None:
    texts = []
    for name in ["a", "b"]:
        folder = tmp_path / name
        folder.mkdir()
        with serving(folder, ONE, "--lock-step") as served:
            with SyncCrazyflie(served.uris[0], cf=Crazyflie(rw_cache=cache)) as scf:
                flown = Flown(served, scf)
                flown.take_off()
                flown.cf.high_level_commander.go_to(0.4, -0.2, 0.8, 0.5, 1.5)
                flown.sleep(1)
            served.stop()
        texts.append((served.run / "trajectory.csv").read_bytes())
    assert texts[0] == texts[1] and len(texts[0]) > 20_000


def test_spirals_compressed_trajectories_and_relative_ways_end_where_they_should(flown: Flown) -> None:
    rows = flown.log("stateEstimate.x", "stateEstimate.y", "stateEstimate.z", "stateEstimate.yaw")
    commander = flown.cf.high_level_commander

    def place() -> Any:
        return np.array([rows[-1][f"stateEstimate.{axis}"] for axis in "xyz"])

    flown.take_off(0.6, 2)
    commander.go_to(0.3, -0.4, 0.2, 0, 2, relative=True)
    flown.sleep(4)
    assert np.linalg.norm(place() - [0.3, -0.4, 0.8]) < 0.08
    # A quarter to the left on a radius of half a metre, and up.
    commander.spiral(np.pi / 2, 0.5, 0.5, 0.2, 3)
    flown.sleep(5)
    assert np.linalg.norm(place() - [0.8, 0.1, 1.0]) < 0.08 and abs(rows[-1]["stateEstimate.yaw"] - 90) < 3
    memory = flown.cf.mem.get_mems(MemoryElement.TYPE_TRAJ)[0]
    memory.trajectory = [
        CompressedStart(0, 0, 0, 0), CompressedSegment(2, [-0.1, -0.4, -0.5], [], [0.1], []),
        CompressedSegment(0, [], [], [], []),
    ]
    assert memory.write_data_sync(start_addr=1000)
    commander.define_trajectory(3, 1000, 1, type=commander.TRAJECTORY_TYPE_POLY4D_COMPRESSED)
    commander.start_trajectory(3, relative_position=True)
    flown.sleep(4)
    assert np.linalg.norm(place() - [0.3, 0.1, 1.1]) < 0.08
    assert flown.cf.supervisor.hl_traj_finished and flown.cf.supervisor.hl_control_active
    assert not memory.write_data_sync(start_addr=4090)


def test_parameters_are_read_written_and_kept(flown: Flown) -> None:
    param = flown.cf.param
    assert param.get_value("stabilizer.controller") == "1" and param.get_value("deck.bcFlow2") == "1"
    written = threading.Event()
    param.add_update_callback("hlCommander", "vtoff", lambda name, value: written.set())
    param.set_value("hlCommander.vtoff", 0.25)
    assert written.wait(5) and param.get_value("hlCommander.vtoff") == "0.25"
    with pytest.raises(AttributeError, match="read-only"):
        param.set_value("deck.bcFlow2", 0)

    answers: list[Any] = []
    arrived = threading.Event()

    def take(name: str, answer: Any) -> None:
        answers.append(answer)
        arrived.set()

    def ask(question: Any, *arguments: Any) -> Any:
        arrived.clear()
        question(*arguments, take)
        assert arrived.wait(5)
        return answers[-1]

    assert ask(param.get_default_value, "hlCommander.vtoff") == 0.5
    assert ask(param.persistent_get_state, "supervisor.landedTimeout").is_stored is False
    param.set_value("supervisor.landedTimeout", 4000)
    assert ask(param.persistent_store, "supervisor.landedTimeout") is True
    state = ask(param.persistent_get_state, "supervisor.landedTimeout")
    assert (state.is_stored, state.default_value, state.stored_value) == (True, 3000, 4000)
    assert ask(param.persistent_clear, "supervisor.landedTimeout") is True
    assert ask(param.persistent_get_state, "supervisor.landedTimeout").is_stored is False


def test_an_emergency_stop_is_for_good(flown: Flown) -> None:
    flown.take_off()
    rows = flown.log("stateEstimate.z", "sys.isFlying", "motor.m1")
    flown.sleep(0.2)
    assert rows[-1]["stateEstimate.z"] > 0.4 and rows[-1]["sys.isFlying"] == 1 and rows[-1]["motor.m1"] > 0
    flown.cf.supervisor.send_emergency_stop()
    flown.sleep(1)
    assert rows[-1]["stateEstimate.z"] < 0.05 and rows[-1]["motor.m1"] == 0
    assert flown.cf.supervisor.is_locked and not flown.cf.supervisor.is_armed
    flown.cf.high_level_commander.takeoff(0.5, 1)
    flown.sleep(1.5)
    assert rows[-1]["stateEstimate.z"] < 0.05


def test_silence_levels_the_drone_and_then_stops_it(flown: Flown) -> None:
    flown.take_off(1.5, 2)
    rows = flown.log("stabilizer.roll", "stateEstimate.z", "motor.m1")
    for _ in range(5):
        flown.cf.commander.send_zdistance_setpoint(15, 0, 0, 1.5)
        flown.sleep(0.1)
    assert rows[-1]["stabilizer.roll"] > 10
    flown.sleep(0.7)
    assert abs(rows[-1]["stabilizer.roll"]) < 4 and rows[-1]["motor.m1"] > 0
    flown.sleep(1.4)
    assert rows[-1]["motor.m1"] == 0
    assert flown.cf.supervisor.is_locked


@pytest.mark.drones(ONE, "--require-arming")
def test_a_drone_that_must_be_armed_waits_for_it(flown: Flown) -> None:
    rows = flown.log("stateEstimate.z")
    flown.take_off()
    assert rows[-1]["stateEstimate.z"] < 0.02
    assert flown.cf.supervisor.can_be_armed and not flown.cf.supervisor.is_armed
    flown.cf.supervisor.send_arming_request(True)
    flown.take_off()
    assert rows[-1]["stateEstimate.z"] > 0.4


def test_every_setpoint_of_the_commander_moves_the_drone(flown: Flown) -> None:
    names = [f"stateEstimate.{axis}" for axis in ["x", "y", "z", "vx", "yaw"]]
    rows = flown.log(*names)
    flown.take_off(1.0, 2.0)
    commander = flown.cf.commander

    def send(setpoint: Any, *arguments: Any, seconds: float = 1) -> dict[str, float]:
        for _ in range(round(10 * seconds)):
            setpoint(*arguments)
            flown.sleep(0.1)
        return rows[-1]

    assert abs(send(commander.send_velocity_world_setpoint, 0.5, 0, 0, 0)["stateEstimate.vx"] - 0.5) < 0.1
    before = rows[-1]["stateEstimate.yaw"]
    after = send(commander.send_hover_setpoint, 0, 0, 45, 0.8)
    assert 20 < (after["stateEstimate.yaw"] - before) % 360 < 60
    there = send(commander.send_position_setpoint, 0.3, 0.2, 1.0, 0, seconds=4)
    assert np.hypot(there["stateEstimate.x"] - 0.3, there["stateEstimate.y"] - 0.2) < 0.1
    full = send(
        commander.send_full_state_setpoint, (0, 0, 1.2), (0, 0, 0), (0, 0, 0), (0, 0, 0.7071, 0.7071), 0, 0, 0, seconds=3)
    assert abs(full["stateEstimate.z"] - 1.2) < 0.1 and abs(full["stateEstimate.yaw"] - 90) < 10
    tilted = send(commander.send_zdistance_setpoint, 0, 5, 0, 1.0, seconds=0.6)
    # Nose up by five degrees, as the firmware takes the pitch of this packet: backwards, with the nose along y.
    assert tilted["stateEstimate.y"] < full["stateEstimate.y"] - 0.03


def test_nothing_that_comes_in_stops_the_flight(flown: Flown) -> None:
    flown.take_off()
    rows = flown.log("stateEstimate.x", "stateEstimate.z")
    random.seed(7)
    port = int(flown.served.uris[0].rsplit(":", 1)[1])
    chatter = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    chatter.connect(("127.0.0.1", port))
    harmless = [0, 2, 4, 5, 10, 11, 12, 13, 14, 15]
    for count in range(4000):
        size = random.choice([0, 1, 2, 3, 8, 30, 31, 32, 64, 1500])
        body = bytearray(random.randbytes(size))
        if body:
            # Not the ports by which anybody may fly the drone, nor the writing of parameters.
            body[0] = random.choice(harmless) << 4 | random.choice([0, 1])
        chatter.send(bytes(body))
        if count % 100 == 0:
            flown.sleep(0.02)
    # Setpoints that are cut off, infinite, or of no kind.
    for kind in range(256):
        chatter.send(bytes([0x70, kind]) + struct.pack("<f", float("nan")) * 4)
        chatter.send(bytes([0x70, kind]) + random.randbytes(3))
        chatter.send(bytes([0x80, kind % 14]))
        # More than the system keeps for the server would also cost packets of the client.
        if kind % 32 == 31:
            flown.sleep(0.02)
    chatter.close()
    flown.sleep(1)
    assert abs(rows[-1]["stateEstimate.z"] - 0.5) < 0.1 and abs(rows[-1]["stateEstimate.x"]) < 0.1
    assert flown.served.process.poll() is None


def test_nothing_listens_beyond_loopback(flown: Flown) -> None:
    port = int(flown.served.uris[0].rsplit(":", 1)[1])
    bound = [line.split()[1] for line in pathlib.Path("/proc/net/udp").read_text().splitlines()[1:]]
    assert [address for address in bound if address.endswith(f":{port:04X}")] == [f"0100007F:{port:04X}"]


@pytest.mark.parametrize(
    "arguments, code, words",
    [
        ([], 2, "--crazyflie"),
        (["--crazyflie", "--speed", "nan"], 2, "0.001 to 1000"),
        (["--crazyflie", "--speed", "2", "--lock-step"], 2, "exclude each other"),
        (["--crazyflie", "--duration", "0"], 2, "0.001 to 100000"),
        (["--crazyflie", "--address", "nowhere"], 3, "nowhere is no IPv4 address"),
        (["--crazyflie", "--port", "65535"], 3, "there is no port 65536 for drone 1"),
        (["--crazyflie", "--set", "drones[1].model=racer"], 2, "crazyflie-pid cannot fly this drone"),
        (
            ["--crazyflie", "--set", "drones[1].model=racer", "--set", "drones[1].controller=pid"],
            2, "drone 1, a racer, cannot fly as a Crazyflie",
        ),
    ],
)
def test_what_cannot_be_served_is_refused(checkout: pathlib.Path, arguments: list[str], code: int, words: str) -> None:
    command = [str(PROGRAM), "serve", "Examples/crazyflies.yaml", *arguments]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, timeout=60)
    assert done.returncode == code and words in done.stderr, done.stderr


def test_a_port_that_is_taken_is_named(checkout: pathlib.Path) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = str(taken.getsockname()[1])
        command = [str(PROGRAM), "serve", "Examples/crazyflies.yaml", "--crazyflie", "--port", port]
        done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, timeout=60)
    assert done.returncode == 3 and f"port {port} of 127.0.0.1 is taken" in done.stderr


def test_time_goes_by_as_fast_as_asked(tmp_path: pathlib.Path) -> None:
    with serving(tmp_path, ONE, "--speed", "20", "--duration", "6") as served:
        served.process.wait(30)
        served.stop()
    assert served.process.returncode == 0 and "6 s flown" in served.summary
    assert served.rows()[-1]["t"] == 6


def test_a_flight_starts_again(tmp_path: pathlib.Path, cache: str) -> None:
    scenario = tmp_path / "plain.yaml"
    scenario.write_text(f"version: 1\n{ONE}")
    program = [str(PROGRAM), "serve", str(scenario), "--crazyflie", "--lock-step"]
    with subprocess.Popen([*program, "--port", "0"], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        uri = process.stderr.readline().split()[-1]
        with SyncCrazyflie(uri, cf=Crazyflie(rw_cache=cache)) as scf:
            flown = Flown(Served(process, tmp_path), scf)
            rows = flown.log("stateEstimate.z")
            flown.take_off()
            flown.cf.supervisor.send_emergency_stop()
            flown.sleep(1)
            flown.cf.param.set_value("sim.restart", 1)
            flown.take_off()
            assert rows[-1]["stateEstimate.z"] > 0.4 and rows[-1]["time"] < 4000
        process.terminate()
