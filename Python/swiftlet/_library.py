"""The library behind the package: where it is, and how its functions are called.

``CSwiftlet.h`` documents the functions, and is what their signatures are read from.
"""

from __future__ import annotations

import json
import os
import pathlib
import re
from typing import Any

import cffi

from ._processor import suited
from .errors import LibraryError, raise_for

ABI_VERSION = 1

_PACKAGE = pathlib.Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parents[1]


def library_path() -> pathlib.Path:
    """Where libswiftlet.so is: as SWIFTLET_LIBRARY says, in the wheel the one that
    suits the processor, or built in the checkout."""
    if given := os.environ.get("SWIFTLET_LIBRARY"):
        path = pathlib.Path(given)
        if not path.is_file():
            raise LibraryError(f"SWIFTLET_LIBRARY is {given}, and there is no such file")
        return path
    if path_in_wheel := suited(_PACKAGE / "lib", "libswiftlet-{}.so"):
        return path_in_wheel
    built = _CHECKOUT / ".build" / "release" / "libswiftlet.so"
    if built.is_file():
        return built
    raise LibraryError(
        "libswiftlet.so is not there: build it with 'make build' in the checkout, "
        "or name it in the environment variable SWIFTLET_LIBRARY"
    )


def _header_folder() -> pathlib.Path:
    for path in (_PACKAGE / "include", _CHECKOUT / "Sources" / "CSwiftlet" / "include"):
        if (path / "CSwiftlet.h").is_file():
            return path
    raise LibraryError("CSwiftlet.h is not there: it belongs beside the package")


def _declarations(name: str, seen: set[str]) -> str:
    """A header as cffi reads it: without directives, and its own headers where it includes them."""
    if name in seen:
        return ""
    seen.add(name)
    text = (_header_folder() / name).read_text(encoding="utf-8")
    text = re.sub(r"#ifdef __cplusplus\n.*?#endif\n", "", text, flags=re.DOTALL)
    lines = []
    for line in text.splitlines():
        if include := re.match(r'#include "(\w+\.h)"', line):
            lines.append(_declarations(include[1], seen))
        elif not line.startswith("#"):
            lines.append(line)
    return "\n".join(lines)


ffi = cffi.FFI()
ffi.cdef(_declarations("CSwiftlet.h", set()))
lib: Any = ffi.dlopen(str(library_path()))

if lib.swiftlet_abi_version() != ABI_VERSION:
    raise LibraryError(
        f"libswiftlet.so has version {lib.swiftlet_abi_version()} of the interface; "
        f"this package needs version {ABI_VERSION}"
    )


def version() -> str:
    """The version of the library, such as ``0.1.0``."""
    return _string(lib.swiftlet_version())


def check(status: int) -> None:
    """Raises what a call has said by its status, if it has not succeeded."""
    if status != lib.SWIFTLET_OK:
        raise_for(status, _string(lib.swiftlet_last_error()))


def text(function: Any, *arguments: Any) -> str:
    """What a function writes into a buffer of text, its last three parameters."""
    length = ffi.new("size_t *")
    check(function(*arguments, ffi.NULL, 0, length))
    buffer = ffi.new("char[]", length[0] + 1)
    check(function(*arguments, buffer, length[0] + 1, length))
    return _string(buffer)


def struct(name: str) -> Any:
    """A new struct that says its size."""
    value = ffi.new(f"{name} *")
    value.struct_size = ffi.sizeof(name)
    return value


def catalogue(kind: str) -> dict[str, str]:
    """The names of one kind of thing that come with Swiftlet, and a line about each.

    ``kind`` is tasks, models, effects, controllers, references, sensors or policies.
    """
    entries = json.loads(text(lib.swiftlet_catalogue, kind.encode()))
    return {entry["name"]: entry["summary"] for entry in entries}


def model(name: str) -> dict[str, Any]:
    """The numbers of a model that comes with Swiftlet, by the words of its file, in SI units.

    :raises ArgumentError: where there is none of that name, with the nearest name
    """
    numbers: dict[str, Any] = json.loads(text(lib.swiftlet_model, name.encode()))
    return numbers


def _string(pointer: Any) -> str:
    value = ffi.string(pointer)
    return value.decode() if isinstance(value, bytes) else str(value)
