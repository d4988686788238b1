"""Sweeps as YAML files."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, NoReturn

import numpy as np

from .._extras import imported
from ..errors import ArgumentError, FileError
from .metrics import METRICS, named
from .points import Points, Sampler, listed

KEYS = ["version", "scenario", "grid", "list", "sample", "metrics"]
KINDS = ["grid", "list", "sample"]


@dataclass(frozen=True)
class SweepFile:
    """What a file says of a sweep."""

    scenario: str | Mapping[str, Any]
    points: Points
    metrics: list[str]


def read(path: str | os.PathLike[str]) -> SweepFile:
    """Reads the file of a sweep.

    :raises ArgumentError: with file, line, key, value and what was expected
    :raises FileError: where there is none
    """
    yaml = imported("ruamel.yaml", "sweep")
    path = pathlib.Path(path)
    try:
        content = yaml.YAML(typ="rt", pure=True).load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FileError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ArgumentError(f"{path}: is no text in UTF-8") from None
    except yaml.error.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ArgumentError(f"{path}:{line}: {error.problem}") from None
    except yaml.error.YAMLError as error:
        raise ArgumentError(f"{path}: {str(error).splitlines()[0]}") from None
    return _Reader(path, content).sweep()


class _Reader:
    def __init__(self, path: pathlib.Path, content: Any) -> None:
        self._path, self._content = path, content

    def sweep(self) -> SweepFile:
        content = self._content
        if not isinstance(content, Mapping):
            raise ArgumentError(f"{self._path}:1: expected keys and values: {', '.join(KEYS)}")
        self._check_keys("", content, KEYS)
        if content.get("version") != 1:
            self._reject(content, "version", "expected version: 1")
        kinds = [kind for kind in KINDS if kind in content]
        if len(kinds) != 1:
            raise ArgumentError(f"{self._path}:1: has {kinds or 'no points'}; expected one of {KINDS}")
        metrics = content.get("metrics", ["rmse", "largest_error", "contacts"])
        if not isinstance(metrics, Sequence) or isinstance(metrics, str):
            self._reject(content, "metrics", f"expected a list, of {list(METRICS)}")
        self._located("metrics", lambda: named(metrics))
        points = self._located(kinds[0], lambda: self._points(kinds[0], content[kinds[0]]))
        return SweepFile(self._scenario(content), points, list(metrics))

    def _scenario(self, content: Mapping[str, Any]) -> str | Mapping[str, Any]:
        scenario = content.get("scenario")
        if isinstance(scenario, Mapping):
            return scenario
        if not isinstance(scenario, str):
            self._reject(content, "scenario", "expected the name of a file, or keys and values")
        return str(self._path.parent / scenario)

    def _points(self, kind: str, given: Any) -> Points:
        points: Points
        if kind == "sample":
            if not isinstance(given, Mapping):
                raise ArgumentError("expected values, count, and seed if it is not 0")
            self._check_keys("sample.", given, ["values", "count", "seed"])
            if not isinstance(given.get("values"), Mapping) or "count" not in given:
                raise ArgumentError("expected values, which are keys and distributions, and count")
            points = Sampler(given["values"], given["count"], given.get("seed", 0))
        elif kind == "grid":
            if not isinstance(given, Mapping):
                raise ArgumentError("expected keys and the lists of their values")
            points = {key: _spread(key, values) for key, values in given.items()}
        else:
            is_list = isinstance(given, Sequence) and not isinstance(given, str)
            if not is_list or not all(isinstance(point, Mapping) for point in given):
                raise ArgumentError("expected a list of keys and values")
            points = list(given)
        return listed(points)

    def _check_keys(self, prefix: str, given: Mapping[str, Any], known: list[str]) -> None:
        for key in given:
            if key not in known:
                near = get_close_matches(str(key), known, 1)
                hint = f'did you mean "{near[0]}"?' if near else f"expected one of {', '.join(known)}"
                raise ArgumentError(f"{self._place(given, key)}: {prefix}{key}: unknown key; {hint}")

    def _located(self, key: str, action: Any) -> Any:
        """What an action gives; what it refuses is told with the line of a key."""
        try:
            return action()
        except ArgumentError as error:
            if str(error).startswith(str(self._path)):
                raise
            raise ArgumentError(f"{self._place(self._content, key)}: {key}: {error}") from None

    def _reject(self, given: Mapping[str, Any], key: str, expected: str) -> NoReturn:
        found = f"is {given[key]!r}" if key in given else "is missing"
        raise ArgumentError(f"{self._place(given, key)}: {key}: {found}; {expected}")

    def _place(self, given: Any, key: str) -> str:
        line = given.lc.key(key)[0] + 1 if key in given else given.lc.line + 1
        return f"{self._path}:{line}"


def _spread(key: str, values: Any) -> Any:
    """The values of a key: a list, ``range: [start, stop]`` or ``linspace: [start, stop, count]``."""
    if not isinstance(values, Mapping):
        return values
    try:
        ((name, numbers),) = values.items()
        functions: dict[str, Callable[..., Any]] = {"range": np.arange, "linspace": np.linspace}
        return functions[name](*numbers)
    except (KeyError, TypeError, ValueError):
        raise ArgumentError(
            f"{key} is {dict(values)!r}; expected a list, range: [start, stop] or linspace: [start, stop, count]"
        ) from None
