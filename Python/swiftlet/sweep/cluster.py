"""Flights shared among the machines of a Ray cluster."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import Any

from .._extras import imported
from ..errors import ArgumentError, SwiftletError
from .flights import Outcome, Work
from .points import Point
from .processes import MOST_TRIES, Flown


def is_there() -> bool:
    """Whether this program is connected to a cluster, or told where one is by ``RAY_ADDRESS``."""
    if os.environ.get("RAY_ADDRESS"):
        return True
    ray = sys.modules.get("ray")
    return ray is not None and bool(ray.is_initialized())


def _fly(work: Work, points: list[Point]) -> list[Outcome]:
    return work.fly(points)


class Cluster:
    """A Ray cluster that flies batches of points, each a task.

    Ray runs a task again where the worker or the machine that had it ends. A batch that ends its worker every
    time is flown again point by point.

    :param address: that of the cluster; ``None`` for the one that this program is connected to
    :raises ArgumentError: where there is none
    """

    def __init__(self, work: Work, address: str | None) -> None:
        self._ray = imported("ray", "ray")
        if not self._ray.is_initialized():
            self._connect(address or os.environ.get("RAY_ADDRESS", "auto"))
        self._task = self._ray.remote(max_retries=MOST_TRIES - 1)(_fly)
        self._work = self._ray.put(work)
        self._flying: dict[Any, list[Point]] = {}

    def _connect(self, address: str) -> None:
        try:
            self._ray.init(address=address, log_to_driver=False)
        except (ConnectionError, RuntimeError, ValueError) as error:
            raise ArgumentError(f"there is no Ray cluster at {address!r}: {_first_line(error)}") from None

    @property
    def count(self) -> int:
        """How many processors the cluster has now."""
        return max(1, int(self._ray.cluster_resources().get("CPU", 1)))

    def fly(self, batches: Iterator[list[Point]]) -> Iterator[Flown]:
        """The outcomes of all batches, as they come."""
        again: deque[list[Point]] = deque()
        while True:
            room = 2 * self.count - len(self._flying)
            for batch in [*again, *islice(batches, max(0, room))]:
                self._flying[self._task.remote(self._work, batch)] = batch
            again.clear()
            if not self._flying:
                return
            done, _ = self._ray.wait(list(self._flying))
            for reference in done:
                batch = self._flying.pop(reference)
                try:
                    yield batch, self._ray.get(reference)
                except self._ray.exceptions.RayTaskError as error:
                    # No flight is at fault: a machine without this package, say.
                    raise SwiftletError(f"a machine of the cluster cannot fly: {error.cause!r}") from error
                except self._ray.exceptions.RayError as error:
                    if len(batch) > 1:
                        again += [[point] for point in batch]
                        continue
                    yield batch, [Outcome({}, _reason(error), 0)]

    def close(self) -> None:
        """Stops what is in flight; the cluster stays."""
        for reference in self._flying:
            self._ray.cancel(reference, force=True)
        self._flying.clear()


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}, {MOST_TRIES} times: {_first_line(error)}"


def _first_line(error: Exception) -> str:
    return next((line for line in str(error).splitlines() if line.strip()), "").strip()
