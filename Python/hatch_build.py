"""Names the wheel after the machines it is for, where it holds libraries; '.ci/wheel' puts them there."""

from __future__ import annotations

import pathlib
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class LibrariesHook(BuildHookInterface):  # type: ignore[type-arg]
    """No part of Python's own interface is used, so that one wheel serves every version of it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if (pathlib.Path(self.root) / "swiftlet" / "lib").is_dir():
            build_data["pure_python"] = False
            build_data["tag"] = "py3-none-linux_x86_64"
