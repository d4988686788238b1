"""Episodes, played many at once and kept one by one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .._batch import as_floats
from ..errors import ArgumentError
from ..vector import VectorEnv
from .behaviours import Act

AT_ONCE = 64
"""How many episodes are played at once, at most."""


@dataclass(frozen=True)
class Episode:
    """What was seen and done from a reset to an ending."""

    seed: int
    observations: Any
    """One more than actions: an array, or a dict of arrays where there is a camera."""
    actions: npt.NDArray[np.float32]
    rewards: npt.NDArray[np.float64]
    terminations: npt.NDArray[np.bool_]
    truncations: npt.NDArray[np.bool_]


class Player:
    """Plays episodes of a task: episode k of a seed is that of the seed + k, whoever plays it."""

    def __init__(self, task: str, settings: dict[str, Any]) -> None:
        self._task, self._settings = task, settings
        with closing(self._envs(1)) as envs:
            self.observation_space = envs.single_observation_space
            """What one environment shows."""
            self.action_space = envs.single_action_space
            """The actions of one environment."""

    def _envs(self, count: int) -> VectorEnv:
        return VectorEnv(self._task, count, autoreset_mode="SameStep", **self._settings)

    def play(self, act: Act, episodes: int, seed: int, noise: float = 0.0) -> Iterator[list[Episode]]:
        """Episodes by some at a time, in order.

        :param noise: the deviation of the noise on actions, as a share of half their range
        """
        if not 0 <= noise < np.inf:
            raise ArgumentError(f"noise is {noise}; expected a finite number of at least 0")
        for first in range(seed, seed + episodes, AT_ONCE):
            with closing(self._envs(min(AT_ONCE, seed + episodes - first))) as envs:
                yield self._played(envs, act, first, noise)

    def mean_return(self, act: Act, episodes: int, seed: int) -> float:
        """The mean of the sums of rewards."""
        played = self.play(act, episodes, seed)
        return float(np.mean([episode.rewards.sum() for some in played for episode in some]))

    def _played(self, envs: VectorEnv, act: Act, seed: int, noise: float) -> list[Episode]:
        count = envs.num_envs
        random = np.random.default_rng([seed, 1])
        space: Any = envs.action_space
        half = (space.high - space.low) / 2
        observations, _ = envs.reset(seed=seed)
        lengths = np.zeros(count, int)
        steps: list[tuple[Any, ...]] = []
        finals: list[Any] = [None] * count
        seen = [observations]
        while (lengths == 0).any():
            actions = as_floats(act(observations))
            if actions.shape != space.shape:
                raise ArgumentError(f"actions have shape {actions.shape}; expected {space.shape}")
            if noise:
                actions = actions + noise * half * random.standard_normal(space.shape)
            actions = np.clip(actions, space.low, space.high).astype(np.float32)
            observations, rewards, terminated, truncated, facts = envs.step(actions)
            steps.append((actions, rewards, terminated, truncated))
            seen.append(observations)
            for index in np.nonzero((terminated | truncated) & (lengths == 0))[0]:
                lengths[index] = len(steps)
                finals[index] = _row(facts["final_obs"], int(index))
        return [
            _episode(seed + index, index, lengths[index], seen, finals[index], steps)
            for index in range(count)
        ]


def _row(observations: Any, index: int) -> Any:
    if isinstance(observations, dict):
        return {key: part[index].copy() for key, part in observations.items()}
    return observations[index].copy()


def _episode(
    seed: int, index: int, length: int, seen: list[Any], final: Any, steps: list[tuple[Any, ...]]
) -> Episode:
    rows = [*(_row(observations, index) for observations in seen[:length]), final]
    parts = [np.stack([step[part][index] for step in steps[:length]]) for part in range(4)]
    stacked = (
        {key: np.stack([row[key] for row in rows]) for key in final}
        if isinstance(final, dict)
        else np.stack(rows)
    )
    return Episode(seed, stacked, *parts)
