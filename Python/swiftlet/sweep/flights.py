"""One flight of a sweep: what every worker does, here or on another machine."""

from __future__ import annotations

import hashlib
import json
import pathlib
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .._library import check, ffi, lib
from ..errors import ArgumentError, FileError
from ..flight import Controller, Scenario, _create, fly
from .metrics import Metric, measured
from .points import Point, settings


@dataclass(frozen=True)
class Outcome:
    """How a flight went."""

    metrics: dict[str, Any]
    """Its numbers; empty where it failed."""
    error: str | None
    """Why it failed."""
    seconds: float
    """How long it took. [s]"""


@dataclass(frozen=True)
class Work:
    """What all flights of a sweep have in common; it goes to every worker once."""

    scenario: str | Mapping[str, Any]
    """The name of a file, or what such a file would hold."""
    content: bytes
    """What the file holds; its text as JSON where there is none."""
    metrics: dict[str, Metric]
    controllers: Mapping[int, Controller]

    @classmethod
    def of(
        cls, scenario: Scenario, metrics: dict[str, Metric], controllers: Mapping[int, Controller]
    ) -> Work:
        """:raises FileError: where the scenario's file cannot be read"""
        if isinstance(scenario, Mapping):
            return cls(dict(scenario), json.dumps(scenario, default=str).encode(), metrics, controllers)
        path = pathlib.Path(scenario)
        try:
            return cls(str(path.resolve()), path.read_bytes(), metrics, controllers)
        except OSError as error:
            raise FileError(f"{path}: cannot be read: {error.strerror}") from None

    @property
    def digest(self) -> str:
        """Which scenario it is, by its content."""
        return hashlib.sha256(self.content).hexdigest()

    def here(self, scratch: str) -> str | Mapping[str, Any]:
        """The scenario on this machine: where its file is not, or is another, a copy in a folder."""
        if isinstance(self.scenario, Mapping):
            return self.scenario
        path = pathlib.Path(self.scenario)
        if path.is_file() and path.read_bytes() == self.content:
            return self.scenario
        copy = pathlib.Path(scratch, path.name)
        copy.write_bytes(self.content)
        return str(copy)

    def check_point(self, point: Point) -> None:
        """:raises ArgumentError: where the scenario cannot be flown so"""
        check(lib.swiftlet_close(_create(self.scenario, settings(point))))

    def fly(self, points: Sequence[Point]) -> list[Outcome]:
        """Flies some points, one after the other."""
        with tempfile.TemporaryDirectory(prefix="swiftlet-") as scratch:
            scenario = self.here(scratch)
            return [self._flown(scenario, point) for point in points]

    def _flown(self, scenario: str | Mapping[str, Any], point: Point) -> Outcome:
        start = time.perf_counter()
        metrics: dict[str, Any] = {}
        error = None
        try:
            flight = fly(scenario, self.controllers, settings=settings(point))
            for name, metric in self.metrics.items():
                metrics[name] = measured(name, metric, flight)
        except Exception as fault:  # whatever a metric or a controller raises is the row's error
            metrics, error = {}, f"{type(fault).__name__}: {fault}"
        return Outcome(metrics, error, time.perf_counter() - start)
