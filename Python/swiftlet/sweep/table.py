"""The table of a sweep: a row a flight, in the order of the points."""

from __future__ import annotations

import json
import pathlib
from collections.abc import Mapping, Sequence
from typing import Any

from .._extras import imported
from ..errors import ArgumentError, FileError
from .flights import Outcome
from .points import Point

ERROR = "error"


def check_columns(points: Sequence[Point], metrics: Mapping[str, Any]) -> None:
    """:raises ArgumentError: where two columns would have one name"""
    keys = {key for point in points for key in point}
    for name in metrics:
        if name in keys or name == ERROR:
            raise ArgumentError(f"a metric is called {name!r}, as another column is; call it otherwise")


def table_of(points: Sequence[Point], outcomes: Sequence[Outcome], metrics: Sequence[str]) -> Any:
    """A data frame of points, metrics and errors; missing where there is nothing."""
    pandas = imported("pandas", "sweep")
    keys = list(dict.fromkeys(key for point in points for key in point))
    columns = {key: _column([point.get(key) for point in points]) for key in keys}
    columns |= {name: [outcome.metrics.get(name) for outcome in outcomes] for name in metrics}
    columns[ERROR] = [outcome.error for outcome in outcomes]
    table = pandas.DataFrame(columns, index=pandas.RangeIndex(len(points), name="flight"))
    return table.astype({ERROR: "object"}).astype(_types(table, metrics))


def _types(table: Any, metrics: Sequence[str]) -> dict[str, str]:
    """Metrics that are numbers are columns of numbers, even where no flight has one."""
    return {name: "float64" for name in metrics if table[name].dtype == object and table[name].isna().all()}


def _column(values: list[Any]) -> list[Any]:
    """Values as they are where all are of one kind, and as JSON where they are not."""
    kinds = {float if type(value) is int else type(value) for value in values if value is not None}
    return values if len(kinds) < 2 and dict not in kinds else [json.dumps(value) for value in values]


def write_parquet(table: Any, path: pathlib.Path) -> None:
    """Writes the table; the file appears whole or not at all."""
    imported("pyarrow", "sweep")
    part = path.with_suffix(".partial")
    try:
        table.to_parquet(part)
        part.replace(path)
    except OSError as error:
        raise FileError(f"{path}: {error.strerror or error}") from None
