"""What several tests share."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys
from collections.abc import Callable

import pytest

CHECKOUT = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def checkout() -> pathlib.Path:
    """The folder of the repository."""
    return CHECKOUT


@pytest.fixture
def run_page(tmp_path: pathlib.Path) -> Callable[[str], None]:
    """Runs the programs of a page of the documentation, in a folder with the examples."""
    (tmp_path / "Examples").symlink_to(CHECKOUT / "Examples")

    def run(name: str) -> None:
        done = subprocess.run(
            [sys.executable, CHECKOUT / "Python/tests/pages.py", CHECKOUT / "Documentation" / name],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={**os.environ, "MINARI_DATASETS_PATH": str(tmp_path / "minari"), "HOME": str(tmp_path)},
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    return run
