"""Controllers under gym-pybullet-drones' names."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import swiftlet
from swiftlet._library import ffi, lib, struct
from swiftlet.gym_pybullet_drones._elsewhere import ElsewhereError
from swiftlet.gym_pybullet_drones.control.BaseControl import BaseControl
from swiftlet.gym_pybullet_drones.control.CTBRControl import CTBRControl
from swiftlet.gym_pybullet_drones.control.DSLPIDControl import DSLPIDControl
from swiftlet.gym_pybullet_drones.utils.enums import DroneModel


def matrix(quaternion: Any) -> Any:
    """The rotation of a quaternion x, y, z, w: the columns are the body's axes."""
    v, w = quaternion[:3], quaternion[3]
    skew = np.array([[0, -v[2], v[1]], [v[2], 0, -v[0]], [-v[1], v[0], 0]])
    return np.identity(3) + 2 * w * skew + 2 * skew @ skew


def angles(r: Any) -> Any:
    """Roll, pitch and yaw of a rotation."""
    return np.array([np.arctan2(r[2, 1], r[2, 2]), -np.arcsin(r[2, 0]), np.arctan2(r[1, 0], r[0, 0])])


def attitude_towards(force: Any, heading: Any) -> Any:
    z = force / np.linalg.norm(force)
    y = np.cross(z, heading)
    y /= np.linalg.norm(y)
    return np.stack([np.cross(y, z), y, z], axis=1)


class SecondPID:
    """The law of `DSLPIDControl` once more, from its description in Sources/Control/CascadedPID.swift."""

    mixer = {
        "CF2X": [[-0.5, -0.5, -1], [-0.5, 0.5, 1], [0.5, 0.5, -1], [0.5, -0.5, 1]],
        "CF2P": [[0, -1, -1], [1, 0, 1], [0, 1, -1], [-1, 0, 1]],
    }

    def __init__(self, model: str, d_torque: float) -> None:
        self.rows, self.d_torque = np.array(self.mixer[model]), d_torque
        self.sum, self.turned, self.seen = np.zeros(3), np.zeros(3), np.zeros(3)

    def speeds(self, dt: float, p: Any, q: Any, v: Any, p_d: Any, yaw: Any, v_d: Any, rates: Any) -> Any:
        self.sum = np.clip(self.sum + dt * (p_d - p), -2, 2)
        self.sum[2] = np.clip(self.sum[2], -0.15, 0.15)
        force = [0.4, 0.4, 1.25] * (p_d - p) + 0.05 * self.sum + [0.2, 0.2, 0.5] * (v_d - v)
        force[2] += 9.8 * 0.027
        now, wanted = matrix(q), attitude_towards(force, [np.cos(yaw), np.sin(yaw), 0])
        signal = (np.sqrt(max(0, force @ now[:, 2]) / 4 / 3.16e-10) - 4070.3) / 0.2685
        skew = wanted.T @ now - now.T @ wanted
        error = np.array([skew[2, 1], skew[0, 2], skew[1, 0]])
        change = rates - (angles(now) - self.seen) / dt
        self.seen = angles(now)
        self.turned = np.clip(self.turned - dt * error, [-1, -1, -1500], [1, 1, 1500])
        torque = (
            -np.array([7e4, 7e4, 6e4]) * error
            + np.array([self.d_torque, self.d_torque, 12e3]) * change
            + [0, 0, 500] * self.turned
        )
        pwm = np.clip(signal + self.rows @ np.clip(torque, -3200, 3200), 20_000, 65_535)
        return 0.2685 * pwm + 4070.3, -angles(wanted.T)[2]


@pytest.mark.parametrize("model", ["CF2X", "CF2P"])
def test_the_pid_is_the_law(model: str) -> None:
    random = np.random.default_rng(1)
    pilot, second = DSLPIDControl(DroneModel[model]), SecondPID(model, d_torque=500)
    pilot.setPIDCoefficients(d_coeff_att=[500, 500, 12_000])
    moved = 0.0
    for step in range(200):
        quaternion = np.array([0, 0, 0, 1]) + random.normal(0, 0.03, 4)
        quaternion /= np.linalg.norm(quaternion)
        p, v, p_d, v_d, rates = random.normal(0, 0.05, (5, 3))
        yaw = random.normal(0, 0.1)
        speeds, error, off = pilot.computeControl(
            control_timestep=0.02,
            cur_pos=p,
            cur_quat=quaternion,
            cur_vel=v,
            cur_ang_vel=np.zeros(3),
            target_pos=p_d,
            target_rpy=np.array([0, 0, yaw]),
            target_vel=v_d,
            target_rpy_rates=rates,
        )
        wanted, third = second.speeds(0.02, p, quaternion, v, p_d, yaw, v_d, rates)
        np.testing.assert_allclose(speeds, wanted, rtol=0, atol=1e-8, err_msg=f"step {step}")
        np.testing.assert_array_equal(error, p_d - p)
        assert abs(off - (third - pilot.last_rpy[2])) < 1e-12
        moved = max(moved, np.ptp(speeds))
    assert moved > 100 and pilot.control_counter == 200
    np.testing.assert_allclose(pilot.integral_pos_e, second.sum, atol=1e-14)
    np.testing.assert_allclose(pilot.integral_rpy_e, second.turned, atol=1e-14)
    pilot.reset()
    assert pilot.control_counter == 0 and not pilot.integral_rpy_e.any()


def test_the_yaw_error_is_that_of_the_third_angle() -> None:
    pilot = DSLPIDControl(DroneModel.CF2X)
    level = {"cur_pos": np.zeros(3), "cur_vel": np.zeros(3), "cur_ang_vel": np.zeros(3)}
    half = 0.15
    turned = np.array([0, 0, np.sin(half), np.cos(half)])
    _, _, error = pilot.computeControl(
        0.02, cur_quat=turned, target_pos=np.zeros(3), target_rpy=np.array([0, 0, 1.0]), **level
    )
    assert abs(error - (1.0 - 2 * half)) < 1e-12


def test_gains_are_attributes() -> None:
    pilot = DSLPIDControl(DroneModel.CF2X)
    np.testing.assert_array_equal(pilot.P_COEFF_FOR, [0.4, 0.4, 1.25])
    assert (pilot.MIN_PWM, pilot.MAX_PWM) == (20_000, 65_535)
    assert (pilot.PWM2RPM_SCALE, pilot.PWM2RPM_CONST) == (0.2685, 4070.3)
    assert pilot.GRAVITY == 9.8 * 0.027 and pilot.KF == 3.16e-10

    def climb() -> float:
        pilot.reset()
        state = np.zeros(20)
        state[6] = 1
        return float(pilot.computeControlFromState(0.02, state, np.array([0, 0, 0.1]))[0].mean())

    usual = climb()
    pilot.P_COEFF_FOR[2] *= 2
    assert climb() > usual
    pilot.P_COEFF_FOR = np.array([0.4, 0.4, 0])
    assert climb() < usual
    pilot.MAX_PWM = 30_000
    assert abs(climb() - (0.2685 * 30_000 + 4070.3)) < 1e-9
    pilot.MIN_PWM = 40_000
    with pytest.raises(swiftlet.ArgumentError, match="pid.signal_range is 40000.0 to 30000.0"):
        climb()


def test_thrust_and_rates_are_the_law() -> None:
    random = np.random.default_rng(2)
    control = CTBRControl(DroneModel.RACE)
    for _ in range(100):
        state = random.normal(0, 0.3, 20)
        state[3:7] = np.array([0, 0, 0, 1]) + random.normal(0, 0.3, 4)
        state[3:7] /= np.linalg.norm(state[3:7])
        p_d, v_d = random.normal(0, 0.5, (2, 3))
        thrust, *rates = control.computeControlFromState(0.02, state, p_d, target_vel=v_d)
        wish = [3, 3, 8] * (p_d - state[:3]) + [2.5, 2.5, 5] * (v_d - state[10:13]) + [0, 0, 9.8]
        z = wish / np.linalg.norm(wish)
        x = np.cross([0, 1, 0], z)
        x /= np.linalg.norm(x)
        now = matrix(state[3:7])
        turn = now.T @ np.stack([x, np.cross(z, x), z], axis=1)
        # The vector part of the quaternion of a turn R, the shorter way: vee(R - Rᵀ) / 4w with 4w² = 1 + tr R.
        w = np.sqrt(1 + np.trace(turn)) / 2
        part = np.array([turn[2, 1] - turn[1, 2], turn[0, 2] - turn[2, 0], turn[1, 0] - turn[0, 1]]) / 4 / w
        assert abs(thrust - wish @ now[:, 2]) < 1e-12
        np.testing.assert_allclose(rates, 2 * np.array([5, 5, 1]) * part, atol=1e-9)


def test_what_is_wrong_is_refused() -> None:
    with pytest.raises(swiftlet.ArgumentError, match="swiftlet.Controllers"):
        DSLPIDControl(DroneModel.RACE)
    pilot = DSLPIDControl(DroneModel.CF2P)
    state = np.zeros(20)
    with pytest.raises(swiftlet.ArgumentError, match="tracking.attitude has no length"):
        pilot.computeControlFromState(0.02, state, np.zeros(3))
    state[6] = 1
    with pytest.raises(swiftlet.ArgumentError, match="tracking.goal_position has a number that is not finite"):
        pilot.computeControlFromState(0.02, state, np.array([0, 0, np.inf]))
    with pytest.raises(swiftlet.ArgumentError, match="tracking.period is 0"):
        pilot.computeControlFromState(0, state, np.zeros(3))
    assert not pilot.integral_pos_e.any()
    with pytest.raises(ElsewhereError, match="_dslPIDAttitudeControl is not there: .*computeControl"):
        pilot._dslPIDAttitudeControl()
    with pytest.raises(swiftlet.ArgumentError, match="CTBRControl has no gains P_COEFF_FOR"):
        CTBRControl(DroneModel.CF2X).setPIDCoefficients(p_coeff_pos=[1, 1, 1])
    with pytest.raises(NotImplementedError, match="BaseControl has no computeControl"):
        BaseControl(DroneModel.CF2X).computeControlFromState(0.02, state, np.zeros(3))
    with pytest.raises(swiftlet.ArgumentError, match="a model has no 'weight'"):
        pilot._getURDFParameter("weight")
    assert pilot._getURDFParameter("ixx") == 2.3951e-5


def test_the_functions_in_c_refuse_what_they_cannot_use() -> None:
    def failure(status: int) -> tuple[int, str]:
        return status, ffi.string(lib.swiftlet_last_error()).decode()

    pid, tracking = struct("swiftlet_cascaded_pid"), struct("swiftlet_tracking")
    speeds = ffi.new("double[4]")
    assert failure(lib.swiftlet_cascaded_pid_begin(b"cf2x", 9.8, ffi.NULL)) == (1, "pid is NULL")
    assert failure(lib.swiftlet_cascaded_pid_begin(ffi.NULL, 9.8, pid)) == (1, "model is NULL")
    status, sentence = failure(lib.swiftlet_cascaded_pid_begin(b"racer", 9.8, pid))
    assert status == 1 and "racer has others" in sentence
    status, sentence = failure(lib.swiftlet_cascaded_pid_begin(b"cf2x", float("nan"), pid))
    assert status == 1 and "gravity is nan" in sentence
    assert lib.swiftlet_cascaded_pid_begin(b"cf2x", 9.8, pid) == 0
    command = lib.swiftlet_cascaded_pid_command
    assert failure(command(pid, ffi.NULL, speeds, ffi.NULL)) == (1, "tracking is NULL")
    assert failure(command(pid, tracking, ffi.NULL, ffi.NULL)) == (1, "rotor_speeds is NULL")
    tracking.attitude[3], tracking.period = 1, 0.02
    assert command(pid, tracking, speeds, ffi.NULL) == 0 and speeds[0] > 0
    pid.struct_size = 8
    status, sentence = failure(command(pid, tracking, speeds, ffi.NULL))
    assert status == 1 and sentence.startswith("pid.struct_size is 8; expected ")
    assert failure(lib.swiftlet_thrust_and_rates(tracking, 9.8, ffi.NULL, speeds)) == (1, "thrust is NULL")
    assert failure(lib.swiftlet_angles(ffi.NULL, 1, ffi.NULL, ffi.NULL)) == (1, "states is NULL")
    states = struct("swiftlet_states")
    assert failure(lib.swiftlet_angles(states, -1, ffi.NULL, ffi.NULL)) == (
        1,
        "count is -1; expected 0 or more",
    )
    with pytest.raises(swiftlet.ArgumentError, match="did you mean 'cf2x'"):
        swiftlet.model("cfx")
