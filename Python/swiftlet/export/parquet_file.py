"""Flights as Parquet: the rows of the trajectory, typed, with the metadata in the file's schema."""

from __future__ import annotations

import json
import pathlib

import numpy as np

from .._extras import imported
from .recording import Recording

INTEGERS = ("drone", "contacts")


def write_parquet(recording: Recording, path: pathlib.Path) -> None:
    """Writes a row a drone and instant: numbers as they are, missing where they are empty; the metadata of the
    flight are JSON under the key ``swiftlet``."""
    pyarrow = imported("pyarrow", "parquet")
    parquet = imported("pyarrow.parquet", "parquet")
    columns = {}
    for index, name in enumerate(recording.columns):
        numbers = recording.table[:, :, index].reshape(-1)
        kind = pyarrow.int32() if name in INTEGERS else pyarrow.float64()
        values = numbers.astype(np.int32) if name in INTEGERS else numbers
        columns[name] = pyarrow.array(values, kind, mask=np.isnan(numbers))
    table = pyarrow.table(columns).replace_schema_metadata({"swiftlet": json.dumps(recording.metadata)})
    parquet.write_table(table, path, compression="zstd")
