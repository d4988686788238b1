"""RLlib, its new stack: PPO over the vector environment as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import ray
import swiftlet  # noqa: F401, since it registers the environments
from ray.rllib.algorithms.ppo import PPOConfig


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Any:
    ray.init(num_cpus=1, include_dashboard=False, log_to_driver=False)
    yield
    ray.shutdown()


def test_a_few_iterations_of_ppo() -> None:
    config = (
        PPOConfig()
        .environment("swiftlet/Hover-v0")
        .env_runners(
            num_env_runners=0,
            num_envs_per_env_runner=8,
            gym_env_vectorize_mode="vector_entry_point",
        )
        .training(train_batch_size_per_learner=2048, minibatch_size=256, num_epochs=2)
        .learners(num_learners=0)
        .debugging(seed=1)
    )
    algorithm = config.build_algo()
    try:
        results = [algorithm.train() for _ in range(2)]
    finally:
        algorithm.stop()
    runners = results[-1]["env_runners"]
    assert runners["num_env_steps_sampled_lifetime"] >= 2 * 2048
    assert 0 < runners["episode_len_mean"] <= 240
    assert 0 < runners["episode_return_mean"] < 480


def test_the_page_of_ray_runs(run_page: Callable[[str], None]) -> None:
    run_page("Ray.md")
