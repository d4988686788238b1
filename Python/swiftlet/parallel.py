"""Drones that act at once, each for itself, as a PettingZoo ``ParallelEnv``."""

from __future__ import annotations

from typing import Any

import gymnasium
import numpy as np
import numpy.typing as npt
from pettingzoo import ParallelEnv as PettingZooEnv

from ._batch import Ending, Observation, as_floats
from ._library import lib
from ._single import SingleEnvironment
from ._view import EpisodeView
from .errors import ArgumentError
from .task import Task, make_batch


class ParallelEnv(SingleEnvironment, PettingZooEnv[str, Observation, npt.NDArray[np.float32]]):  # type: ignore[misc]
    """The drones of one environment as agents ``agent_0``, ``agent_1`` and so on.

    An agent leaves when its episode ends; ``agents`` are those that are still there. Observations and
    actions are those of one drone: arrays of shape (n,) and (m,), or with a camera dicts of arrays.
    ``state()`` is what all drones observe, one after the other, for critics that see everything.

    :param task: the name of a task, or a task of your own (see ``Task``)
    :param render_mode: ``"rgb_array"`` for images by ``render()``, (480, 640, 3) bytes; ``"human"`` for a
        page that plays each episode, whose file is ``replay_page``
    :param settings: what is to be otherwise than the task has it, such as ``drones=8``
    :raises ArgumentError: for a task or setting that there is not, with the nearest word
    """

    def __init__(
        self, task: str | Task = "formation", *, render_mode: str | None = None, **settings: Any
    ) -> None:
        self.render_mode = render_mode
        self._batch = make_batch(
            task, 1, autoreset=lib.SWIFTLET_AUTORESET_DISABLED, threads=1, settings=settings
        )
        batch = self._batch
        self._view = EpisodeView(batch, render_mode)
        self.description = batch.description
        self.possible_agents = [f"agent_{index}" for index in range(batch.agents)]
        self.agents: list[str] = []
        self.metadata = {
            "name": f"swiftlet_{batch.task.replace('-', '_')}_v0",
            "render_modes": EpisodeView.modes,
            "render_fps": round(1 / batch.description["stepPeriod"]),
            "is_parallelizable": True,
        }
        # Each has spaces of its own, which draw random numbers of their own.
        def spaces_of(space: gymnasium.Space[Any]) -> dict[str, gymnasium.Space[Any]]:
            return {agent: _copied(space) for agent in self.possible_agents}

        self.observation_spaces = spaces_of(batch.agent_observation_space)
        self.action_spaces = spaces_of(batch.agent_action_space)
        state = batch.observation_space
        box = state["state"] if isinstance(state, gymnasium.spaces.Dict) else state
        assert isinstance(box, gymnasium.spaces.Box)
        self.state_space = gymnasium.spaces.Box(box.low.reshape(-1), box.high.reshape(-1))
        self._rows = {agent: index for index, agent in enumerate(self.possible_agents)}
        self._actions = batch.actions.reshape(batch.agents, batch.action_count)
        self._random: np.random.Generator | None = None

    def observation_space(self, agent: str) -> gymnasium.Space[Any]:
        """What an agent may observe."""
        return self.observation_spaces[agent]

    def action_space(self, agent: str) -> gymnasium.Space[Any]:
        """What an agent may do."""
        return self.action_spaces[agent]

    def reset(
        self, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[dict[str, Observation], dict[str, dict[str, Any]]]:
        """Begins an episode, from a seed or with the random numbers that come next."""
        self._check_is_open()
        if seed is None and self._random is None:
            seed = int(np.random.default_rng().integers(2**63))
        if seed is not None:
            self._random = np.random.default_rng(seed)
        self._view.begin()
        self._batch.reset(None if seed is None else [seed])
        self.agents = list(self.possible_agents)
        return self._observed(self.agents), {agent: {} for agent in self.agents}

    def step(
        self, actions: dict[str, npt.NDArray[np.float32]]
    ) -> tuple[
        dict[str, Observation],
        dict[str, float],
        dict[str, bool],
        dict[str, bool],
        dict[str, dict[str, Any]],
    ]:
        """Plays the actions of all agents that are there.

        :raises ArgumentError: where an action is missing, has another shape, or is no number
        :raises OrderError: before the first reset, and when all agents have left
        """
        self._check_is_open()
        self._take(actions)
        batch, agents = self._batch, self.agents
        batch.step()
        rewards, endings = batch.rewards.reshape(-1), batch.endings.reshape(-1)
        terminations, truncations = batch.terminations.reshape(-1), batch.truncations.reshape(-1)
        gone = terminations | truncations
        rows = self._rows
        result = (
            self._observed(agents),
            {agent: float(rewards[rows[agent]]) for agent in agents},
            {agent: bool(terminations[rows[agent]]) for agent in agents},
            {agent: bool(truncations[rows[agent]]) for agent in agents},
            {agent: self._facts(rows[agent]) if endings[rows[agent]] else {} for agent in agents},
        )
        self.agents = [agent for agent in agents if not gone[rows[agent]]]
        self._view.step(not self.agents)
        return result

    def _take(self, actions: dict[str, Any]) -> None:
        agents = self.agents
        if actions.keys() != set(agents):
            odd = sorted(set(agents) ^ set(actions))
            raise ArgumentError(
                f"there has to be an action for each agent that is there; look at {odd}"
            )
        for agent in agents:
            action = as_floats(actions[agent])
            if action.shape != (self._batch.action_count,):
                raise ArgumentError(
                    f"the action of {agent} has shape {action.shape}; "
                    f"expected {(self._batch.action_count,)}"
                )
            self._actions[self._rows[agent]] = action

    def _facts(self, row: int) -> dict[str, Any]:
        batch = self._batch
        return {
            "episode_return": float(batch.returns.reshape(-1)[row]),
            "episode_length": int(batch.lengths.reshape(-1)[row]),
            "ending": Ending(int(batch.endings.reshape(-1)[row])),
        }

    def _observed(self, agents: list[str]) -> dict[str, Observation]:
        observed, count = self._batch.observed(copy=False), self._batch.agents
        if not isinstance(observed, dict):
            rows = observed.reshape(count, -1)
            return {agent: rows[self._rows[agent]].copy() for agent in agents}
        space = self._batch.agent_observation_space
        assert isinstance(space, gymnasium.spaces.Dict)
        parts = {key: part.reshape(count, *(space[key].shape or ())) for key, part in observed.items()}
        return {
            agent: {key: part[self._rows[agent]].copy() for key, part in parts.items()}
            for agent in agents
        }

    def state(self) -> npt.NDArray[np.float32]:
        """What all drones observe, one after the other; zeros of those that have left."""
        self._check_is_open()
        observed = self._batch.observed(copy=False)
        state = observed["state"] if isinstance(observed, dict) else observed
        return np.array(state, np.float32).reshape(-1)




def _copied(space: gymnasium.Space[Any]) -> gymnasium.Space[Any]:
    if isinstance(space, gymnasium.spaces.Dict):
        return gymnasium.spaces.Dict({key: _copied(part) for key, part in space.spaces.items()})
    assert isinstance(space, gymnasium.spaces.Box)
    return gymnasium.spaces.Box(space.low, space.high, dtype=space.dtype.type)
