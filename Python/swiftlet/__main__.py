"""The command ``swiftlet``: the program that comes with the package."""

from __future__ import annotations

import os
import pathlib
import sys

from ._processor import suited

_PACKAGE = pathlib.Path(__file__).resolve().parent


def program() -> pathlib.Path:
    """Where the program is: in the wheel, or built in the checkout."""
    if path_in_wheel := suited(_PACKAGE / "bin", "swiftlet-{}"):
        return path_in_wheel
    built = _PACKAGE.parents[1] / ".build" / "release" / "swiftlet"
    if built.is_file():
        return built
    sys.exit("the program is not there: build it with 'make build' in the checkout")


def main() -> None:
    """Becomes the program."""
    path = program()
    os.execv(path, [str(path), *sys.argv[1:]])


if __name__ == "__main__":
    main()
