"""What was recorded of gym-pybullet-drones."""

from __future__ import annotations

import csv
import json
import pathlib
from dataclasses import dataclass
from typing import Any

import numpy as np

CHECKOUT = pathlib.Path(__file__).resolve().parents[2]

# A few cases come with the repository; where all of them are, all are tried.
FOLDERS = (
    CHECKOUT.parent / "shared" / "reference",
    CHECKOUT / "Tests" / "ScenarioTests" / "Fixtures" / "reference",
    CHECKOUT / "Tests" / "TasksTests" / "Fixtures",
)


def cases(*prefixes: str) -> list[str]:
    """The names of cases that begin so."""
    found = {file.parent.name for place in FOLDERS for file in place.glob("*/case.json")}
    names = sorted(name for name in found if name.startswith(prefixes))
    assert names, f"there are no cases {prefixes}"
    return names


@dataclass
class Recording:
    """A case: what was set up, and its table, column by column."""

    case: dict[str, Any]
    columns: dict[str, Any]
    drones: int

    def __getitem__(self, names: str) -> Any:
        """Columns, (rows, drones, columns)."""
        return np.stack([self.columns[name] for name in names.split()], axis=-1)


def recording(name: str) -> Recording:
    """The case of a name."""
    folder = next(place / name for place in FOLDERS if (place / name / "case.json").is_file())
    case = json.loads((folder / "case.json").read_text())
    with next(folder.glob("*.csv")).open() as file:
        rows = list(csv.DictReader(file))
    drones = 1 + max(int(row["drone"]) for row in rows)
    columns = {
        key: np.array([float(row[key] or "nan") for row in rows]).reshape(-1, drones) for key in rows[0]
    }
    return Recording(case, columns, drones)
