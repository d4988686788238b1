"""What gym-pybullet-drones recorded, flown again under its own names."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from peer_recordings import Recording, cases, recording

from swiftlet.gym_pybullet_drones.control.DSLPIDControl import DSLPIDControl
from swiftlet.gym_pybullet_drones.envs.CtrlAviary import CtrlAviary
from swiftlet.gym_pybullet_drones.envs.HoverAviary import HoverAviary
from swiftlet.gym_pybullet_drones.envs.MultiHoverAviary import MultiHoverAviary
from swiftlet.gym_pybullet_drones.envs.VelocityAviary import VelocityAviary
from swiftlet.gym_pybullet_drones.utils.enums import ActionType, DroneModel, Physics

STATE = "x y z qx qy qz qw roll pitch yaw vx vy vz wx wy wz rpm0 rpm1 rpm2 rpm3"


def environment(kind: Any, recorded: Recording) -> Any:
    """The environment of a recorded flight."""
    case = recorded.case
    return kind(
        drone_model=DroneModel[case["drone_model"]],
        num_drones=recorded.drones,
        initial_xyzs=case["initial_xyzs"],
        initial_rpys=case["initial_rpys"],
        physics=Physics[case["physics"]],
        pyb_freq=case["pyb_freq"],
        ctrl_freq=case["ctrl_freq"],
    )


def bound(name: str) -> float:
    """How far flights may be apart in any number: what rounding makes of 12 s of them; and 2e-7 rad/s of the
    7,586 rad/s to which the explicit gyroscopic term drives one."""
    return 1e-6 if name == "ol_asym_cf2x_dyn" else 1e-8 if name.startswith("ex_") else 1e-9


@pytest.mark.parametrize("name", cases("ol_", "ex_"))
def test_rotor_speeds_make_the_same_flight(name: str) -> None:
    recorded = recording(name)
    env = environment(CtrlAviary, recorded)
    speeds, states = recorded["rpm0 rpm1 rpm2 rpm3"], recorded[STATE]
    contacts = recorded["n_contacts"].reshape(len(states), -1).any(axis=1)
    until = int(np.argmax(contacts)) if contacts.any() else len(states)
    assert until > 100
    for row in range(1, until):
        observed, *_ = env.step(speeds[row])
        assert observed.dtype == np.float64
        # Quaternions as they are, their sign too.
        np.testing.assert_allclose(observed, states[row], rtol=0, atol=bound(name))
    assert env.step_counter == (until - 1) * env.PYB_STEPS_PER_CTRL


@pytest.mark.parametrize("name", cases("ex_pid_velocity"))
def test_the_velocity_environment_commands_the_same_speeds(name: str) -> None:
    recorded = recording(name)
    env = environment(VelocityAviary, recorded)
    before = [(-0.5, 1, 0), (0, 1, 0), (0.2, 1, 0.2), (0, 1, 0.5)]
    after = [(0.5, -1, 0), (0, -1, 0), (-0.2, -1, -0.2), (0, -1, -0.5)]
    action, states = np.zeros((4, 4)), recorded[STATE]
    # Over 0.9 s the loop is chaotic: what rounds otherwise in the 16th digit is far off then.
    for row in range(1, 44):
        observed, *_ = env.step(action)
        np.testing.assert_allclose(observed[:, :16], states[row][:, :16], rtol=0, atol=1e-6)
        np.testing.assert_allclose(observed[:, 16:], states[row][:, 16:], rtol=0, atol=1e-2)
        for drone in range(4):
            has_turned = row > 30 + 40 * drone
            action[drone] = [*(after if has_turned else before)[drone], 0.99]


@pytest.mark.parametrize("name", [name for name in cases("ex_") if "pid_n3" in name])
def test_the_controller_commands_the_same_speeds(name: str) -> None:
    recorded = recording(name)
    states, case = recorded[STATE], recorded.case
    angle = 2 * np.pi * np.arange(480) / 480 + np.pi / 2
    radius, (x, y, _) = 0.3, case["initial_xyzs"][0]
    circle = np.stack([radius * np.cos(angle) + x, radius * np.sin(angle) - radius + y], axis=1)
    pilots = [DSLPIDControl(drone_model=DroneModel.CF2X) for _ in range(recorded.drones)]
    for row in range(1, len(states) - 1):
        for drone, pilot in enumerate(pilots):
            place = circle[(480 * drone // 6 + row - 1) % 480]
            speeds, error, _ = pilot.computeControlFromState(
                control_timestep=1 / 48,
                state=states[row, drone],
                target_pos=np.array([*place, case["initial_xyzs"][drone][2]]),
                target_rpy=np.array(case["initial_rpys"][drone]),
            )
            np.testing.assert_allclose(speeds, states[row + 1, drone, 16:], rtol=0, atol=1e-8)
            np.testing.assert_array_equal(error[:2], place - states[row, drone, :2])


@pytest.mark.parametrize("name", cases("gym_"))
def test_actions_make_the_same_episode(name: str) -> None:
    recorded = recording(name)
    act, physics = ActionType[recorded.case["action_type"]], Physics[recorded.case["physics"]]
    env = (
        MultiHoverAviary(num_drones=recorded.drones, physics=physics, act=act)
        if "multihover" in name
        else HoverAviary(physics=physics, act=act)
    )
    shown = recorded[" ".join(f"o{i}" for i in range(recorded.case["observation_width"]))]
    actions = recorded[" ".join(key for key in recorded.columns if key in ("a0", "a1", "a2", "a3"))]
    observed, _ = env.reset()
    steps = len(shown) - 1
    # A PID loop at 30 Hz makes much of little: the last digit of a number is 1e-6 after 44 steps.
    steps = min(steps, 40) if name.endswith("vel_smooth") else steps
    for step in range(steps + 1):
        # Observations are of 32 bits.
        np.testing.assert_allclose(observed, shown[step], rtol=1.2e-7, atol=1e-6)
        if step == steps:
            break
        observed, reward, is_terminated, is_truncated, info = env.step(actions[step + 1])
        if env._simulation.contacts.any():
            break
        assert abs(reward - recorded["reward"][step + 1, 0, 0]) < 1e-6
        assert is_terminated == recorded["terminated"][step + 1, 0, 0]
        assert is_truncated == recorded["truncated"][step + 1, 0, 0]
        assert info == {"answer": 42}
    assert step >= 6


def test_doing_nothing_is_worth_as_much() -> None:
    env = HoverAviary(act=ActionType.ONE_D_RPM)
    env.reset()
    rewards, is_truncated = [], False
    while not is_truncated:
        _, reward, _, is_truncated, _ = env.step(np.zeros((1, 1), np.float32))
        rewards.append(reward)
    assert len(rewards) == 242
    assert abs(sum(rewards) - 333.8626269042889) < 1e-9
