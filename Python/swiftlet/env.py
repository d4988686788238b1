"""One environment of a task, as a Gymnasium ``Env``."""

from __future__ import annotations

from typing import Any, cast

import gymnasium
import numpy as np
import numpy.typing as npt

from ._batch import Ending, Observation, as_floats
from ._library import ffi, lib
from ._library import check as check_status
from ._single import SingleEnvironment
from ._view import EpisodeView
from .errors import ArgumentError
from .task import Task, make_batch


class Env(SingleEnvironment, gymnasium.Env[Observation, npt.NDArray[np.float32]]):
    """One environment of a task: ``gymnasium.make("swiftlet/Hover-v0")``.

    - Observations: float32 within ``observation_space``, of shape (n,), or (drones, n) where several
      drones take part; with a camera a dict of these as ``state``, and an image under the name of each
      kind. They are the caller's to keep.
    - Actions: from -1 to 1, of shape (m,) or (drones, m); beyond the bound they are brought to it.
    - The reward is that of the drone, or the mean over all drones; a drone that has left counts 0.
    - Where several drones take part, the episode is over when it is for all of them: terminated where
      each was, and truncated otherwise.
    - ``info`` is empty but in the last step, where it has ``episode_return``, ``episode_length`` and
      ``ending`` (see ``Ending``).

    What ``description`` holds says what the numbers of an observation mean.

    :param task: the name of a task (``swiftlet.tasks()`` has them all) or of a file with one, or a task of
        your own (see ``Task``)
    :param render_mode: ``"rgb_array"`` for images by ``render()``, (480, 640, 3) bytes; ``"human"`` for a
        page that plays each episode, whose file is ``replay_page``
    :param settings: what is to be otherwise than the task has it, by the keys of task files
    :raises ArgumentError: for a task or setting that there is not, with the nearest word
    """

    metadata: dict[str, Any] = {"render_modes": EpisodeView.modes, "render_fps": 30}

    def __init__(
        self, task: str | Task = "hover", *, render_mode: str | None = None, **settings: Any
    ) -> None:
        self.render_mode = render_mode
        self._made_of = (task, {"render_mode": render_mode, **settings})
        self._batch = make_batch(
            task, 1, autoreset=lib.SWIFTLET_AUTORESET_DISABLED, threads=1, settings=settings
        )
        batch = self._batch
        self._view = EpisodeView(batch, render_mode)
        self.description = batch.description
        self.observation_space = batch.observation_space
        self.action_space = cast("gymnasium.Space[npt.NDArray[np.float32]]", batch.action_space)
        self.metadata = {
            "render_modes": EpisodeView.modes,
            "render_fps": round(1 / batch.description["stepPeriod"]),
        }
        self._is_seeded = False
        self._has_left = np.zeros(batch.agents, np.bool_)
        self._has_been_cut = False
        # What every step needs, looked up once.
        self._observation, self._action = batch.observations[0], batch.actions[0]
        self._shape = self._action.shape
        self._rewards = ffi.from_buffer("float[]", batch.rewards)
        self._terminations = ffi.from_buffer("bool[]", batch.terminations)
        self._truncations = ffi.from_buffer("bool[]", batch.truncations)
        is_one = batch.agents == 1 and not batch.images
        self._is_plain = is_one and render_mode is None and not isinstance(task, Task)

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Observation, dict[str, Any]]:
        """Begins an episode, from a seed or with the random numbers that come next."""
        super().reset(seed=seed)
        if seed is None and not self._is_seeded:
            seed = int(self.np_random.integers(2**63))
        self._is_seeded = True
        self._check_is_open()
        self._view.begin()
        self._batch.reset(None if seed is None else [seed])
        self._has_left = np.zeros(self._batch.agents, np.bool_)
        self._has_been_cut = False
        return self._observed(), {}

    def step(
        self, action: npt.NDArray[np.float32]
    ) -> tuple[Observation, float, bool, bool, dict[str, Any]]:
        """Plays an action.

        :raises ArgumentError: where the action has another shape, or is no number
        :raises OrderError: before the first reset, and after an episode has ended
        """
        if type(action) is not np.ndarray or action.dtype != np.float32:
            action = as_floats(action)
        if action.shape != self._shape:
            raise ArgumentError(f"the action has shape {action.shape}; expected {self._shape}")
        self._action[...] = action
        if not self._is_plain:
            self._check_is_open()
            self._batch.step()
            return self._joined()
        status = lib.swiftlet_environments_step(self._batch.handle, self._batch.buffers)
        if status:
            self._check_is_open()
            check_status(status)
        terminated, truncated = self._terminations[0], self._truncations[0]
        info = self._facts(terminated) if terminated or truncated else {}
        return self._observation.copy(), self._rewards[0], terminated, truncated, info

    def _joined(self) -> tuple[Observation, float, bool, bool, dict[str, Any]]:
        """What came of a step of several drones, or with a camera."""
        batch = self._batch
        terminated, truncated = batch.terminations.reshape(-1), batch.truncations.reshape(-1)
        self._has_left |= terminated | truncated
        self._has_been_cut |= bool(truncated.any())
        is_over = bool(self._has_left.all())
        is_terminated = is_over and not self._has_been_cut
        self._view.step(is_over)
        return (
            self._observed(),
            float(batch.rewards.mean(dtype=np.float64)),
            is_terminated,
            is_over and self._has_been_cut,
            self._facts(is_terminated) if is_over else {},
        )

    def _observed(self) -> Observation:
        observed = self._batch.observed(copy=False)
        if isinstance(observed, dict):
            return {key: part[0].copy() for key, part in observed.items()}
        return observed[0].copy()

    def _facts(self, terminated: bool) -> dict[str, Any]:
        """What is told of an episode that has ended."""
        batch = self._batch
        ending = Ending.TERMINATED
        if not terminated:
            late = (batch.endings == Ending.TIME_LIMIT).any()
            ending = Ending.TIME_LIMIT if late else Ending.CUT_OFF
        return {
            "episode_return": float(batch.returns.mean(dtype=np.float64)),
            "episode_length": int(batch.lengths.max()),
            "ending": ending,
        }

    def __reduce__(self) -> tuple[Any, ...]:
        self._check_is_open()
        state = {
            "snapshot": self._batch.snapshot().text() if self._is_seeded else None,
            "is_seeded": self._is_seeded,
            "random": (self._np_random, self._np_random_seed),
            "left": self._has_left,
            "cut": self._has_been_cut,
            "spec": self.spec,
        }
        return _revived, (type(self), *self._made_of, state)

    def _revive(self, state: dict[str, Any]) -> None:
        """Goes on where a pickled environment was."""
        if state["snapshot"] is not None:
            # A snapshot is of an environment that has begun.
            self._batch.reset([0])
            self._batch.restore(self._batch.read(state["snapshot"]))
        self._is_seeded, self.spec = state["is_seeded"], state["spec"]
        self._np_random, self._np_random_seed = state["random"]
        self._has_left, self._has_been_cut = state["left"], state["cut"]


def _revived(
    kind: type[Env], task: str | Task, settings: dict[str, Any], state: dict[str, Any]
) -> Env:
    env = kind(task, **settings)
    env._revive(state)
    return env
