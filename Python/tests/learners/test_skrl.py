"""skrl takes the vector environment as it is."""

from __future__ import annotations

import swiftlet
import torch
from skrl.envs.wrappers.torch import wrap_env


def test_steps_through_its_wrapper() -> None:
    envs = swiftlet.make_vec("hover", num_envs=8, autoreset_mode="SameStep")
    env = wrap_env(envs)
    assert env.num_envs == 8
    seen, _ = env.reset()
    assert seen.shape == (8, *envs.single_observation_space.shape)
    ended = 0
    for _ in range(241):
        action = torch.zeros(8, *envs.single_action_space.shape)
        seen, reward, terminated, truncated, _ = env.step(action)
        assert seen.isfinite().all()
        assert reward.shape == terminated.shape == truncated.shape == (8, 1)
        ended += int((terminated | truncated).sum())
    assert ended >= 8
    env.close()
