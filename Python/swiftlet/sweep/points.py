"""The points of a sweep: what each of its flights has in the place of the scenario's values."""

from __future__ import annotations

import itertools
import json
import math
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Union

import numpy as np

from .._batch import whole
from ..errors import ArgumentError

Point = dict[str, Any]
"""Values by the keys of the scenario, as ``swiftlet fly --set`` has them: ``{"drones[0].mass": 0.03}``."""

Draw = Callable[[np.random.Generator], Mapping[str, Any]]
"""From a source of random numbers to the values of one flight."""


class Sampler:
    """Points that are drawn: flight i has the random numbers of (seed, i), whatever else is flown.

    ::

        Sampler(
            {
                "wind.mean": {"uniform": [[-2, -2, 0], [2, 2, 0]]},
                "drones[0].mass": {"normal": [0.0319, 0.001]},
                "seed": {"integers": [0, 1_000_000]},
            },
            count=500,
        )

    :param values: the distribution of each key, ``uniform`` or ``log_uniform`` [low, high], ``normal`` [mean,
        standard deviation], ``integers`` [low, high), or ``choice`` among a list; lists of numbers are drawn
        number by number. Or a function from a ``numpy.random.Generator`` to the values of one flight
    :param count: how many flights; a greater count has the same flights, and more
    :param seed: where random numbers start
    :raises ArgumentError: for a distribution that there is not
    """

    def __init__(self, values: Mapping[str, Mapping[str, Any]] | Draw, count: int, seed: int = 0) -> None:
        self.count, self.seed = whole("count", count), whole("seed", seed)
        if not callable(values):
            for key, distribution in values.items():
                _check_distribution(key, distribution)
        self.values = values

    def point(self, index: int) -> Point:
        """What flight ``index`` has."""
        random = np.random.default_rng([self.seed, index])
        if callable(self.values):
            return dict(self.values(random))
        return {key: _drawn(random, *_only(spec)) for key, spec in self.values.items()}


Points = Union[Mapping[str, Sequence[Any]], Sequence[Mapping[str, Any]], Sampler]
"""A grid (every combination of the values of each key), a list of points, or a sampler."""


def listed(points: Points) -> list[Point]:
    """All points, in the order of the table's rows; the last key of a grid changes fastest.

    :raises ArgumentError: where a value is none that a scenario could have
    """
    if isinstance(points, Sampler):
        found = [points.point(index) for index in range(points.count)]
    elif isinstance(points, Mapping):
        axes = [_axis(key, values) for key, values in points.items()]
        found = [dict(zip(points, values, strict=True)) for values in itertools.product(*axes)]
    else:
        found = [dict(point) for point in points]
    if not found or found == [{}]:
        raise ArgumentError("a sweep needs at least one point")
    return [{str(key): _plain(key, value) for key, value in point.items()} for point in found]


def settings(point: Point) -> list[str]:
    """A point as ``swiftlet fly --set`` takes it; JSON is YAML, and keeps every bit of a number."""
    return [f"{key}={json.dumps(value, allow_nan=False)}" for key, value in point.items()]


def _axis(key: str, values: Any) -> list[Any]:
    if isinstance(values, (str, bytes, Mapping)) or not hasattr(values, "__iter__"):
        raise ArgumentError(f"{key} is {values!r}; expected the list of its values")
    return list(values)


def _plain(key: str, value: Any) -> Any:
    if isinstance(value, (np.ndarray, np.generic)):
        value = value.tolist()
    try:
        return json.loads(json.dumps(value, allow_nan=False))
    except (TypeError, ValueError):
        raise ArgumentError(f"{key} is {value!r}; expected what can stand in a scenario") from None


def _only(distribution: Mapping[str, Any]) -> tuple[str, Any]:
    ((name, numbers),) = distribution.items()
    return name, numbers


def _drawn(random: np.random.Generator, name: str, numbers: Any) -> Any:
    if name == "choice":
        return numbers[int(random.integers(len(numbers)))]
    first, second = (np.asarray(number) for number in numbers)
    if name == "log_uniform":
        return np.exp(random.uniform(np.log(first), np.log(second)))
    return getattr(random, name)(first, second)


def _check_distribution(key: str, distribution: Any) -> None:
    words = ["uniform", "log_uniform", "normal", "integers", "choice"]
    if not isinstance(distribution, Mapping) or len(distribution) != 1:
        raise ArgumentError(f"{key} is {distribution!r}; expected one of {words} with its numbers")
    name, numbers = _only(distribution)
    if name not in words:
        raise ArgumentError(f"{key}.{name}: unknown distribution; expected one of {words}")
    if name == "choice":
        if not isinstance(numbers, Sequence) or isinstance(numbers, str) or not numbers:
            raise ArgumentError(f"{key}.choice is {numbers!r}; expected a list")
        return
    try:
        first, second = np.broadcast_arrays(*(np.asarray(number, np.float64) for number in numbers))
    except (TypeError, ValueError):
        raise ArgumentError(f"{key}.{name} is {numbers!r}; expected two numbers, or two lists") from None
    if not (np.isfinite(first).all() and np.isfinite(second).all()):
        raise ArgumentError(f"{key}.{name} is {numbers!r}; expected finite numbers")
    _check_order(key, name, numbers, first, second)


def _check_order(key: str, name: str, numbers: Any, first: Any, second: Any) -> None:
    if name == "normal":
        if (second < 0).any():
            raise ArgumentError(f"{key}.normal is {numbers!r}; expected no negative deviation")
        return
    most = second - 1 if name == "integers" else second
    least = sys.float_info.min if name == "log_uniform" else -math.inf
    if (first > most).any() or (first < least).any():
        raise ArgumentError(f"{key}.{name} is {numbers!r}; expected the lower number first, and in range")
    if name == "integers" and not ((first == np.floor(first)) & (second == np.floor(second))).all():
        raise ArgumentError(f"{key}.integers is {numbers!r}; expected whole numbers")
