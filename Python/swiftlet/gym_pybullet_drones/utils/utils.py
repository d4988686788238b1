"""The wall clock, and truth values on the command line."""

from __future__ import annotations

import argparse
import time

_YES = ("yes", "true", "t", "y", "1")
_NO = ("no", "false", "f", "n", "0")


def sync(i: int, start_time: float, timestep: float) -> None:
    """Waits, where a loop runs ahead of the wall clock; looks 24 times a second.

    :param i: which step of the loop this is
    :param start_time: ``time.time()`` as it was at the start [s]
    :param timestep: how long a step is to take [s]
    """
    if timestep > 0.04 or i % int(1 / (24 * timestep)) == 0:
        ahead = i * timestep - (time.time() - start_time)
        if ahead > 0:
            time.sleep(ahead)


def str2bool(val: bool | str) -> bool:
    """A truth value from a word.

    :raises argparse.ArgumentTypeError: where the word is none of those that are known
    """
    if isinstance(val, bool):
        return val
    if val.lower() in _YES:
        return True
    if val.lower() in _NO:
        return False
    raise argparse.ArgumentTypeError(f"{val!r} is no truth value; expected one of {_YES + _NO}")
