"""The command ``swiftlet``: the program that comes with the package."""

from __future__ import annotations

import importlib
import os
import pathlib
import subprocess
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


# The commands that are written in Python, and their modules.
_COMMANDS = {
    "sweep": "swiftlet.sweep.__main__",
    "export": "swiftlet.export.__main__",
    "record": "swiftlet.datasets.__main__",
}
# What the program's own command 'export' does not write.
_EXPORTED = (".mcap", ".parquet")
_HELP = """
COMMANDS OF THE PYTHON PACKAGE:
  sweep                   Fly a scenario many times, into one table.
  record                  Record episodes of a task as a Minari dataset.
  export RUN -o FILE      Write a flight as .mcap or .parquet.
"""


def _module(words: list[str]) -> str | None:
    """The module that answers a command, or ``None`` where the program does."""
    if words[:1] == ["export"] and not any(word.endswith(_EXPORTED) for word in words):
        return None
    return _COMMANDS.get(words[0]) if words else None


def main() -> None:
    """Becomes the program, but for commands that are written in Python: sweep, record, and export of flights."""
    if module := _module(sys.argv[1:]):
        sys.exit(importlib.import_module(module).main(sys.argv[2:]))
    path = program()
    if sys.argv[1:] in ([], ["help"], ["-h"], ["--help"]):
        done = subprocess.run([path, *sys.argv[1:]], check=False)
        print(_HELP, end="")
        sys.exit(done.returncode)
    os.execv(path, [str(path), *sys.argv[1:]])


if __name__ == "__main__":
    main()
