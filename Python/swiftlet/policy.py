"""Policies that Swiftlet has learned, and how it learns more."""

from __future__ import annotations

import json
import os
import pathlib
import sys
import weakref
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from ._batch import as_floats, whole
from ._library import check, ffi, lib, text
from .errors import ArgumentError


class Policy:
    """A policy that Swiftlet has learned: ``Policy.load("hover")(observations)``."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._finalizer = weakref.finalize(self, lib.swiftlet_close, handle)
        about = json.loads(text(lib.swiftlet_policy_description, handle))
        self.observation_count: int = about["observationCount"]
        self.action_count: int = about["actionCount"]
        self.network_count: int = about["networkCount"]
        self.metadata: dict[str, str] = about["metadata"]
        """What its file says of the task and the training."""

    @classmethod
    def load(cls, name: str | os.PathLike[str]) -> Policy:
        """Reads a policy: a file, the folder of a training run, or the name of one that comes with Swiftlet
        (``swiftlet.catalogue("policies")``).

        :raises FileError: where there is none, or the file is damaged
        """
        handle = ffi.new("swiftlet_handle *")
        check(lib.swiftlet_policy_load(os.fsencode(name), handle))
        return cls(int(handle[0]))

    def __call__(
        self, observations: npt.ArrayLike | Mapping[str, npt.ArrayLike]
    ) -> npt.NDArray[np.float32]:
        """The likeliest actions, (..., m), for observations (..., n); of observations with images, such as those of
        tasks with a camera, it looks at ``"state"`` alone.

        :raises ArgumentError: where observations have another length, or are not finite
        """
        if isinstance(observations, Mapping):
            if "state" not in observations:
                raise ArgumentError(
                    f"observations are a mapping of {', '.join(map(str, observations))}; expected an array, or a "
                    "mapping with 'state'"
                )
            observations = observations["state"]
        seen = np.ascontiguousarray(as_floats(observations))
        if seen.ndim == 0 or seen.shape[-1] != self.observation_count:
            raise ArgumentError(
                f"observations have shape {seen.shape}; expected (..., {self.observation_count})"
            )
        lead = seen.shape[:-1]
        actions = np.zeros((*lead, self.action_count), np.float32)
        rows = int(np.prod(lead))
        if rows:
            check(
                lib.swiftlet_policy_act(
                    self._handle,
                    ffi.from_buffer("float[]", seen),
                    rows,
                    ffi.from_buffer("float[]", actions),
                )
            )
        return actions

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes it to a file, as safetensors; :meth:`export` writes it for other programs."""
        check(lib.swiftlet_policy_write(self._handle, os.fsencode(path)))

    def export(
        self,
        path: str | os.PathLike[str],
        *,
        int8: bool = False,
        network: int | None = None,
        name: str | None = None,
    ) -> dict[str, Any]:
        """Writes it for other programs, by the ending of the file's name: a model of ONNX (``.onnx``), or a header
        of C99 without libraries (``.h``), whose first lines say what each number means.

        ::

            policy.export("hover.h", int8=True)["cost"]["constantBytes"]

        :param int8: whether a header has weights of 8 bits
        :param network: which network, of a policy that has one for each drone
        :param name: what all names in a header begin with; by default the name of the file
        :returns: what was written, what evaluating it takes, and what weights of 8 bits change
        :raises ArgumentError: for what there is not, with what there is
        """
        options: dict[str, Any] = {"weights": "int8"} if int8 else {}
        options |= {} if network is None else {"network": whole("network", network)}
        options |= {} if name is None else {"name": name}
        words = json.dumps(options).encode()
        room, length = 1 << 16, ffi.new("size_t *")
        report = ffi.new("char[]", room)
        check(
            lib.swiftlet_policy_export(
                self._handle, os.fsencode(path), words, report, room, length
            )
        )
        found: dict[str, Any] = json.loads(ffi.string(report))
        return found


def train(
    task: str,
    folder: str | os.PathLike[str],
    *,
    resume: bool = False,
    settings: Mapping[str, Any] | None = None,
    threads: int = 0,
    progress: bool | Callable[[dict[str, Any]], Any] = True,
    **options: Any,
) -> dict[str, Any] | None:
    """Learns a task by PPO or MAPPO, until its target is reached or all steps are played.

    ::

        swiftlet.train("hover", "runs/hover", seed=1)
        policy = swiftlet.Policy.load("runs/hover")

    Ctrl-C stops it and saves; ``resume=True`` goes on as if nothing had happened.

    :param task: the name of a task, or of a file with one
    :param settings: what is to be otherwise than the task has it, such as ``{"drones": 3}``
    :param folder: a new folder for what training leaves: policies, curves, checkpoint
    :param resume: whether a run that was stopped goes on in its folder; then ``steps`` and ``target`` alone
        may be said
    :param threads: on how many threads; 0 for all processors
    :param progress: whether a line shows how far it has come, or a function that is told: its answer
        ``False`` stops the run
    :param options: algorithm (``"ppo"`` or ``"mappo"``), seed, steps, target, environments,
        survival_bonus, and hyperparameters such as learningRate; what suits the task by default
    :returns: how it went, or ``None`` where it was stopped
    :raises ArgumentError: for options that there are not, with the nearest word
    """
    try:
        wishes = {**options, "settings": dict(settings)} if settings else options
        words = json.dumps(wishes, allow_nan=False).encode()
    except (TypeError, ValueError) as error:
        raise ArgumentError(f"an option cannot be written as JSON: {error}") from None
    caught: list[BaseException] = []

    def told(report: Any, _: Any) -> bool:
        return _show(json.loads(ffi.string(report)), progress)

    def failed(_: Any, error: BaseException, __: Any) -> None:
        # What is raised cannot pass through the library: it stops the run, and is raised behind it.
        caught.append(error)

    callback = ffi.callback("bool(const char *, void *)", told, error=False, onerror=failed)
    room, length = 1 << 20, ffi.new("size_t *")
    summary = ffi.new("char[]", room)
    check(
        lib.swiftlet_train(
            task.encode(),
            words,
            os.fsencode(folder),
            resume,
            whole("threads", threads),
            callback,
            ffi.NULL,
            summary,
            room,
            length,
        )
    )
    if progress is True and sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
    if caught and not isinstance(caught[0], KeyboardInterrupt):
        raise caught[0]
    found: dict[str, Any] | None = json.loads(ffi.string(summary))
    if caught:
        raise KeyboardInterrupt(f"stopped; go on with resume=True in {pathlib.Path(folder)}")
    return found


def _show(report: dict[str, Any], progress: bool | Callable[[dict[str, Any]], Any]) -> bool:
    """Tells how far a run has come, and says whether to go on."""
    if callable(progress):
        return progress(report) is not False
    if progress and sys.stderr.isatty():
        share = report["steps"] / report["totalSteps"]
        bar = "#" * round(30 * share)
        mean = report.get("meanReward")
        shown = "" if mean is None else f", mean return {mean:.1f}"
        sys.stderr.write(
            f"\r\x1b[K[{bar:<30}] {100 * share:3.0f} %, "
            f"{report['stepsPerSecond']:,.0f} steps/s{shown}"
        )
        sys.stderr.flush()
    return True
