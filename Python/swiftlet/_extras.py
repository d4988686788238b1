"""Packages that only some parts of this one need."""

from __future__ import annotations

import importlib
from typing import Any


def imported(module: str, extra: str) -> Any:
    """A module of a package that comes with an extra of this one.

    :raises ImportError: where it is not installed, with what to do
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise ImportError(
            f"{module} cannot be imported ({error}); pip install 'swiftlet[{extra}]' brings it"
        ) from None
