"""What several tests share."""

from __future__ import annotations

import pathlib

import pytest

CHECKOUT = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def checkout() -> pathlib.Path:
    """The folder of the repository."""
    return CHECKOUT
