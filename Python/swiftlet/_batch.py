"""A batch of environments: the handle, its buffers as NumPy arrays, and the spaces.

Everything that Gymnasium, PettingZoo and Stable-Baselines3 are given is a thin view of this.
"""

from __future__ import annotations

import enum
import json
import os
import weakref
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from gymnasium import spaces

from ._library import check, ffi, lib, struct, text
from .errors import ArgumentError

Observation = Any
"""An array, or a dict of arrays where there are cameras."""


class Ending(enum.IntEnum):
    """How an episode ended."""

    RUNNING = 0
    """It goes on."""
    TERMINATED = 1
    """By the rules of the task: no reward could follow."""
    TIME_LIMIT = 2
    """Its time was up."""
    CUT_OFF = 3
    """It was cut off from outside for another reason, such as leaving the arena."""


class Batch:
    """``count`` environments of a task, stepped together.

    Arrays have a first axis of environments, and a second of drones where there are several. They are
    written in place by ``reset`` and ``step``.
    """

    def __init__(
        self, task: str, count: int, *, autoreset: int, threads: int, settings: Mapping[str, Any]
    ) -> None:
        self.count, self.autoreset = whole("num_envs", count), autoreset
        self.handle = _create(task, self.count, autoreset, whole("threads", threads), settings)
        self.close = weakref.finalize(self, lib.swiftlet_close, self.handle)
        layout = struct("swiftlet_layout")
        check(lib.swiftlet_environments_layout(self.handle, layout))
        self.agents = int(layout.agent_count)
        self.rows = self.count * self.agents
        self.observation_count = int(layout.observation_count)
        self.action_count = int(layout.action_count)
        self.description: dict[str, Any] = json.loads(
            text(lib.swiftlet_environments_description, self.handle)
        )
        self.description["settings"] = json.loads(self.description["settings"])
        self.task: str = self.description["task"]
        drones = () if self.agents == 1 else (self.agents,)
        self.lead = (self.count, *drones)
        self._make_arrays()
        self._make_spaces(drones)

    def _make_arrays(self) -> None:
        lead, seen = self.lead, (*self.lead, self.observation_count)
        self.actions = np.zeros((*lead, self.action_count), np.float32)
        self.observations = np.zeros(seen, np.float32)
        self.final_observations = np.zeros(seen, np.float32)
        self.rewards = np.zeros(lead, np.float32)
        self.terminations = np.zeros(lead, np.bool_)
        self.truncations = np.zeros(lead, np.bool_)
        self.participations = np.zeros(lead, np.bool_)
        self.returns = np.zeros(lead, np.float32)
        self.lengths = np.zeros(lead, np.int32)
        self.endings = np.zeros(lead, np.uint8)
        self.images = self._make_images()
        self.final_images = self._make_images()
        self.buffers = struct("swiftlet_step_buffers")
        for name, kind, array in (
            ("actions", "float[]", self.actions),
            ("observations", "float[]", self.observations),
            ("final_observations", "float[]", self.final_observations),
            ("rewards", "float[]", self.rewards),
            ("terminations", "bool[]", self.terminations),
            ("truncations", "bool[]", self.truncations),
            ("participations", "bool[]", self.participations),
            ("episode_returns", "float[]", self.returns),
            ("episode_lengths", "int32_t[]", self.lengths),
            ("episode_endings", "uint8_t[]", self.endings),
        ):
            setattr(self.buffers, name, ffi.from_buffer(kind, array))
        # The structs hold addresses alone, so what they point to is held here.
        self._pointers = [
            ffi.new("void *[]", [ffi.from_buffer(image) for image in images.values()])
            for images in (self.images, self.final_images)
        ]
        if self.images:
            self.buffers.images, self.buffers.final_images = self._pointers

    def _make_images(self) -> dict[str, npt.NDArray[Any]]:
        return {
            image["name"]: np.zeros((*self.lead, *image["shape"]), image["dtype"])
            for image in self.description["images"]
        }

    def _make_spaces(self, drones: tuple[int, ...]) -> None:
        bounds = [np.zeros(self.observation_count, np.float32) for _ in range(2)]
        bounds += [np.zeros(self.action_count, np.float32) for _ in range(2)]
        pointers = [ffi.from_buffer("float[]", bound) for bound in bounds]
        check(lib.swiftlet_environments_bounds(self.handle, *pointers))
        low, high, action_low, action_high = bounds

        def box(low: npt.NDArray[np.float32], high: npt.NDArray[np.float32]) -> spaces.Box:
            shape = (*drones, low.size)
            return spaces.Box(
                np.broadcast_to(low, shape).copy(), np.broadcast_to(high, shape).copy()
            )

        def whole(drones: tuple[int, ...], box: spaces.Box) -> spaces.Space[Any]:
            if not self.images:
                return box
            parts: dict[str, spaces.Space[Any]] = {"state": box}
            for image in self.description["images"]:
                dtype = np.dtype(image["dtype"])
                parts[image["name"]] = spaces.Box(
                    0, dtype.type(image["high"]), (*drones, *image["shape"]), dtype.type
                )
            return spaces.Dict(parts)

        self.action_space = box(action_low, action_high)
        self.observation_space = whole(drones, box(low, high))
        self.agent_action_space = spaces.Box(action_low, action_high)
        self.agent_observation_space = whole((), spaces.Box(low, high))

    def observed(self, copy: bool = True, final: bool = False) -> Observation:
        """What all agents see now, or saw last before an episode began in the same step."""
        state = self.final_observations if final else self.observations
        images = self.final_images if final else self.images
        if not images:
            return state.copy() if copy else state
        parts = {"state": state, **images}
        return {key: part.copy() for key, part in parts.items()} if copy else parts

    def take_actions(self, actions: Any) -> None:
        """Copies actions into the buffer.

        Raises ``ArgumentError`` where they are no numbers or have another shape.
        """
        numbers = as_floats(actions)
        if numbers.shape != self.actions.shape:
            raise ArgumentError(
                f"actions have shape {numbers.shape}; expected {self.actions.shape}"
            )
        np.copyto(self.actions, numbers)

    def reset(self, seeds: Any = None, mask: npt.NDArray[np.bool_] | None = None) -> None:
        """Begins an episode in all environments, or where a mask of shape (count,) says.

        Seeds are whole numbers from 0 to 2⁶⁴ − 1, one an environment.
        """
        seeded = ffi.NULL if seeds is None else ffi.new("uint64_t[]", _seeds(seeds, self.count))
        masked = ffi.NULL if mask is None else ffi.from_buffer("bool[]", np.ascontiguousarray(mask))
        check(lib.swiftlet_environments_reset(self.handle, seeded, masked, self.buffers))

    def step(self) -> None:
        """Plays the actions that stand in the buffer."""
        check(lib.swiftlet_environments_step(self.handle, self.buffers))

    def render(self, environment: int, width: int, height: int) -> npt.NDArray[np.uint8]:
        """An image of an environment from outside: red, green and blue, (height, width, 3)."""
        image = np.zeros((height, width, 3), np.uint8)
        pixels = ffi.from_buffer("uint8_t[]", image)
        check(lib.swiftlet_environments_render(self.handle, environment, width, height, pixels))
        return image

    def snapshot(self) -> Snapshot:
        """All that the future of the environments depends on."""
        handle = ffi.new("swiftlet_handle *")
        check(lib.swiftlet_environments_snapshot(self.handle, handle))
        return Snapshot(handle[0])

    def restore(self, snapshot: Snapshot) -> None:
        """Goes back to a snapshot of these environments, or of others made alike."""
        check(lib.swiftlet_environments_restore(self.handle, snapshot.handle))

    def read(self, words: str) -> Snapshot:
        """The snapshot of environments made like these that a text is."""
        handle = ffi.new("swiftlet_handle *")
        check(lib.swiftlet_environments_snapshot_decode(self.handle, words.encode(), handle))
        return Snapshot(handle[0])

    def record(self, environment: int) -> None:
        """Records the episodes of an environment from its next reset on."""
        check(lib.swiftlet_environments_record(self.handle, environment))

    def write_episode(self, folder: str | os.PathLike[str]) -> None:
        """Writes the episode that is recorded into a new folder, with graphs and a page that plays it."""
        check(
            lib.swiftlet_environments_write_episode(self.handle, os.fsencode(folder), True)
        )


class Snapshot:
    """All that the future of environments depends on, to go back to as often as wanted."""

    def __init__(self, handle: int) -> None:
        self.handle = handle
        self.close = weakref.finalize(self, lib.swiftlet_close, handle)

    def text(self) -> str:
        """The snapshot written down, for another process or another day."""
        return text(lib.swiftlet_environments_snapshot_encode, self.handle)


def as_floats(actions: Any) -> npt.NDArray[np.float32]:
    """Actions as an array of float32.

    Raises ``ArgumentError`` where they are no numbers.
    """
    if type(actions) is np.ndarray and actions.dtype == np.float32:
        return actions
    try:
        array = np.asarray(actions)
        if array.dtype.kind not in "fiu":
            raise TypeError
        return array.astype(np.float32)
    except (TypeError, ValueError):
        kind = type(actions).__name__
        if isinstance(actions, np.ndarray):
            kind = f"an array of {actions.dtype}"
        raise ArgumentError(f"actions are {kind}; expected an array of float32") from None


def _create(
    task: str, count: int, autoreset: int, threads: int, settings: Mapping[str, Any]
) -> int:
    options = struct("swiftlet_environments_options")
    options.count, options.threads, options.autoreset = count, threads, autoreset
    if not isinstance(task, (str, os.PathLike)):
        raise ArgumentError(f"the task is {task!r}; expected its name")
    try:
        words = json.dumps(settings, allow_nan=False).encode() if settings else ffi.NULL
    except (TypeError, ValueError) as error:
        raise ArgumentError(f"a setting cannot be written as JSON: {error}") from None
    handle = ffi.new("swiftlet_handle *")
    check(lib.swiftlet_environments_create(os.fsencode(task), words, options, handle))
    return int(handle[0])


def whole(name: str, value: Any) -> int:
    """A whole number that fits C's int."""
    try:
        number = int(value.__index__())
    except (AttributeError, TypeError):
        raise ArgumentError(f"{name} is {value!r}; expected a whole number") from None
    if not -(2**31) <= number < 2**31:
        raise ArgumentError(f"{name} is {number}; expected a number below 2147483648")
    return number


def _seeds(seeds: Any, count: int) -> list[int]:
    """Seeds, one an environment."""
    numbers = [int(seed) for seed in seeds]
    if len(numbers) != count:
        raise ArgumentError(f"there are {len(numbers)} seeds; expected {count}, one an environment")
    for seed in numbers:
        if not 0 <= seed < 2**64:
            raise ArgumentError(f"a seed is {seed}; expected a number from 0 to 2**64 - 1")
    return numbers
