"""Flights in the formats of other programs: MCAP for Foxglove and rerun, Parquet for tables.

``python -m swiftlet.export RUN -o flight.mcap`` does the same from the shell.
"""

from __future__ import annotations

from .run import export

__all__ = ["export"]
