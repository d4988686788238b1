"""The rows of a sweep on disk, written as flights end, so that none is flown again."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import pathlib
from dataclasses import asdict
from types import TracebackType
from typing import Any

from .._library import version
from ..errors import ArgumentError, FileError
from .flights import Outcome, Work
from .points import Point

HEADER, ROWS, TABLE = "sweep.json", "rows.jsonl", "table.parquet"


def key_of(point: Point) -> str:
    """What tells a point from all others: equal points are one flight."""
    return hashlib.sha256(json.dumps(point).encode()).hexdigest()[:32]


class Journal:
    """A folder with what was flown: ``sweep.json`` says of what, ``rows.jsonl`` has a line a flight.

    A line that was being written when the process ended is dropped.

    :raises ArgumentError: where the folder holds another sweep, or another process is writing there
    :raises FileError: where it cannot be written
    """

    def __init__(self, folder: str | os.PathLike[str], work: Work) -> None:
        self.folder = pathlib.Path(folder)
        self.outcomes: dict[str, Outcome] = {}
        """How flights went, by the keys of their points."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._file = (self.folder / ROWS).open("a+b")
            self._lock()
            self._read()
            self._check_header(work)
        except OSError as error:
            raise FileError(f"{self.folder}: {error.strerror or error}") from None

    def _lock(self) -> None:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.close()
            raise ArgumentError(f"another process is writing a sweep into {self.folder}") from None

    def _check_header(self, work: Work) -> None:
        path = self.folder / HEADER
        wanted = {"swiftlet": version(), "scenario": work.digest, "metrics": list(work.metrics)}
        if not path.exists():
            whole = path.with_suffix(".partial")
            if self.outcomes or {item.name for item in self.folder.iterdir()} - {ROWS, whole.name}:
                self._refuse("there is something else in it")
            whole.write_text(json.dumps(wanted, indent=2) + "\n", encoding="utf-8")
            whole.replace(path)
            return
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            odd = [key for key, value in wanted.items() if found.get(key) != value]
        except (ValueError, AttributeError):
            self._refuse(f"{HEADER} is damaged")
        if odd:
            self._refuse(f"it holds a sweep of another {odd[0]}: {found.get(odd[0])}, and not {wanted[odd[0]]}")

    def _refuse(self, reason: str) -> None:
        self.close()
        raise ArgumentError(
            f"folder is {str(self.folder)!r}: {reason}; expected a new folder, or that of the same sweep"
        )

    def _read(self) -> None:
        self._file.seek(0)
        whole = 0
        for number, line in enumerate(self._file, start=1):
            if not line.endswith(b"\n"):
                self._file.truncate(whole)
                break
            whole += len(line)
            try:
                row = json.loads(line)
                self.outcomes[row["key"]] = Outcome(row["metrics"], row["error"], row["seconds"])
            except (ValueError, KeyError, TypeError):
                self._refuse(f"line {number} of {ROWS} is damaged")

    def add(self, point: Point, outcome: Outcome) -> None:
        """Keeps how a flight went."""
        key = key_of(point)
        row: dict[str, Any] = {"key": key, "point": point, **asdict(outcome)}
        try:
            self._file.write(json.dumps(row).encode() + b"\n")
            self._file.flush()
        except OSError as error:
            raise FileError(f"{self.folder / ROWS}: {error.strerror}") from None
        self.outcomes[key] = outcome

    def close(self) -> None:
        """Lets another process write."""
        self._file.close()

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
