"""Sweeps: one scenario flown many times, with other values each time, into one table.

Flights are shared among processes here, or among the machines of a Ray cluster; a sweep that was stopped goes on
where it was. ``python -m swiftlet.sweep FILE.yaml`` does the same from the shell.
"""

from __future__ import annotations

from .metrics import METRICS
from .points import Sampler
from .run import sweep

__all__ = ["METRICS", "Sampler", "sweep"]
