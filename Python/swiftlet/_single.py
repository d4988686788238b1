"""What one environment can do, whatever interface it has."""

from __future__ import annotations

import pathlib
from typing import Any

from ._batch import Batch, Snapshot
from ._view import EpisodeView
from .errors import ClosedError


class SingleEnvironment:
    """Shows, keeps and closes a batch of one environment."""

    render_mode: str | None
    _batch: Batch
    _view: EpisodeView

    def render(self) -> Any:
        """With ``rgb_array`` the image of now from outside, (480, 640, 3) bytes of red, green and blue."""
        if self.render_mode is None:
            return None
        self._check_is_open()
        return self._view.image()

    @property
    def replay_page(self) -> pathlib.Path | None:
        """With ``human`` the page that plays the last episode, if one has ended."""
        return self._view.page

    def snapshot(self) -> Snapshot:
        """All that the future of the environment depends on."""
        self._check_is_open()
        return self._batch.snapshot()

    def restore(self, snapshot: Snapshot) -> None:
        """Goes back to a snapshot of this environment, or of one made alike."""
        self._check_is_open()
        self._batch.restore(snapshot)

    def close(self) -> None:
        """Lets go of what it holds; closing twice does nothing."""
        if self._batch.close.alive:
            self._view.finish()
        self._batch.close()

    def _check_is_open(self) -> None:
        if not self._batch.close.alive:
            raise ClosedError("the environment is closed")
