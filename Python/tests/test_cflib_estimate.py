"""What scripts of cflib tune, see and measure: gains, range finders, positions from outside."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys
import threading
import time

import numpy as np
import pytest
from cflib.crazyflie import Crazyflie
from cflib.crazyflie.syncCrazyflie import SyncCrazyflie
from cflib.positioning.motion_commander import MotionCommander
from cflib.positioning.position_hl_commander import PositionHlCommander
from cflib.utils.reset_estimator import reset_estimator
from flown import ONE, Flown, cache, flown  # noqa: F401: fixtures
from served import serving

WALL = ONE + "world: { obstacles: [{ box: [0.1, 4, 4], at: [0.35, 0, 2] }] }\n"

# As the example of cflib for the Multi-ranger deck has it, for a wall in the place of a hand.
PUSH = """
import sys
import time

import cflib.crtp
from cflib.crazyflie import Crazyflie
from cflib.crazyflie.syncCrazyflie import SyncCrazyflie
from cflib.positioning.motion_commander import MotionCommander
from cflib.utils.multiranger import Multiranger


def is_close(distance):
    return distance is not None and distance < 0.5


cflib.crtp.init_drivers()
with SyncCrazyflie(sys.argv[1], cf=Crazyflie(rw_cache="./cache")) as scf:
    assert scf.cf.param.get_value("deck.bcMultiranger") == "1"
    with MotionCommander(scf, default_height=0.6) as commander, Multiranger(scf, zranger=True) as ranger:
        end = time.time() + 3
        while time.time() < end:
            forwards = (0.4 if is_close(ranger.back) else 0) - (0.4 if is_close(ranger.front) else 0)
            left = (0.4 if is_close(ranger.right) else 0) - (0.4 if is_close(ranger.left) else 0)
            commander.start_linear_motion(forwards, left, 0)
            time.sleep(0.1)
        print(ranger.front, ranger.back, ranger.left, ranger.right, ranger.up, ranger.down)
"""


def write(flown: Flown, name: str, value: float) -> None:
    """Writes a parameter, and waits until it is."""
    written = threading.Event()
    group, own = name.split(".")
    flown.cf.param.add_update_callback(group, own, lambda name, value: written.set())
    flown.cf.param.set_value(name, value)
    assert written.wait(5)


def test_gains_are_what_the_drone_flies_by(flown: Flown) -> None:  # noqa: F811
    param = flown.cf.param
    usual = {
        "pid_attitude.roll_kp": 6, "pid_attitude.yaw_kd": 0.35, "pid_rate.pitch_ki": 500, "pid_rate.yaw_ki": 16.7,
        "posCtlPid.xKp": 2, "posCtlPid.zKi": 0.5, "posCtlPid.thrustBase": 36000, "posCtlPid.xVelMax": 1,
        "velCtlPid.vxKp": 25, "velCtlPid.vzKi": 15, "velCtlPid.vzKFF": 0, "ctrlMel.kp_xy": 0.4, "ctrlMel.mass": 0.029,
        "ctrlMel.massThrust": 132000, "ctrlMel.i_range_m_z": 1500,
    }
    assert {name: float(param.get_value(name)) for name in usual} == pytest.approx(usual)
    rows = flown.log("stateEstimate.x", "stateEstimate.vx", "stateEstimate.z")
    flown.take_off(0.6, 1.5)
    write(flown, "posCtlPid.xVelMax", 0.2)
    assert float(param.get_value("posCtlPid.xVelMax")) == pytest.approx(0.2)
    for _ in range(30):
        flown.cf.commander.send_position_setpoint(1, 0, 0.6, 0)
        flown.sleep(0.1)
    # A tenth more than what is written is let through.
    fastest = max(row["stateEstimate.vx"] for row in rows)
    assert 0.18 < fastest < 0.26
    write(flown, "posCtlPid.xVelMax", 1)
    for _ in range(20):
        flown.cf.commander.send_position_setpoint(3, 0, 0.6, 0)
        flown.sleep(0.1)
    assert max(row["stateEstimate.vx"] for row in rows) > 0.8
    # With the sign of the pitch rate's gain turned round, it tips over.
    write(flown, "pid_rate.pitch_kp", -250)
    flown.sleep(1)
    assert flown.cf.supervisor.is_tumbled or rows[-1]["stateEstimate.z"] < 0.3


def test_a_script_that_pushes_away_from_a_wall_flies_as_it_stands(tmp_path: pathlib.Path) -> None:
    with serving(tmp_path, WALL) as served:
        done = subprocess.run(
            [sys.executable, "-c", PUSH, served.uris[0]], cwd=tmp_path, capture_output=True, text=True, timeout=120,
            env=os.environ)
        served.stop()
        assert done.returncode == 0, done.stderr
        rows = [row for row in served.rows() if row["z"] > 0.4]
    front, back, left, right, up, down = done.stdout.split()
    # The face of the wall is at 0.3 m.
    assert rows[0]["x"] > -0.1 and -0.6 < rows[-1]["x"] < -0.15
    assert max(row["contacts"] for row in rows) == 0
    assert abs(float(front) - (0.3 - rows[-1]["x"])) < 0.15 and abs(float(down) - 0.6) < 0.1
    assert [back, left, right, up] == ["None"] * 4


def test_scripts_fly_one_after_the_other(tmp_path: pathlib.Path, cache: str) -> None:  # noqa: F811
    with serving(tmp_path, ONE) as served:
        for _ in range(2):
            with SyncCrazyflie(served.uris[0], cf=Crazyflie(rw_cache=cache)) as scf:
                with MotionCommander(scf, default_height=0.4):
                    pass
            time.sleep(2.5)
        with SyncCrazyflie(served.uris[0], cf=Crazyflie(rw_cache=cache)) as scf:
            with PositionHlCommander(scf, default_height=0.5) as commander:
                commander.go_to(0.2, 0, 0.6)
        served.stop()
        heights = np.array([row["z"] for row in served.rows()])
    starts = np.flatnonzero((heights[1:] > 0.2) & (heights[:-1] <= 0.2))
    assert len(starts) == 3 and 0.55 < heights[starts[2]:].max() < 0.7


def test_positions_from_outside_move_the_estimate_and_a_reset_moves_it_back(flown: Flown) -> None:  # noqa: F811
    flown.take_off(0.6, 1.5)
    rows = flown.log("stateEstimate.x", "stateEstimate.y", "kalman.varX", "locSrv.x")
    flown.sleep(0.1)
    assert rows[-1]["kalman.varX"] == 0
    # The frame of the client is 0.4 m beside the scenario's: the drone flies to where its setpoint is there.
    flown.cf.extpos.send_extpos(rows[-1]["stateEstimate.x"] + 0.4, rows[-1]["stateEstimate.y"], 0.6)
    flown.sleep(0.1)
    assert rows[-1]["stateEstimate.x"] > 0.3 and abs(rows[-1]["locSrv.x"] - 0.4) < 0.05
    flown.sleep(4)
    assert abs(rows[-1]["stateEstimate.x"]) < 0.05 and 0 < rows[-1]["kalman.varX"] < 1e-3
    before = rows[-1]["stateEstimate.x"]
    write(flown, "kalman.resetEstimation", 1)
    write(flown, "kalman.resetEstimation", 0)
    flown.sleep(0.05)
    assert abs(rows[-1]["stateEstimate.x"] - (before - 0.4)) < 0.06
    assert rows[-1]["kalman.varX"] == 0
    flown.served.stop()
    where = [row["x"] for row in flown.served.rows()]
    assert abs(min(where) + 0.4) < 0.06


def test_an_estimate_begins_where_the_client_says(flown: Flown) -> None:  # noqa: F811
    rows = flown.log("stateEstimate.x", "stateEstimate.z", "stateEstimate.yaw")
    for name, value in [("initialX", 2.0), ("initialYaw", np.pi / 2), ("resetEstimation", 1), ("resetEstimation", 0)]:
        write(flown, f"kalman.{name}", value)
    flown.sleep(0.1)
    assert abs(rows[-1]["stateEstimate.x"] - 2) < 0.001 and abs(rows[-1]["stateEstimate.yaw"] - 90) < 0.1
    # A takeoff turns to the client's x, as on board, and forwards is along that: the scenario's -y.
    flown.take_off(0.6, 1.5)
    assert abs(rows[-1]["stateEstimate.yaw"]) < 5
    for _ in range(10):
        flown.cf.commander.send_hover_setpoint(0.4, 0, 0, 0.6)
        flown.sleep(0.1)
    assert rows[-1]["stateEstimate.x"] > 2.2
    flown.served.stop()
    last = flown.served.rows()[-1]
    assert last["y"] < -0.2 and abs(last["x"]) < 0.15


def test_the_reset_of_cflib_ends(tmp_path: pathlib.Path, cache: str) -> None:  # noqa: F811
    with serving(tmp_path, ONE, "--speed", "10") as served:
        with SyncCrazyflie(served.uris[0], cf=Crazyflie(rw_cache=cache)) as scf:
            for _ in range(100):
                scf.cf.extpos.send_extpose(0, 0, 0.0125, 0, 0, 0, 1)
            reset_estimator(scf)
            scf.cf.extpos.send_extpose(0, 0, 0.0125, 0, 0, 0, 1)
            assert float(scf.cf.param.get_value("kalman.resetEstimation")) == 0
