"""Tasks of one's own: rewards, endings and further observations, from NumPy arrays of all drones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
from gymnasium import spaces

from ._batch import Batch, Observation
from ._library import check, ffi, lib, struct
from ._states import GOAL_WIDTHS, STATE_WIDTHS
from .errors import ArgumentError


class States:
    """How the drones of all environments move, and what they are to do.

    Arrays have a first axis of environments, and a second of drones where there are several; vectors have
    a last axis of components. They are views of memory that the next step overwrites, with the numbers of
    one component next to each other, so that ``states.position[..., 2]`` is read fast.
    """

    position: npt.NDArray[np.float64]
    """Where the drones are, (..., 3). [m]"""
    attitude: npt.NDArray[np.float64]
    """The rotations from body to world, quaternions x, y, z, w, (..., 4)."""
    velocity: npt.NDArray[np.float64]
    """The velocities in the world, (..., 3). [m/s]"""
    body_rates: npt.NDArray[np.float64]
    """The angular velocities along the body's axes, (..., 3). [rad/s]"""
    rotor_speeds: npt.NDArray[np.float64]
    """The speeds of the rotors, (..., 4). [rpm]"""
    goal_position: npt.NDArray[np.float64]
    """Where the drones should be, (..., 3). [m]"""
    goal_velocity: npt.NDArray[np.float64]
    """At which velocity they should be there, (..., 3). [m/s]"""
    goal_yaw: npt.NDArray[np.float64]
    """Which way they should look, (...). [rad]"""
    contacts: npt.NDArray[np.int32]
    """How many points touched something at once, at most, since the last action, (...)."""
    time: npt.NDArray[np.float64]
    """The time since the start of the episode, (...). [s]"""
    action: npt.NDArray[np.float32]
    """What was played, from -1 to 1, (..., m)."""
    reward: npt.NDArray[np.float32]
    """The reward of the task that this one is based on, (...)."""
    terminated: npt.NDArray[np.bool_]
    """Whether that task would end the episode by its rules, (...)."""
    truncated: npt.NDArray[np.bool_]
    """Whether that task would cut the episode off before its time, (...)."""

    def __init__(self, batch: Batch) -> None:
        self.buffers = struct("swiftlet_states")
        for name, width in (STATE_WIDTHS | GOAL_WIDTHS).items():
            components = np.zeros((width, *batch.lead))
            setattr(self.buffers, name, ffi.from_buffer("double[]", components))
            setattr(self, name, _frozen(np.moveaxis(components, 0, -1)))
        for name, dtype, kind in (
            ("goal_yaw", np.float64, "double[]"),
            ("time", np.float64, "double[]"),
            ("contacts", np.int32, "int32_t[]"),
        ):
            numbers = np.zeros(batch.lead, dtype)
            setattr(self.buffers, name, ffi.from_buffer(kind, numbers))
            setattr(self, name, _frozen(numbers))
        self.action = _frozen(batch.actions)
        self.reward = _frozen(batch.rewards)
        self.terminated = _frozen(batch.terminations)
        self.truncated = _frozen(batch.truncations)


class Task:
    """A task of one's own, made of one of the catalogue by saying what is otherwise.

    ::

        class Calm(swiftlet.Task):
            base = "hover"

            def reward(self, states):
                error = np.linalg.norm(states.position - states.goal_position, axis=-1)
                return 1 - error - 0.05 * np.abs(states.body_rates).sum(axis=-1)

        environment = swiftlet.make_vec(Calm(), num_envs=4096)

    Methods are asked about all drones at once, in arrays of shape (num_envs,), or (num_envs, drones) where
    several drones take part. What they do not say is as in ``base``; so is where drones start, and how long
    an episode lasts. Drones that have left, and environments that only begin an episode in a step, stand
    in the arrays too, but what is said of them does not count.
    """

    base: str = "hover"
    """The task of the catalogue that it is otherwise."""
    settings: ClassVar[Mapping[str, Any]] = {}
    """What is to be otherwise than that task has it, as the keyword arguments of ``make``."""
    extra_observations: int = 0
    """How many numbers ``observe`` gives for each drone, behind those of the base."""

    def reward(self, states: States) -> npt.ArrayLike:
        """What each drone gained by the step, finite numbers."""
        return states.reward

    def terminated(self, states: States) -> npt.ArrayLike:
        """Whether each drone's episode is over by the rules of the task: no reward could follow."""
        return states.terminated

    def truncated(self, states: States) -> npt.ArrayLike:
        """Whether each drone's episode is cut off from outside before its time."""
        return states.truncated

    def observe(self, states: States) -> npt.ArrayLike:
        """Further numbers that each drone observes, (..., extra_observations), finite."""
        raise NotImplementedError("a task with extra_observations says in 'observe' what they are")

    def begin(self, states: States, began: npt.NDArray[np.bool_]) -> None:
        """Is told that episodes have begun, where ``began`` of shape (num_envs,) says: the place to
        forget what is remembered of the ones before."""


class JudgedBatch(Batch):
    """A batch of environments whose rewards and endings a task of one's own says."""

    def __init__(
        self, task: Task, count: int, *, autoreset: int, threads: int, settings: Mapping[str, Any]
    ) -> None:
        super().__init__(
            task.base,
            count,
            autoreset=autoreset,
            threads=threads,
            settings={**task.settings, **settings},
        )
        self._judge = task
        self._states = States(self)
        extra = task.extra_observations
        # The states after episodes have begun matter to those who look then.
        looks = extra > 0 or type(task).begin is not Task.begin
        self._states_after = self._states.buffers if looks else ffi.NULL
        if extra:
            wide = (*self.lead, self.observation_count + extra)
            self._wide, self._final_wide = (np.zeros(wide, np.float32) for _ in range(2))
            self.observation_space = _widened(self.observation_space, extra)
            self.agent_observation_space = _widened(self.agent_observation_space, extra)

    def reset(self, seeds: Any = None, mask: npt.NDArray[np.bool_] | None = None) -> None:
        super().reset(seeds, mask)
        check(lib.swiftlet_environments_read_states(self.handle, self._states.buffers))
        began = np.ones(self.count, np.bool_) if mask is None else mask
        self._judge.begin(self._states, began)
        if self._judge.extra_observations:
            self._widen(self._wide, self.observations)

    def step(self) -> None:
        check(
            lib.swiftlet_environments_step_begin(self.handle, self.buffers, self._states.buffers)
        )
        try:
            self._say()
        finally:
            # A step that has begun is ended, by the rules of the base if need be.
            check(lib.swiftlet_environments_step_end(self.handle, self._states_after))
        absent = ~self.participations
        self.rewards[absent] = 0
        self.terminations[absent] = False
        self.truncations[absent] = False
        if self._states_after == ffi.NULL:
            return
        began = self._states.time.reshape(self.count, -1)[:, 0] == 0
        if began.any():
            self._judge.begin(self._states, began)
        if self._judge.extra_observations:
            self._widen(self._wide, self.observations)

    def _say(self) -> None:
        """Puts what the task says in the place of what its base says."""
        task, states = self._judge, self._states
        rewards = self._numbers("reward", task.reward(states), self.lead)
        terminated = self._truths("terminated", task.terminated(states))
        truncated = self._truths("truncated", task.truncated(states))
        if task.extra_observations and self.autoreset == lib.SWIFTLET_SAME_STEP:
            self._final_extra = self._extra()
        self.rewards[...] = rewards
        self.terminations[...] = terminated
        self.truncations[...] = truncated & ~terminated

    def _extra(self) -> npt.NDArray[np.float32]:
        task = self._judge
        shape = (*self.lead, task.extra_observations)
        return self._numbers("observe", task.observe(self._states), shape).astype(np.float32)

    def _widen(self, wide: npt.NDArray[np.float32], narrow: npt.NDArray[np.float32]) -> None:
        wide[..., : self.observation_count] = narrow
        wide[..., self.observation_count :] = self._extra()

    def observed(self, copy: bool = True, final: bool = False) -> Observation:
        if not self._judge.extra_observations:
            return super().observed(copy, final)
        state, images = self._wide, self.images
        if final:
            state, images = self._final_wide, self.final_images
            state[..., : self.observation_count] = self.final_observations
            state[..., self.observation_count :] = self._final_extra
        state = state.copy() if copy else state
        if not images:
            return state
        return {"state": state, **{k: v.copy() if copy else v for k, v in images.items()}}

    def _numbers(self, method: str, value: Any, shape: tuple[int, ...]) -> npt.NDArray[Any]:
        array = self._array(method, value, shape, kinds="fiu", expected="numbers")
        if not np.isfinite(array).all():
            place = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
            raise ArgumentError(f"{method} gives {array[place]} at {list(place)}; expected finite numbers")
        return array

    def _truths(self, method: str, value: Any) -> npt.NDArray[np.bool_]:
        return self._array(method, value, self.lead, kinds="b", expected="bool")

    def _array(
        self, method: str, value: Any, shape: tuple[int, ...], kinds: str, expected: str
    ) -> npt.NDArray[Any]:
        array = np.asarray(value)
        if array.shape != shape or array.dtype.kind not in kinds:
            raise ArgumentError(
                f"{method} gives {array.dtype} of shape {array.shape}; "
                f"expected {expected} of shape {shape}"
            )
        return array


def make_batch(
    task: str | Task, count: int, *, autoreset: int, threads: int, settings: Mapping[str, Any]
) -> Batch:
    """A batch of environments of a task of the catalogue, or of one's own."""
    if isinstance(task, Task):
        return JudgedBatch(task, count, autoreset=autoreset, threads=threads, settings=settings)
    return Batch(task, count, autoreset=autoreset, threads=threads, settings=settings)


def _frozen(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """A view that cannot be written."""
    view = array.view()
    view.flags.writeable = False
    return view


def _widened(space: spaces.Space[Any], extra: int) -> spaces.Space[Any]:
    """A space with room for further numbers without bounds."""
    if isinstance(space, spaces.Dict):
        return spaces.Dict({**space.spaces, "state": _widened(space["state"], extra)})
    assert isinstance(space, spaces.Box)
    more = np.full((*space.shape[:-1], extra), np.inf, np.float32)
    return spaces.Box(
        np.concatenate([space.low, -more], axis=-1), np.concatenate([space.high, more], axis=-1)
    )
