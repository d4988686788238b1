"""What people see of an environment: images, and a page that plays an episode."""

from __future__ import annotations

import os
import pathlib
import sys
import tempfile
import webbrowser
from typing import Any

from ._batch import Batch
from .errors import ArgumentError

IMAGE_SIZE = (640, 480)


def check_render_mode(mode: str | None, modes: list[str]) -> None:
    """Refuses a render mode that there is not."""
    if mode is not None and mode not in modes:
        raise ArgumentError(f"render_mode is {mode!r}; expected None or one of {modes}")


class EpisodeView:
    """Shows the first environment of a batch as a render mode says.

    With ``human``, each episode becomes a page that plays it, when it ends or the environment is closed; a
    browser is asked to open the first, where there is a screen.
    """

    modes = ["rgb_array", "human"]

    def __init__(self, batch: Batch, mode: str | None) -> None:
        check_render_mode(mode, self.modes)
        self._batch, self._mode = batch, mode
        self._steps = 0
        self.page: pathlib.Path | None = None
        """The page of the last episode, where there is one."""
        if mode == "human":
            self._folder = pathlib.Path(tempfile.mkdtemp(prefix="swiftlet-"))
            batch.record(0)

    def image(self) -> Any:
        """An image of now, (480, 640, 3) bytes of red, green and blue; ``None`` in other modes."""
        return self._batch.render(0, *IMAGE_SIZE) if self._mode == "rgb_array" else None

    def begin(self) -> None:
        """Takes note of a reset."""
        self.finish()

    def step(self, is_over: bool) -> None:
        """Takes note of a step."""
        self._steps += 1
        if is_over:
            self.finish()

    def finish(self) -> None:
        """Writes the page of the episode under way."""
        if self._mode != "human" or self._steps == 0:
            return
        self._steps = 0
        is_first = self.page is None
        with tempfile.TemporaryDirectory() as scratch:
            self._batch.write_episode(pathlib.Path(scratch) / "episode")
            page = pathlib.Path(scratch) / "episode" / "replay.html"
            self.page = self._folder / "replay.html"
            self.page.write_bytes(page.read_bytes())
        if is_first and has_screen():
            webbrowser.open(self.page.as_uri())


def has_screen() -> bool:
    """Whether there is a screen to open a browser on."""
    return sys.platform == "darwin" or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
