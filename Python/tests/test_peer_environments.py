"""Environments under gym-pybullet-drones' names: what scripts read, override and get wrong."""

from __future__ import annotations

import importlib
import pathlib
import subprocess
import sys
import time
from typing import Any

import gymnasium
import numpy as np
import pytest
from gymnasium import spaces
from gymnasium.utils.env_checker import check_env

import swiftlet
from swiftlet.gym_pybullet_drones._elsewhere import ElsewhereError
from swiftlet.gym_pybullet_drones.envs.BaseAviary import BaseAviary
from swiftlet.gym_pybullet_drones.envs.BaseRLAviary import BaseRLAviary
from swiftlet.gym_pybullet_drones.envs.CtrlAviary import CtrlAviary
from swiftlet.gym_pybullet_drones.envs.HoverAviary import HoverAviary
from swiftlet.gym_pybullet_drones.envs.MultiHoverAviary import MultiHoverAviary
from swiftlet.gym_pybullet_drones.envs.VelocityAviary import VelocityAviary
from swiftlet.gym_pybullet_drones.utils.enums import (
    ActionType,
    DroneModel,
    ObservationType,
    Physics,
)
from swiftlet.gym_pybullet_drones.utils.utils import str2bool, sync


def test_constants_are_those_of_the_model() -> None:
    env = CtrlAviary(num_drones=2, ctrl_freq=48)
    assert abs(env.HOVER_RPM - 14468.429183500699) < 1e-9
    assert abs(env.MAX_RPM - 21702.64377525105) < 1e-9
    assert abs(env.GND_EFF_H_CLIP - 0.03776371349209501) < 1e-15
    assert (env.M, env.L, env.KF, env.KM) == (0.027, 0.0397, 3.16e-10, 7.94e-12)
    assert (env.CTRL_FREQ, env.PYB_FREQ, env.PYB_STEPS_PER_CTRL) == (48, 240, 5)
    assert (env.CTRL_TIMESTEP, env.PYB_TIMESTEP, env.G) == (1 / 48, 1 / 240, 9.8)
    assert env.MAX_SPEED_KMH == 30 and abs(env.MAX_XY_TORQUE - 8.356e-3) < 1e-6
    np.testing.assert_allclose(env.INIT_XYZS, [[0, 0, 0.1125], [0.1588, 0.1588, 0.1125]])
    np.testing.assert_array_equal(env.getDroneIds(), [1, 2])
    assert CtrlAviary(drone_model=DroneModel.RACE).M == 0.83


@pytest.mark.parametrize(
    ("act", "width"), [("rpm", 4), ("pid", 3), ("vel", 4), ("one_d_rpm", 1), ("one_d_pid", 1)]
)
def test_spaces_are_as_wide_as_there(act: str, width: int) -> None:
    env = MultiHoverAviary(num_drones=3, act=ActionType(act))
    assert env.action_space.shape == (3, width)
    assert env.observation_space.shape == (3, 12 + 15 * width)
    assert env.observation_space.dtype == env.action_space.dtype == np.float32
    observed, _ = env.reset(seed=0)
    assert observed.shape == (3, 12 + 15 * width)
    # Zeros of 64 bits are shown until actions of 32 bits have taken their places.
    assert observed.dtype == np.float64
    for _ in range(15):
        observed, *_ = env.step(np.zeros((3, width), np.float32))
    assert observed.dtype == np.float32


def test_gymnasium_knows_the_same_ids() -> None:
    made = gymnasium.make("multihover-aviary-v0", num_drones=3).unwrapped
    assert isinstance(made, MultiHoverAviary) and made.NUM_DRONES == 3
    for name in ("ctrl", "velocity", "hover"):
        gymnasium.make(f"{name}-aviary-v0").close()


@pytest.mark.filterwarnings("ignore:.*(infinity|unconventional shape).*:UserWarning")
def test_episodes_repeat_themselves() -> None:
    class Fresh(HoverAviary):
        def reset(self, seed: int | None = None, options: dict[str, Any] | None = None) -> Any:
            self.action_buffer.extend(np.zeros((1, 4), np.float32) for _ in range(15))
            return super().reset(seed=seed, options=options)

    check_env(Fresh(), skip_render_check=True)


class Low(BaseRLAviary):
    """A task of one's own: hover 0.5 m up, and be told of the height alone."""

    def __init__(self) -> None:
        super().__init__(ctrl_freq=30, act=ActionType.ONE_D_RPM)
        self.asked: list[str] = []

    def _observationSpace(self) -> spaces.Box:
        return spaces.Box(-np.inf, np.inf, (1,), np.float32)

    def _actionSpace(self) -> spaces.Box:
        return spaces.Box(-1, 1, (2,), np.float32)

    def _preprocessAction(self, action: Any) -> Any:
        self.asked.append("action")
        return np.full((1, 4), self.HOVER_RPM * (1 + 0.1 * action[0]))

    def _computeObs(self) -> Any:
        return np.float32([self._getDroneStateVector(0)[2]])

    def _computeReward(self) -> float:
        self.asked.append("reward")
        return -abs(float(self.pos[0, 2]) - 0.5)

    def _computeTerminated(self) -> bool:
        self.asked.append("terminated")
        return bool(self.pos[0, 2] > 0.2)

    def _computeTruncated(self) -> bool:
        self.asked.append("truncated")
        return self.step_counter >= 8 * 3

    def _computeInfo(self) -> dict[str, Any]:
        return {"height": float(self.pos[0, 2])}


def test_a_subclass_is_asked() -> None:
    env = Low()
    assert env.observation_space.shape == (1,) and env.action_space.shape == (2,)
    observed, info = env.reset()
    assert observed[0] == np.float32(info["height"]) == np.float32(0.1125)
    outcome = env.step(np.float32([0.5, 0]))
    assert env.asked == ["action", "reward", "terminated", "truncated"]
    assert outcome[1] == -abs(outcome[4]["height"] - 0.5) and outcome[4]["height"] > 0.1125
    ends = [env.step(np.float32([1, 0]))[2:4] for _ in range(20)]
    assert ends[2] == (ends[2][0], True) and ends[1][1] is False
    assert ends[-1][0] is True


def test_drones_start_where_the_script_says_at_each_reset() -> None:
    env = CtrlAviary(num_drones=2, physics=Physics.PYB_GND_DRAG_DW)
    places, angles = np.array([[0, 0, 1.0], [0.05, 0, 2]]), np.array([[0.1, 0.2, 0.3], [0, 0, 1.0]])
    fresh = CtrlAviary(
        num_drones=2, initial_xyzs=places, initial_rpys=angles, physics=Physics.PYB_GND_DRAG_DW
    )
    env.step(np.full((2, 4), 12_000.0))
    env.INIT_XYZS, env.INIT_RPYS = places, angles
    first, _ = env.reset()
    np.testing.assert_allclose(first[:, :3], places, atol=1e-15)
    np.testing.assert_allclose(first[:, 7:10], angles, atol=1e-15)
    for _ in range(50):
        speeds = np.full((2, 4), 14_000.0)
        np.testing.assert_array_equal(env.step(speeds)[0], fresh.step(speeds)[0])


def test_neighbours_are_those_within_the_radius() -> None:
    places = np.array([[0, 0, 1.0], [1, 0, 1], [3, 0, 1]])
    env = CtrlAviary(num_drones=3, initial_xyzs=places, neighbourhood_radius=1.5)
    np.testing.assert_array_equal(env._getAdjacencyMatrix(), [[1, 1, 0], [1, 1, 0], [0, 0, 1]])


def test_shares_of_the_highest_speed() -> None:
    env = CtrlAviary()
    speeds = env._normalizedActionToRPM([-1, -0.5, 0, 1])
    np.testing.assert_allclose(
        speeds, [0, env.HOVER_RPM / 2, env.HOVER_RPM, env.MAX_RPM], atol=1e-9
    )


def test_obstacles_are_in_the_way() -> None:
    pillar = [{"box": [0.2, 0.2, 0.4], "at": [0, 0, 0.2]}]
    env = CtrlAviary(initial_xyzs=[[0, 0, 0.6]], obstacles=pillar)
    for _ in range(240):
        env.step(np.zeros((1, 4)))
    assert 0.4 < env.pos[0, 2] < 0.43
    usual = CtrlAviary(initial_xyzs=[[-0.5, -2.5, 1.2]], obstacles=True)
    for _ in range(120):
        usual.step(np.zeros((1, 4)))
    assert 1 < usual.pos[0, 2] < 1.03


def test_what_is_elsewhere_says_where() -> None:
    with pytest.raises(ElsewhereError, match="gpd-vision-hover"):
        HoverAviary(obs=ObservationType.RGB)
    with pytest.raises(ElsewhereError, match="gpd-vision-hover"):
        BaseAviary(vision_attributes=True)
    with pytest.raises(ElsewhereError, match="Wind overrides _physics, .*AddingEffects"):
        type("Wind", (CtrlAviary,), {"_physics": lambda *_: None})
    with pytest.raises(ElsewhereError, match=r"Gates overrides _addObstacles, .*obstacles=\["):
        type("Gates", (HoverAviary,), {"_addObstacles": lambda *_: None})
    env = CtrlAviary()
    with pytest.raises(ElsewhereError, match="CtrlAviary._getDroneImages is not there: .*images"):
        env._getDroneImages(0)
    with pytest.raises(AttributeError, match="'CtrlAviary' object has no attribute 'poss'"):
        env.poss  # noqa: B018
    with pytest.raises(ElsewhereError, match="no PyBullet client: .*read|Read pos, quat"):
        [0][env.getPyBulletClient()]  # type: ignore[call-overload]
    for module, word in {
        "envs.BetaAviary": "CTBRControl",
        "envs.CFAviary": "crazyflie-mellinger",
        "control.MRAC": "BaseControl",
    }.items():
        with pytest.raises(ImportError, match=f"is not there: .*{word}"):
            importlib.import_module(f"swiftlet.gym_pybullet_drones.{module}")
    with pytest.raises(ImportError, match="CTBRControl"):
        from swiftlet.gym_pybullet_drones.envs import BetaAviary  # noqa: F401


def test_what_is_wrong_is_refused() -> None:
    with pytest.raises(swiftlet.ArgumentError, match="pyb_freq is 240; expected a multiple of ctrl_freq, 50"):
        CtrlAviary(ctrl_freq=50)
    with pytest.raises(swiftlet.ArgumentError, match=r"initial_xyzs has shape \(3,\); expected \(2, 3\)"):
        CtrlAviary(num_drones=2, initial_xyzs=np.zeros(3))
    for kind in (HoverAviary, VelocityAviary):
        with pytest.raises(swiftlet.ArgumentError, match="expected DroneModel.CF2X"):
            kind(drone_model=DroneModel.RACE, **({"act": ActionType.PID} if kind is HoverAviary else {}))
    env = CtrlAviary()
    with pytest.raises(swiftlet.ArgumentError, match="has nan in row 0"):
        env.step(np.full((1, 4), np.nan))
    np.testing.assert_array_equal(env.pos, env.INIT_XYZS)
    env.close()
    with pytest.raises(swiftlet.ClosedError):
        env.step(np.zeros((1, 4)))


def test_a_window_is_a_page(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    env = CtrlAviary(
        num_drones=2, gui=True, record=True, ctrl_freq=48, output_folder=str(tmp_path / "out")
    )
    env.reset()
    for _ in range(12):
        env.step(np.full((2, 4), 15_000.0))
    env.render()
    again = env._playback.flight()
    np.testing.assert_allclose(again.position[-1], env.pos, rtol=0, atol=1e-12)
    np.testing.assert_allclose(again.attitude[-1], env.quat, rtol=0, atol=1e-12)
    env.close()
    page = next((tmp_path / "out").glob("replay_*.html"))
    assert len(page.read_text()) > 10_000
    said = capsys.readouterr().out
    assert str(page) in said and "drone 1: position (+0.16, +0.16, +0.1" in said
    # A frame at the start of the flight, and then every tenth physics step.
    assert len(list((tmp_path / "out").glob("recording_*/frame_*.png"))) == 6


def test_scripts_wait_for_the_wall_clock() -> None:
    start = time.time()
    for i in range(4):
        sync(i, start, 0.05)
    assert 0.15 <= time.time() - start
    assert [str2bool(word) for word in ("Yes", "1", "f", True)] == [True, True, False, True]
    with pytest.raises(Exception, match="'maybe' is no truth value"):
        str2bool("maybe")


def test_neither_pybullet_nor_matplotlib_is_asked_for() -> None:
    program = (
        "import sys, swiftlet.gym_pybullet_drones.envs, swiftlet.gym_pybullet_drones.utils.Logger\n"
        "assert not {'pybullet', 'matplotlib', 'scipy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
