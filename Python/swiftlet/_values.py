"""What callers give, as the library takes it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from .errors import ArgumentError

Array = npt.NDArray[np.float64]


def as_text(scenario: Mapping[str, Any]) -> bytes:
    """A scenario as JSON.

    :raises ArgumentError: where a value is none that JSON has
    """

    def plain(value: Any) -> Any:
        if isinstance(value, (np.ndarray, np.generic)):
            return value.tolist()
        raise ArgumentError(f"{value!r} cannot stand in a scenario")

    try:
        return json.dumps(scenario, default=plain, allow_nan=False).encode()
    except ValueError as error:
        if isinstance(error, ArgumentError):
            raise
        raise ArgumentError("a number of a scenario is not finite") from None


def numbers(name: str, value: npt.ArrayLike, shape: tuple[int, ...]) -> Array:
    """An array of a shape, from what broadcasts to it."""
    if (
        type(value) is np.ndarray
        and value.dtype == np.float64
        and value.shape == shape
        and value.flags.c_contiguous
    ):
        return value
    try:
        array = np.asarray(value)
        if array.dtype.kind not in "fiu":
            raise TypeError
    except (TypeError, ValueError):
        raise ArgumentError(f"{name} is no array of numbers") from None
    try:
        return np.ascontiguousarray(np.broadcast_to(array, shape), np.float64)
    except ValueError:
        raise ArgumentError(f"{name} has shape {array.shape}; expected {shape}") from None
