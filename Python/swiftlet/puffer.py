"""Many environments of a task as a native environment of PufferLib.

::

    import pufferlib.vector

    import swiftlet.puffer

    envs = pufferlib.vector.make(
        swiftlet.puffer.PufferEnv, env_kwargs={"task": "formation", "num_envs": 64}
    )
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pufferlib

from ._library import lib
from .errors import ArgumentError, ClosedError
from .task import Task, make_batch


class PufferEnv(pufferlib.PufferEnv):  # type: ignore[misc]
    """Many environments of a task, each reset in the step in which its episode ends; each drone is an agent.

    The buffers are PufferLib's: rows are the drones of environment 0, then of 1, and so on. ``masks`` says
    which drones took part. Where episodes end, ``infos`` has one dict with the mean ``episode_return`` and
    ``episode_length`` of those that did.

    :param task: the name of a task, or a task of your own (see ``swiftlet.Task``)
    :param num_envs: how many environments there are
    :param buf: the buffers of PufferLib; its own by default
    :param seed: where random numbers start
    :param threads: how many threads step them
    :param settings: as of ``swiftlet.VectorEnv``
    :raises ArgumentError: for tasks with a camera, which PufferLib's native environments cannot have
    """

    def __init__(
        self,
        task: str | Task = "hover",
        num_envs: int = 1,
        *,
        buf: Any = None,
        seed: int = 0,
        threads: int = 1,
        **settings: Any,
    ) -> None:
        self._batch = batch = make_batch(
            task, num_envs, autoreset=lib.SWIFTLET_SAME_STEP, threads=threads, settings=settings
        )
        if batch.images:
            raise ArgumentError(f"{batch.task} has a camera; PufferLib takes one array alone")
        self.num_agents = batch.rows
        self.single_observation_space = batch.agent_observation_space
        self.single_action_space = batch.agent_action_space
        self._seed = seed
        super().__init__(buf)

    def reset(
        self, seed: int | None = None
    ) -> tuple[npt.NDArray[np.float32], list[dict[str, float]]]:
        """Begins an episode in all environments, from the seeds seed, seed + 1, ..."""
        self._check_is_open()
        first = self._seed if seed is None else seed
        self._batch.reset([first + index for index in range(self._batch.count)])
        self.observations[...] = self._rows(self._batch.observed(copy=False))
        return self.observations, []

    def step(self, actions: npt.NDArray[np.float32]) -> tuple[Any, ...]:
        """Plays an action of every drone.

        :raises ArgumentError: where actions have another shape, or are no numbers
        """
        self._check_is_open()
        batch = self._batch
        shape = self.actions.shape
        if actions.shape != shape:
            raise ArgumentError(f"actions have shape {actions.shape}; expected {shape}")
        batch.take_actions(actions.reshape(batch.actions.shape))
        batch.step()
        self.observations[...] = self._rows(batch.observed(copy=False))
        self.rewards[...] = batch.rewards.reshape(-1)
        self.terminals[...] = batch.terminations.reshape(-1)
        self.truncations[...] = batch.truncations.reshape(-1)
        self.masks[...] = batch.participations.reshape(-1)
        return self.observations, self.rewards, self.terminals, self.truncations, self._facts()

    def close(self) -> None:
        """Lets go of what it holds."""
        self._batch.close()

    def _facts(self) -> list[dict[str, float]]:
        batch = self._batch
        over = batch.terminations | batch.truncations
        if not over.any():
            return []
        return [
            {
                "episode_return": float(batch.returns[over].mean()),
                "episode_length": float(batch.lengths[over].mean()),
            }
        ]

    def _rows(self, observed: Any) -> Any:
        return observed.reshape(self._batch.rows, -1)

    def _check_is_open(self) -> None:
        if not self._batch.close.alive:
            raise ClosedError("the environment is closed")
