"""``sweep``: all flights of a scenario with other values each, into one table."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from typing import Any

from .._extras import imported
from .._batch import whole
from ..errors import ArgumentError
from ..flight import Controller, Scenario
from . import cluster as ray_cluster
from .flights import Outcome, Work
from .journal import TABLE, Journal, key_of
from .metrics import Metric, named
from .points import Point, Points, listed
from .processes import Processes
from .table import check_columns, table_of, write_parquet

BATCH_SECONDS = 0.1
"""How long the batches of flights take that workers are given. [s]"""


def sweep(
    scenario: Scenario,
    points: Points,
    metrics: Sequence[str] | Mapping[str, Metric | str] = ("rmse", "largest_error", "contacts"),
    *,
    controllers: Mapping[int, Controller] | None = None,
    folder: str | os.PathLike[str] | None = None,
    workers: int | None = None,
    cluster: str | None = None,
    retry_failed: bool = False,
    progress: bool = True,
) -> Any:
    """Flies a scenario once for each point of a grid, a list or a sampler, and says how each flight went.

    ::

        table = swiftlet.sweep(
            "Examples/circle.yaml",
            {"wind.mean": [[0, 0, 0], [1, 0, 0]], "drones[*].model": ["cf2x", "cf2p"]},
            metrics=["rmse", "largest_error"],
            folder="runs/wind",
        )

    A row is, bit for bit, what ``swiftlet.fly`` with the same settings would give. A flight that fails is a row
    too, whose ``error`` says why.

    Flights are shared among the machines of a Ray cluster, if ``cluster`` says which, the program is connected to
    one, or the environment variable ``RAY_ADDRESS`` says where one is; otherwise among processes here.

    :param scenario: the name of a file, or what such a file would hold, as a mapping
    :param points: a mapping of keys to lists, for all combinations; a list of mappings; or a ``Sampler``. Keys
        are those of ``swiftlet fly --set``
    :param metrics: names (``swiftlet.sweep.METRICS``), or functions by the names of their columns, from a
        ``Flight`` to a number
    :param controllers: functions that fly drones, as for ``swiftlet.fly``
    :param folder: where rows are kept as flights end, and the table at the end; with the folder of a sweep that
        was stopped, or has fewer points, only what is missing is flown
    :param workers: how many processes fly here, even where there is a cluster; one for each processor by default
    :param cluster: the address of a Ray cluster, ``"auto"`` for the one on this machine
    :param retry_failed: whether flights that failed before are flown again
    :param progress: whether a bar shows how far it has come, on a terminal
    :returns: a pandas ``DataFrame``, a row a point, in order: the values of the point, the metrics, ``error``
    :raises ArgumentError: where the scenario cannot be flown, points are none, or the folder is that of another
        sweep
    :raises ImportError: where pandas or loky is not installed: ``pip install 'swiftlet[sweep]'``
    """
    work = Work.of(scenario, named(metrics), dict(controllers or {}))
    wanted = listed(points)
    check_columns(wanted, work.metrics)
    imported("pandas", "sweep")
    _check_points(work, wanted)
    if workers is not None and (cluster is not None or whole("workers", workers) < 1):
        raise ArgumentError("workers is for processes here: at least 1, and without cluster")
    with ExitStack() as stack:
        journal = None if folder is None else stack.enter_context(Journal(folder, work))
        outcomes = {} if journal is None else dict(journal.outcomes)
        if retry_failed:
            outcomes = {key: outcome for key, outcome in outcomes.items() if outcome.error is None}
        missing = {key_of(point): point for point in wanted if key_of(point) not in outcomes}
        bar = stack.enter_context(_bar(len(missing) + len(outcomes), len(outcomes), progress))
        if missing:
            for point, outcome in _flown(work, list(missing.values()), workers, cluster):
                outcomes[key_of(point)] = outcome
                if journal is not None:
                    journal.add(point, outcome)
                bar.update()
        table = table_of(wanted, [outcomes[key_of(point)] for point in wanted], list(work.metrics))
        if journal is not None:
            write_parquet(table, journal.folder / TABLE)
    return table


def _check_points(work: Work, points: list[Point]) -> None:
    """Refuses a sweep none of whose first points can be flown: a scenario or key that is wrong in all."""
    first: ArgumentError | None = None
    for point in points[:100]:
        try:
            return work.check_point(point)
        except ArgumentError as error:
            first = first or error
    assert first is not None
    raise first


def _flown(
    work: Work, points: list[Point], workers: int | None, cluster: str | None
) -> Iterator[tuple[Point, Outcome]]:
    pool: Processes | ray_cluster.Cluster
    if workers is None and (cluster is not None or ray_cluster.is_there()):
        pool = ray_cluster.Cluster(work, cluster)
    else:
        pool = Processes(work, workers)
    batches = _Batches(points, pool.count)
    with closing(pool):
        for batch, outcomes in pool.fly(batches):
            batches.learn(outcomes)
            yield from zip(batch, outcomes, strict=True)


class _Batches(Iterator[list[Point]]):
    """Points, by as many at once as take about ``BATCH_SECONDS``; fewer near the end, for all to end together."""

    def __init__(self, points: list[Point], workers: int) -> None:
        self._points, self._next, self._workers = points, 0, workers
        self._seconds = BATCH_SECONDS

    def learn(self, outcomes: list[Outcome]) -> None:
        """Takes note of how long flights took."""
        for outcome in outcomes:
            self._seconds += 0.1 * (outcome.seconds - self._seconds)

    def __next__(self) -> list[Point]:
        left = len(self._points) - self._next
        if left == 0:
            raise StopIteration
        share = -(-left // (4 * self._workers))
        size = max(1, min(share, int(BATCH_SECONDS / max(self._seconds, 1e-6))))
        batch = self._points[self._next : self._next + size]
        self._next += len(batch)
        return batch


def _bar(total: int, done: int, progress: bool) -> Any:
    tqdm = imported("tqdm", "sweep").tqdm
    return tqdm(total=total, initial=done, unit="flight", disable=None if progress else True)
