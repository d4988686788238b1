"""Flights shared among processes of this machine."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Any

from .._extras import imported
from .flights import Outcome, Work
from .points import Point

MOST_TRIES = 3
"""How often a flight is tried whose process ends."""

Flown = tuple[list[Point], list[Outcome]]

_work: Work | None = None


def _begin(work: Work) -> None:
    global _work
    _work = work


def _fly(points: Sequence[Point]) -> list[Outcome]:
    assert _work is not None
    return _work.fly(points)


class Processes:
    """A pool that flies batches of points, and goes on where one of its processes ends.

    What was in flight then is flown again, one at a time: so the flight that ends processes is found, and no
    other fails with it.

    :param count: how many processes; one for each processor by default
    """

    def __init__(self, work: Work, count: int | None) -> None:
        self._loky = imported("loky", "sweep")
        self._work = work
        self.count: int = self._loky.cpu_count() if count is None else count
        self._pool: Any = None

    def fly(self, batches: Iterator[list[Point]]) -> Iterator[Flown]:
        """The outcomes of all batches, as they come."""
        while lost := (yield from self._together(batches)):
            for point in lost:
                yield [point], [self._alone(point)]

    def _together(self, batches: Iterator[list[Point]]) -> Generator[Flown, None, list[Point]]:
        """Flies batches until there are no more, or a process ends.

        :returns: the points that were in flight when one ended
        """
        flying: dict[Any, list[Point]] = {}
        while True:
            for batch in islice(batches, 2 * self.count - len(flying)):
                flying[self._submitted(batch)] = batch
            if not flying:
                return []
            done, _ = wait(flying, return_when=FIRST_COMPLETED)
            if any(_is_lost(future) for future in done):
                done, _ = wait(flying)
            lost: list[Point] = []
            for future in done:
                batch = flying.pop(future)
                if _is_lost(future):
                    lost += batch
                else:
                    yield batch, future.result()
            if lost:
                self.close()
                return lost

    def _alone(self, point: Point) -> Outcome:
        for _ in range(MOST_TRIES):
            future = self._submitted([point])
            wait([future])
            if not _is_lost(future):
                outcome: Outcome = future.result()[0]
                return outcome
            self.close()
        return Outcome({}, f"the process that flew it ended, {MOST_TRIES} times", 0)

    def _submitted(self, batch: list[Point]) -> Any:
        if self._pool is None:
            self._pool = self._loky.ProcessPoolExecutor(
                self.count, initializer=_begin, initargs=(self._work,)
            )
        return self._pool.submit(_fly, batch)

    def close(self) -> None:
        """Ends the processes, whatever they do."""
        if self._pool is not None:
            self._pool.shutdown(kill_workers=True)
            self._pool = None


def _is_lost(future: Future[Any]) -> bool:
    return isinstance(future.exception(), BrokenProcessPool)
