"""Many environments of a task as a ``VecEnv`` of Stable-Baselines3.

::

    from stable_baselines3 import PPO

    import swiftlet.sb3

    PPO("MlpPolicy", swiftlet.sb3.VecEnv("hover", num_envs=256)).learn(1_000_000)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from gymnasium.vector import AutoresetMode
from stable_baselines3.common.vec_env import VecEnv as StableVecEnv
from stable_baselines3.common.vec_env.base_vec_env import VecEnvIndices

from .errors import ArgumentError
from .task import Task
from .vector import VectorEnv


class VecEnv(StableVecEnv):  # type: ignore[misc]
    """Many environments of a task, stepped together, each reset in the step in which its episode ends.

    ``infos`` have ``terminal_observation`` and ``TimeLimit.truncated`` where episodes end, as
    Stable-Baselines3 wants them, and ``episode`` with the return ``r`` and length ``l``, so that no
    ``VecMonitor`` is needed.

    :param task: the name of a task, or a task of your own (see ``swiftlet.Task``)
    :param num_envs: how many environments there are
    :param settings: as of ``swiftlet.VectorEnv``
    """

    def __init__(self, task: str | Task = "hover", num_envs: int = 1, **settings: Any) -> None:
        self.envs = VectorEnv(
            task, num_envs, autoreset_mode=AutoresetMode.SAME_STEP, **settings
        )
        self._next_seeds: list[int] | None = None
        self._actions: npt.NDArray[np.float32] | None = None
        self._random = np.random.default_rng()
        super().__init__(
            self.envs.num_envs, self.envs.single_observation_space, self.envs.single_action_space
        )

    def reset(self) -> Any:
        """Begins an episode in all environments, from the seeds that ``seed`` has set."""
        seen, _ = self.envs.reset(seed=self._next_seeds)
        self._next_seeds = None
        self.reset_infos: list[dict[str, Any]] = [{} for _ in range(self.num_envs)]
        return seen

    def seed(self, seed: int | None = None) -> Sequence[int | None]:
        """Sets the seeds of the next reset: seed, seed + 1 and so on."""
        first = int(self._random.integers(2**32)) if seed is None else seed
        self._next_seeds = [first + index for index in range(self.num_envs)]
        return self._next_seeds

    def step_async(self, actions: npt.NDArray[Any]) -> None:
        """Keeps the actions for ``step_wait``."""
        self._actions = actions

    def step_wait(self) -> tuple[Any, npt.NDArray[np.float32], npt.NDArray[np.bool_], list[Any]]:
        """Plays the actions that ``step_async`` was given."""
        assert self._actions is not None
        seen, rewards, terminated, truncated, facts = self.envs.step(self._actions)
        infos: list[dict[str, Any]] = [{} for _ in range(self.num_envs)]
        done = terminated | truncated
        for index in np.flatnonzero(done).tolist():
            infos[index] = {
                "terminal_observation": _row(facts["final_obs"], index),
                "TimeLimit.truncated": bool(truncated[index]),
                "episode": {
                    "r": float(facts["episode_return"][index]),
                    "l": int(facts["episode_length"][index]),
                },
            }
        return seen, rewards.astype(np.float32), done, infos

    def close(self) -> None:
        """Lets go of what it holds."""
        self.envs.close()

    def get_images(self) -> Sequence[Any]:
        """An image of each environment from outside, where ``render_mode`` is ``"rgb_array"``."""
        return self.envs.render() or [None] * self.num_envs

    def get_attr(self, attr_name: str, indices: VecEnvIndices = None) -> list[Any]:
        """An attribute, which all environments have in common, once for each that is asked."""
        return [getattr(self.envs, attr_name) for _ in self._get_indices(indices)]

    def set_attr(self, attr_name: str, value: Any, indices: VecEnvIndices = None) -> None:
        """Is refused: environments of a batch have nothing of their own to set."""
        raise ArgumentError(f"environments of a batch are alike: {attr_name} cannot be set")

    def env_method(
        self, method_name: str, *arguments: Any, indices: VecEnvIndices = None, **keywords: Any
    ) -> list[Any]:
        """What a method of the batch gives, once for each environment that is asked."""
        result = getattr(self.envs, method_name)(*arguments, **keywords)
        return [result for _ in self._get_indices(indices)]

    def env_is_wrapped(self, wrapper_class: Any, indices: VecEnvIndices = None) -> list[bool]:
        """Whether a monitor or another wrapper is within: none ever is."""
        return [False for _ in self._get_indices(indices)]


def _row(observations: Any, index: int) -> Any:
    if isinstance(observations, dict):
        return {key: part[index] for key, part in observations.items()}
    return observations[index]
