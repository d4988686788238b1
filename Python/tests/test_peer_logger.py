"""Logs under gym-pybullet-drones' names."""

from __future__ import annotations

import csv
import pathlib
from typing import Any

import numpy as np
import pytest

import swiftlet
from swiftlet.gym_pybullet_drones.control.DSLPIDControl import DSLPIDControl
from swiftlet.gym_pybullet_drones.envs.CtrlAviary import CtrlAviary
from swiftlet.gym_pybullet_drones.utils.enums import DroneModel
from swiftlet.gym_pybullet_drones.utils.Logger import Logger

STEPS = 48


def flown(folder: pathlib.Path, **options: Any) -> tuple[Logger, np.ndarray]:
    """The log of a second of flight by PID, and the states that were logged, (steps, drones, 20)."""
    env = CtrlAviary(num_drones=2, ctrl_freq=48)
    pilots = [DSLPIDControl(DroneModel.CF2X) for _ in range(2)]
    logger = Logger(logging_freq_hz=48, num_drones=2, output_folder=str(folder), **options)
    action, seen = np.zeros((2, 4)), []
    for step in range(STEPS):
        observed, *_ = env.step(action)
        seen.append(observed)
        for drone, pilot in enumerate(pilots):
            goal = env.INIT_XYZS[drone] + [0, 0, 0.2]
            action[drone], _, _ = pilot.computeControlFromState(1 / 48, observed[drone], goal)
            logger.log(drone, step / 48, observed[drone], np.hstack([goal, np.zeros(9)]))
    return logger, np.array(seen)


@pytest.mark.parametrize("seconds", [0, 1])
def test_states_are_kept_in_the_order_of_the_log(tmp_path: pathlib.Path, seconds: int) -> None:
    logger, seen = flown(tmp_path / "new", duration_sec=seconds)
    states = seen.transpose(1, 2, 0)
    order = [0, 1, 2, 10, 11, 12, 7, 8, 9, 13, 14, 15, 16, 17, 18, 19]
    np.testing.assert_array_equal(logger.states, states[:, order])
    np.testing.assert_array_equal(logger.timestamps, np.tile(np.arange(STEPS) / 48, (2, 1)))
    assert logger.controls.shape == (2, 12, STEPS) and logger.counters.tolist() == [STEPS, STEPS]
    assert seen[-1, 0, 2] > 0.2


def test_files_are_those_of_there_and_one_table(tmp_path: pathlib.Path) -> None:
    logger, seen = flown(tmp_path)
    logger.save()
    with np.load(next(tmp_path.glob("save-flight-*.npy"))) as saved:
        np.testing.assert_array_equal(saved["states"], logger.states)
    logger.save_as_csv("pid")
    folder = next(tmp_path.glob("save-flight-pid-*"))
    signals = "x y z r p ya rr pr yar vx vy vz wx wy wz rpm0- rpm1- rpm2- rpm3- pwm0- pwm1- pwm2- pwm3-"
    names = {f"{signal}{drone}.csv" for signal in signals.split() for drone in range(2)}
    assert {path.name for path in folder.iterdir()} == names | {"trajectory.csv"}
    heights = np.loadtxt(folder / "z1.csv", delimiter=",")
    np.testing.assert_allclose(heights, np.stack([np.arange(STEPS) / 48, seen[:, 1, 2]], axis=1))
    rates = np.loadtxt(folder / "yar1.csv", delimiter=",")[:, 1]
    np.testing.assert_allclose(rates[1:], 48 * np.diff(seen[:, 1, 9]), atol=1e-12)
    signal = np.loadtxt(folder / "pwm2-0.csv", delimiter=",")[:, 1]
    np.testing.assert_allclose(0.2685 * signal + 4070.3, seen[:, 0, 18], atol=1e-9)

    with (folder / "trajectory.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 2 * STEPS
    for index, row in enumerate(rows):
        step, drone = divmod(index, 2)
        assert (float(row["t"]), int(row["drone"])) == (step / 48, drone)
        state = [float(row[name]) for name in "x y z qx qy qz qw roll pitch yaw vx vy vz wx wy wz".split()]
        np.testing.assert_array_equal(state, seen[step, drone, :16])
        assert abs(float(row["control2"]) - 0.3125) < 1e-15


def test_our_own_flights_replay_the_table(tmp_path: pathlib.Path) -> None:
    logger, seen = flown(tmp_path)
    logger.save_as_csv()
    table = next(tmp_path.glob("save-flight-*/trajectory.csv"))
    flight = swiftlet.fly(
        {
            "version": 1,
            "duration": 0.9,
            "rates": {"physics": 240, "control": 48, "record": 48},
            "physics": {"preset": "gpd", "effects": []},
            "drones": [
                {"model": "cf2x", "at": at, "controller": {"replay": str(table)}}
                for at in ([0, 0, 0.1125], [0.1588, 0.1588, 0.1125])
            ],
        }
    )
    # The rows of the table begin after the first control step, whose rotors stood still.
    np.testing.assert_allclose(flight.rotor_speeds[1:40], seen[1:40, :, 16:], rtol=1e-12)


def test_a_quaternion_that_was_not_logged_follows_from_the_angles(tmp_path: pathlib.Path) -> None:
    logger = Logger(logging_freq_hz=30, output_folder=str(tmp_path))
    state = np.zeros(20)
    state[7:10] = [0, 0, 1.0]
    logger.log(drone=0, timestamp=0, state=state)
    logger.save_as_csv()
    table = next(tmp_path.glob("save-flight-*/trajectory.csv"))
    with table.open() as file:
        row = next(csv.DictReader(file))
    assert abs(float(row["qz"]) - np.sin(0.5)) < 1e-15 and abs(float(row["qw"]) - np.cos(0.5)) < 1e-15


def test_graphs_are_a_file_where_there_is_no_screen(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    logger, _ = flown(tmp_path)
    before = logger.states.copy()
    logger.plot(pwm=True)
    np.testing.assert_array_equal(logger.states, before)
    assert (tmp_path / "output_figure.png").read_bytes().startswith(b"\x89PNG")


def test_what_is_no_row_is_refused(tmp_path: pathlib.Path) -> None:
    logger = Logger(logging_freq_hz=30, output_folder=str(tmp_path))
    with pytest.raises(swiftlet.ArgumentError, match="drone is 1 and timestamp 0"):
        logger.log(drone=1, timestamp=0, state=np.zeros(20))
    with pytest.raises(swiftlet.ArgumentError, match=r"state has shape \(19,\)"):
        logger.log(drone=0, timestamp=0, state=np.zeros(19))
    assert logger.states.shape == (1, 16, 0)
    with pytest.warns(UserWarning, match="state has 23 numbers, of which 20 are logged"):
        logger.log(drone=0, timestamp=0, state=np.arange(23))
    assert logger.states[0, 15, 0] == 19
