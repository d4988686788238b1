"""Which of the files of a wheel suits the processor.

A wheel has the library and the program for several generations of x86-64, as the ABI of the processor
names them (https://gitlab.com/x86-psABIs/x86-64-ABI). All give the same bits; later ones are faster.
"""

from __future__ import annotations

import pathlib
import re
from collections.abc import Set

_CPUINFO = pathlib.Path("/proc/cpuinfo")

# What each needs beside what the ones before it need, as Linux calls it.
_NEEDS = {
    "x86-64": frozenset[str](),
    "x86-64-v2": frozenset("cx16 lahf_lm popcnt pni sse4_1 sse4_2 ssse3".split()),
    "x86-64-v3": frozenset("abm avx avx2 bmi1 bmi2 f16c fma movbe xsave".split()),
    "x86-64-v4": frozenset("avx512bw avx512cd avx512dq avx512f avx512vl".split()),
}


def flags(cpuinfo: str) -> Set[str]:
    """What the processor can do, from the text of ``/proc/cpuinfo``."""
    found = re.search(r"^flags\s*:(.*)$", cpuinfo, re.MULTILINE)
    return frozenset(found[1].split()) if found else frozenset()


def generations(flags: Set[str]) -> list[str]:
    """The generations whose programs a processor with these flags runs, the latest first."""
    fit: list[str] = []
    for name, needs in _NEEDS.items():
        if not needs <= flags:
            break
        fit.insert(0, name)
    return fit


def suited(folder: pathlib.Path, name: str) -> pathlib.Path | None:
    """The file of the latest generation that the processor runs, such as ``libswiftlet-x86-64-v3.so`` for
    the name ``libswiftlet-{}.so``; ``None`` where there is none, as in a checkout."""
    if not folder.is_dir():
        return None
    text = _CPUINFO.read_text(encoding="utf-8") if _CPUINFO.is_file() else ""
    paths = (folder / name.format(generation) for generation in generations(flags(text)))
    return next((path for path in paths if path.is_file()), None)
