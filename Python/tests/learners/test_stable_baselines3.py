"""Stable-Baselines3, as it is released: its check of environments, and a short run of PPO."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest
import swiftlet
import swiftlet.sb3
import torch
from stable_baselines3 import PPO
from stable_baselines3.common.env_checker import check_env
from stable_baselines3.common.evaluation import evaluate_policy

MODEL = "cf2x"
"""What learns; the bounds on returns are for it."""


@pytest.mark.parametrize("task", sorted(swiftlet.tasks()))
@pytest.mark.filterwarnings("ignore:.*(image|flatten|unconventional shape|symmetric).*:UserWarning")
def test_environments_pass_its_check(task: str) -> None:
    env = swiftlet.make(task)
    check_env(env, skip_render_check=True)
    env.close()


class TimedVecEnv(swiftlet.sb3.VecEnv):
    """Knows how long its steps took."""

    seconds = 0.0

    def step_wait(self) -> Any:
        start = time.perf_counter()
        outcome = super().step_wait()
        self.seconds += time.perf_counter() - start
        return outcome


def test_ppo_learns_to_hover(capsys: pytest.CaptureFixture[str]) -> None:
    torch.set_num_threads(1)
    venv = TimedVecEnv("hover", num_envs=64, model=MODEL)
    model = PPO(
        "MlpPolicy", venv, n_steps=32, batch_size=512, learning_rate=1e-3, gamma=0.98, seed=1
    )
    before = mean_return(model)
    start = time.perf_counter()
    model.learn(300_000)
    seconds = time.perf_counter() - start
    after = mean_return(model)
    with capsys.disabled():
        print(
            f"\nPPO of Stable-Baselines3, hover: return {before:.0f} before, {after:.0f} after"
            f" {model.num_timesteps} steps in {seconds:.1f} s, of which {venv.seconds:.2f} s were environment"
        )
    # The reward is at most 2 a step, so that 480 are the most that an episode of 240 steps can give.
    assert before < 240
    assert after > 360


def mean_return(model: PPO) -> float:
    """Of 64 episodes that are the same whenever it is asked."""
    venv = swiftlet.sb3.VecEnv("hover", num_envs=64, model=MODEL)
    venv.seed(1000)
    mean, _ = evaluate_policy(model, venv, n_eval_episodes=64, warn=False)
    return float(np.asarray(mean))


def test_ends_of_episodes_are_told_as_it_wants_them() -> None:
    venv = swiftlet.sb3.VecEnv("hover", num_envs=8)
    venv.seed(3)
    venv.reset()
    ended = 0
    for _ in range(241):
        seen, _, done, infos = venv.step(np.zeros((8, 4), np.float32))
        for index in np.flatnonzero(done):
            ended += 1
            assert infos[index]["terminal_observation"].shape == seen[index].shape
            assert not np.array_equal(infos[index]["terminal_observation"], seen[index])
            assert infos[index]["episode"]["l"] <= 240
    assert ended >= 8
