"""Runs the programs of a page of the documentation, from top to bottom.

    python pages.py PAGE

Blocks of Python share their variables; blocks of the shell run one by one. Blocks of another kind are not run.
"""

from __future__ import annotations

import os
import pathlib
import re
import subprocess
import sys
from typing import Any

BLOCK = re.compile(r"^```(python|sh)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def main(page: pathlib.Path) -> None:
    """Runs a page in the current folder."""
    text = page.read_text(encoding="utf-8")
    blocks = list(BLOCK.finditer(text))
    assert blocks, f"{page}: has no program"
    # The commands of this Python come first.
    os.environ["PATH"] = f"{pathlib.Path(sys.executable).parent}:{os.environ['PATH']}"
    names: dict[str, Any] = {"__name__": "page"}
    for block in blocks:
        line = text.count("\n", 0, block.start(2))
        if block[1] == "sh":
            subprocess.run(["bash", "-euo", "pipefail", "-c", block[2]], check=True)
        else:
            # Lines as the page has them, for what goes wrong.
            exec(compile("\n" * line + block[2], page, "exec"), names)  # noqa: S102
    print(f"{page.name}: {len(blocks)} programs ran")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
