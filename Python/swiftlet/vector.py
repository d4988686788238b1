"""Many environments of a task, stepped together, as a Gymnasium ``VectorEnv``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import gymnasium
import numpy as np
import numpy.typing as npt
from gymnasium.vector import AutoresetMode
from gymnasium.vector.utils import batch_space

from ._batch import Ending, Observation, Snapshot
from ._library import lib
from ._view import IMAGE_SIZE, check_render_mode
from .errors import ArgumentError, ClosedError
from .task import Task, make_batch

_RENDER_MODES = ["rgb_array"]
_MODES = {
    AutoresetMode.NEXT_STEP: lib.SWIFTLET_NEXT_STEP,
    AutoresetMode.SAME_STEP: lib.SWIFTLET_SAME_STEP,
    AutoresetMode.DISABLED: lib.SWIFTLET_AUTORESET_DISABLED,
}


class VectorEnv(
    gymnasium.vector.VectorEnv[Observation, npt.NDArray[np.float32], npt.NDArray[Any]]
):
    """Many environments of a task: ``gymnasium.make_vec("swiftlet/Hover-v0", num_envs=4096)``.

    Each has the bits that it would have alone; environment i of a seed s is that of the seed s + i.

    - Observations and actions as in ``Env``, with a first axis of environments.
    - Rewards are float64, terminations and truncations bool, all of shape (num_envs,).
    - ``infos`` is empty but where episodes end: then it has ``episode_return`` (float64),
      ``episode_length`` (int32) and ``ending`` (uint8, see ``Ending``), of shape (num_envs,), and the
      masks ``_episode_return`` and so on that say where. With ``AutoresetMode.SAME_STEP`` it also has
      ``final_obs`` and ``_final_obs``, and the facts as ``final_info``.
    - With ``AutoresetMode.DISABLED``, ``reset(options={"reset_mask": mask})`` begins episodes where a bool
      array of shape (num_envs,) says.

    :param task: the name of a task or of a file with one, or a task of your own (see ``Task``)
    :param num_envs: how many environments there are
    :param autoreset_mode: what happens after the end of an episode
    :param threads: how many threads step them; the numbers do not depend on it
    :param copy: whether observations are the caller's to keep; otherwise the next call overwrites them
    :param render_mode: ``"rgb_array"`` for images by ``render()``, one an environment
    :param settings: what is to be otherwise than the task has it, by the keys of task files
    :raises ArgumentError: for a task or setting that there is not, with the nearest word
    """

    def __init__(
        self,
        task: str | Task = "hover",
        num_envs: int = 1,
        *,
        autoreset_mode: AutoresetMode | str = AutoresetMode.NEXT_STEP,
        threads: int = 1,
        copy: bool = True,
        render_mode: str | None = None,
        **settings: Any,
    ) -> None:
        check_render_mode(render_mode, _RENDER_MODES)
        mode = _mode(autoreset_mode)
        self._made_of = (
            task,
            num_envs,
            {
                "autoreset_mode": mode,
                "threads": threads,
                "copy": copy,
                "render_mode": render_mode,
                **settings,
            },
        )
        self._batch = make_batch(
            task, num_envs, autoreset=_MODES[mode], threads=threads, settings=settings
        )
        batch = self._batch
        self.num_envs, self.autoreset_mode, self.copy = batch.count, mode, copy
        self.description, self.render_mode = batch.description, render_mode
        self.metadata = {
            "autoreset_mode": mode,
            "render_modes": _RENDER_MODES,
            "render_fps": round(1 / batch.description["stepPeriod"]),
        }
        self.single_action_space = batch.action_space
        self.single_observation_space = batch.observation_space
        self.action_space = batch_space(self.single_action_space, self.num_envs)
        self.observation_space = batch_space(self.single_observation_space, self.num_envs)
        self._is_seeded = False
        self._has_left = np.zeros(batch.lead, np.bool_)
        self._has_been_cut = np.zeros(self.num_envs, np.bool_)

    def reset(
        self,
        *,
        seed: int | Sequence[int] | None = None,
        options: dict[str, Any] | None = None,
    ) -> tuple[Observation, dict[str, Any]]:
        """Begins an episode in all environments, or in some.

        :param seed: s stands for s, s + 1, ...; a sequence has one an environment; without one, random
            numbers go on from where they are
        :param options: ``{"reset_mask": mask}`` to begin some alone
        """
        batch = self._batch
        self._check_is_open()
        mask = _mask(options, self.num_envs)
        if isinstance(seed, (int, np.integer)):
            self._np_random, self._np_random_seed = gymnasium.utils.seeding.np_random(int(seed))
            seeds: Sequence[int] | None = [int(seed) + i for i in range(self.num_envs)]
        elif seed is None and not self._is_seeded:
            seeds = self.np_random.integers(2**63, size=self.num_envs).tolist()
        else:
            seeds = seed
        batch.reset(seeds, mask)
        self._is_seeded = True
        begun = np.ones(self.num_envs, np.bool_) if mask is None else mask
        self._has_left[begun], self._has_been_cut[begun] = False, False
        return batch.observed(self.copy), {}

    def step(
        self, actions: npt.NDArray[np.float32]
    ) -> tuple[Observation, npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[Any], dict[str, Any]]:
        """Plays an action in every environment.

        :raises ArgumentError: where actions have another shape, or are no numbers
        :raises OrderError: before the first reset, and, with automatic resets disabled, where an episode
            has ended
        """
        batch = self._batch
        self._check_is_open()
        batch.take_actions(actions)
        batch.step()
        rewards, terminated, truncated = self._joined()
        over = terminated | truncated
        infos = self._facts(terminated, over) if over.any() else {}
        return batch.observed(self.copy), rewards, terminated, truncated, infos

    def _joined(self) -> tuple[npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[Any]]:
        """Rewards and endings by environment."""
        batch = self._batch
        if batch.agents == 1:
            rewards = batch.rewards.astype(np.float64)
            return rewards, batch.terminations.copy(), batch.truncations.copy()
        self._has_left |= batch.terminations | batch.truncations
        self._has_been_cut |= batch.truncations.any(axis=1)
        over = self._has_left.all(axis=1)
        truncated = over & self._has_been_cut
        self._has_left[over], self._has_been_cut[over] = False, False
        return batch.rewards.mean(axis=1, dtype=np.float64), over & ~truncated, truncated

    def _facts(
        self, terminated: npt.NDArray[np.bool_], over: npt.NDArray[np.bool_]
    ) -> dict[str, Any]:
        """What is told of the episodes that have ended."""
        batch = self._batch
        returns, lengths, endings = batch.returns.astype(np.float64), batch.lengths, batch.endings
        if batch.agents > 1:
            returns = returns.mean(axis=1, dtype=np.float64)
            lengths = lengths.max(axis=1)
            late = (endings == Ending.TIME_LIMIT).any(axis=1)
            endings = np.where(late, Ending.TIME_LIMIT, Ending.CUT_OFF).astype(np.uint8)
            endings[terminated] = Ending.TERMINATED
        facts: dict[str, Any] = {}
        for key, values in (
            ("episode_return", returns),
            ("episode_length", lengths),
            ("ending", endings),
        ):
            facts[key], facts[f"_{key}"] = np.where(over, values, values.dtype.type(0)), over
        if self.autoreset_mode != AutoresetMode.SAME_STEP:
            return facts
        return {
            **facts,
            "final_obs": batch.observed(final=True),
            "_final_obs": over,
            "final_info": facts,
            "_final_info": over,
        }

    def render(self) -> tuple[Any, ...] | None:
        """An image of each environment from outside, (480, 640, 3) bytes of red, green and blue."""
        if self.render_mode is None:
            return None
        self._check_is_open()
        return tuple(self._batch.render(index, *IMAGE_SIZE) for index in range(self.num_envs))

    def snapshot(self) -> Snapshot:
        """All that the future of the environments depends on."""
        self._check_is_open()
        return self._batch.snapshot()

    def restore(self, snapshot: Snapshot) -> None:
        """Goes back to a snapshot of these environments, or of others made alike."""
        self._check_is_open()
        self._batch.restore(snapshot)

    def close_extras(self, **kwargs: Any) -> None:
        """Lets go of what it holds."""
        self._batch.close()

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
        """Goes on where pickled environments were."""
        if state["snapshot"] is not None:
            # A snapshot is of environments that have begun.
            self._batch.reset([0] * self.num_envs)
            self._batch.restore(self._batch.read(state["snapshot"]))
        self._is_seeded, self.spec = state["is_seeded"], state["spec"]
        self._np_random, self._np_random_seed = state["random"]
        self._has_left, self._has_been_cut = state["left"], state["cut"]

    def _check_is_open(self) -> None:
        if not self._batch.close.alive:
            raise ClosedError("the environment is closed")


def _mode(mode: AutoresetMode | str) -> AutoresetMode:
    try:
        return AutoresetMode(mode)
    except ValueError:
        words = [mode.value for mode in AutoresetMode]
        raise ArgumentError(f"autoreset_mode is {mode!r}; expected one of {words}") from None


def _mask(options: dict[str, Any] | None, count: int) -> npt.NDArray[np.bool_] | None:
    """The environments that a reset begins; ``None`` for all."""
    mask = None if options is None else options.get("reset_mask")
    if mask is None:
        return None
    if not isinstance(mask, np.ndarray) or mask.dtype != np.bool_ or mask.shape != (count,):
        raise ArgumentError(f"reset_mask has to be a bool array of shape ({count},)")
    return cast("npt.NDArray[np.bool_]", mask)


def _revived(
    kind: type[VectorEnv],
    task: str | Task,
    count: int,
    settings: dict[str, Any],
    state: dict[str, Any],
) -> VectorEnv:
    envs = kind(task, count, **settings)
    envs._revive(state)
    return envs
