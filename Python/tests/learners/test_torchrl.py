"""TorchRL takes the vector environment as it is, in both of the modes that it knows."""

from __future__ import annotations

import pytest
import swiftlet
import torch
from torchrl.envs import GymWrapper

STEPS = 300
"""More than an episode of hover has."""


@pytest.mark.parametrize("mode", ["SameStep", "Disabled"])
def test_a_rollout_goes_through_ends_of_episodes(mode: str) -> None:
    envs = swiftlet.make_vec("hover", num_envs=4, autoreset_mode=mode)
    env = GymWrapper(envs)
    assert env.batch_size == torch.Size([4])
    env.set_seed(0)
    rollout = env.rollout(STEPS, break_when_any_done=False)
    assert rollout.batch_size == torch.Size([4, STEPS])
    after = rollout["next"]
    assert after["done"].any(dim=1).all()
    assert rollout["observation"].isfinite().all()
    # What is seen next is what is seen then, but where an episode ends: there it is what was seen last.
    seen_next, seen_then = after["observation"][:, :-1], rollout["observation"][:, 1:]
    same = (seen_next == seen_then).all(dim=-1)
    assert torch.equal(same, ~after["done"][:, :-1, 0])
