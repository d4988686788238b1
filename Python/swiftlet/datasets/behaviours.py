"""Who flies the episodes of a dataset: the expert, one who is half as good, and one who knows nothing."""

from __future__ import annotations

import os
import pathlib
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Union

import numpy as np
import numpy.typing as npt
from gymnasium import spaces

from .._library import catalogue
from ..errors import ArgumentError
from ..policy import Policy, train

Act = Callable[[Any], npt.ArrayLike]
"""From observations (environments, ...) to actions (environments, ...)."""

Behaviour = Union[str, "os.PathLike[str]", Act]
"""``"expert"``, ``"medium"``, ``"random"``, a policy's file or name, or a function."""


@dataclass(frozen=True)
class Actor:
    """One who acts, and what to say of it."""

    name: str
    act: Act
    description: str
    algorithm: str


def random(space: Any, seed: int) -> Actor:
    """One who draws actions evenly between their bounds.

    :param space: the actions of one environment
    """
    source = np.random.default_rng([seed, 0])

    def act(observations: Any) -> npt.ArrayLike:
        part = next(iter(observations.values())) if isinstance(observations, dict) else observations
        return source.uniform(space.low, space.high, (len(part), *space.shape))

    return Actor("random", act, "actions drawn evenly between their bounds", "random")


def expert(task: str, seen: Any, done: Any) -> Actor:
    """The policy of a task that comes with Swiftlet.

    :param seen: the observations of one environment
    :param done: its actions
    :raises ArgumentError: where there is none that fits
    """
    state: Any = seen["state"] if isinstance(seen, spaces.Dict) else seen
    counts = (state.shape[-1], done.shape[-1])
    policy = Policy.load(task) if task in catalogue("policies") else None
    if policy is None or (policy.observation_count, policy.action_count) != counts:
        raise ArgumentError(
            f"no policy of {task} that sees {counts[0]} numbers and gives {counts[1]} comes with Swiftlet; train one with "
            f"swiftlet.train({task!r}, folder), and give the folder as policy"
        )
    description = "the likeliest actions of the policy that comes with Swiftlet"
    return Actor("expert", policy, description, "PPO")


def medium(task: str, least: float, most: float, seed: int, settings: Mapping[str, Any]) -> Actor:
    """A policy of a training that was stopped half-way from the return of random actions to the expert's.

    :param least: the mean return of random actions
    :param most: that of the expert
    """
    target = (least + most) / 2
    with tempfile.TemporaryDirectory(prefix="swiftlet-") as scratch:
        folder = pathlib.Path(scratch, "run")
        train(task, folder, settings=settings, seed=seed, target=target, progress=False)
        policy = Policy.load(folder)
    description = f"a policy whose training was stopped when its mean return had reached {target:.1f}"
    return Actor("medium", policy, description, "PPO, stopped early")


def given(behaviour: Behaviour) -> Actor:
    """A policy of the caller's: a function, or what ``swiftlet.Policy.load`` reads."""
    if callable(behaviour):
        name = getattr(behaviour, "__name__", "custom").strip("<>")
        return Actor(name, behaviour, f"the function {name}", name)
    name = pathlib.Path(behaviour).stem
    return Actor(name, Policy.load(behaviour), f"the likeliest actions of the policy {name}", "PPO")
