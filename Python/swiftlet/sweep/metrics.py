"""What is kept of a flight: numbers that say how it went."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import Union

import numpy as np

from ..errors import ArgumentError
from ..flight import Flight

Number = Union[float, int, bool, None]
Metric = Callable[[Flight], Number]
"""From a flight to a finite number, or ``None`` where it has none."""


def rmse(flight: Flight) -> Number:
    """The root mean square of the distances to the references, over all drones that have one. [m]"""
    squares = [error * error for error in _tracking(flight, "rmse")]
    return math.sqrt(math.fsum(squares) / len(squares)) if squares else None


def largest_error(flight: Flight) -> Number:
    """The largest distance of a drone to its reference. [m]"""
    return max(_tracking(flight, "largestError"), default=None)


def final_error(flight: Flight) -> Number:
    """The largest distance of a drone to its reference at the end. [m]"""
    errors = np.linalg.norm(flight.position[-1] - flight.reference[-1], axis=-1)
    known = errors[np.isfinite(errors)]
    return float(known.max()) if len(known) else None


def contacts(flight: Flight) -> Number:
    """The contacts of all drones, as the table of ``swiftlet fly`` counts them. [–]"""
    return sum(int(drone["tracking"]["contacts"]) for drone in flight.summary)


def _tracking(flight: Flight, name: str) -> list[float]:
    """A number of each drone that has a reference; infinite where it is beyond what a number can be."""
    found = [drone["tracking"] for drone in flight.summary]
    values = [math.inf if one.get("beyondNumbers") else one.get(name) for one in found]
    return [value for value in values if value is not None]


METRICS: dict[str, Metric] = {
    "rmse": rmse,
    "largest_error": largest_error,
    "final_error": final_error,
    "contacts": contacts,
}
"""The metrics that have a name."""


def named(metrics: Sequence[str] | Mapping[str, Metric | str]) -> dict[str, Metric]:
    """The functions behind what a caller asks for.

    :raises ArgumentError: for a name that there is not, with the nearest one
    """
    wanted = metrics if isinstance(metrics, Mapping) else {name: name for name in metrics}
    if isinstance(metrics, str) or not wanted:
        raise ArgumentError(f"metrics are {metrics!r}; expected a list of names, or a mapping")
    return {str(name): _function(name, metric) for name, metric in wanted.items()}


def _function(name: str, metric: Metric | str) -> Metric:
    if callable(metric):
        return metric
    if isinstance(metric, str) and metric in METRICS:
        return METRICS[metric]
    near = get_close_matches(str(metric), METRICS, 1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    raise ArgumentError(
        f"metric {name!r} is {metric!r}; expected a function, or one of {list(METRICS)}{hint}"
    )


def measured(name: str, metric: Metric, flight: Flight) -> Number:
    """What a metric says of a flight.

    :raises ArgumentError: where that is no finite number
    """
    value = metric(flight)
    if isinstance(value, np.generic):
        value = value.item()
    is_number = value is None or isinstance(value, (bool, int, float))
    if not is_number or (isinstance(value, float) and not math.isfinite(value)):
        raise ArgumentError(f"metric {name!r} is {value!r}; expected a finite number or None")
    return value
