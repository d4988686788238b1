"""Datasets of episodes for offline learning, written through Minari.

``python -m swiftlet.datasets hover --policy expert`` does the same from the shell.
"""

from __future__ import annotations

from .run import record

__all__ = ["record"]
