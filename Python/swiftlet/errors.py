"""What goes wrong, and how it is raised."""

from __future__ import annotations

from typing import NoReturn


class SwiftletError(Exception):
    """Anything that Swiftlet refuses; the message says what was wrong and what was expected."""


class ArgumentError(SwiftletError, ValueError):
    """An argument is wrong: its type, shape, range or name."""


class ClosedError(SwiftletError, RuntimeError):
    """Something was used after it was closed."""


class ThreadError(SwiftletError, RuntimeError):
    """One environment or simulation was used in two threads at once."""


class ForkError(SwiftletError, RuntimeError):
    """Something from before a fork was used in the child process, where it has no threads."""


class OrderError(SwiftletError, RuntimeError):
    """A call did not come at its time, such as a step before the first reset."""


class FileError(SwiftletError, OSError):
    """A file cannot be read or written."""


class DivergenceError(SwiftletError, ArithmeticError):
    """A number of the simulation became infinite or not a number."""


class LibraryError(SwiftletError, ImportError):
    """The library libswiftlet.so is missing, or of another version."""


# By the statuses of CSwiftlet.h.
_CLASSES: dict[int, type[SwiftletError]] = {
    1: ArgumentError,
    2: ClosedError,
    3: ThreadError,
    4: ForkError,
    5: OrderError,
    6: FileError,
    7: DivergenceError,
}


def raise_for(status: int, sentence: str) -> NoReturn:
    """Raises the exception of a status with its sentence."""
    raise _CLASSES.get(status, SwiftletError)(sentence)
