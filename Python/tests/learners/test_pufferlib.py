"""PufferLib takes the environments as native ones, in each of its ways to make many.

This is no part of 'make test-learners': building PufferLib 3 downloads libraries from elsewhere, and it asks for
an older Gymnasium. With its sources and what they import (gym, gymnasium, numpy, psutil) on the path:

    PYTHONPATH=…/pufferlib-3.0.0 python -m pytest tests/learners/test_pufferlib.py
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pufferlib.vector
import pytest
import swiftlet
import swiftlet.puffer


def play(envs: Any, rows: int, steps: int) -> list[bytes]:
    """What is seen under random actions, until every row has ended an episode."""
    seen, _ = envs.reset(seed=3)
    assert len(seen) == rows
    random, trace, ended = np.random.default_rng(0), [], 0
    for _ in range(steps):
        actions = random.uniform(-1, 1, envs.action_space.shape).astype(np.float32)
        seen, rewards, terminals, truncations, _ = envs.step(actions)[:5]
        assert rewards.shape == (rows,)
        ended += int((terminals | truncations).sum())
        trace.append(seen.tobytes())
    envs.close()
    assert ended >= rows
    return trace


def test_native_environments_are_those_of_make_vec() -> None:
    arguments = {"task": "hover", "num_envs": 8}
    envs = pufferlib.vector.make(swiftlet.puffer.PufferEnv, env_kwargs=arguments)
    trace = play(envs, 8, 241)
    same = swiftlet.make_vec("hover", 8, autoreset_mode="SameStep")
    same.reset(seed=3)
    random = np.random.default_rng(0)
    for seen in trace:
        actions = random.uniform(-1, 1, same.action_space.shape).astype(np.float32)
        assert same.step(actions)[0].tobytes() == seen


@pytest.mark.parametrize(
    ("backend", "workers"), [("Serial", {}), ("Multiprocessing", {"num_workers": 2})]
)
def test_its_own_ways_to_make_many(backend: str, workers: dict[str, int]) -> None:
    envs = pufferlib.vector.make(
        swiftlet.puffer.PufferEnv,
        env_kwargs={"task": "formation", "num_envs": 4, "drones": 3},
        num_envs=2,
        backend=backend,
        **workers,
    )
    play(envs, 2 * 4 * 3, 500)


def test_wrong_shapes_and_cameras_are_refused() -> None:
    envs = swiftlet.puffer.PufferEnv("hover", num_envs=2)
    envs.reset()
    with pytest.raises(swiftlet.ArgumentError, match=r"shape \(2,\); expected \(2, 4\)"):
        envs.step(np.zeros(2, np.float32))
    envs.close()
    with pytest.raises(swiftlet.ClosedError):
        envs.step(np.zeros((2, 4), np.float32))
    with pytest.raises(swiftlet.ArgumentError, match="vision-hover has a camera"):
        swiftlet.puffer.PufferEnv("vision-hover")
