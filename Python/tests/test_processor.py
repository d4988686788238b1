"""Which files of a wheel are taken."""

from __future__ import annotations

import pathlib

import pytest

from swiftlet import _processor

NEHALEM = "fpu sse2 pni ssse3 cx16 sse4_1 sse4_2 popcnt lahf_lm"
HASWELL = f"{NEHALEM} fma movbe xsave avx f16c abm bmi1 avx2 bmi2"
SKYLAKE_SERVER = f"{HASWELL} avx512f avx512dq avx512cd avx512bw avx512vl"


def generations(words: str) -> list[str]:
    return _processor.generations(frozenset(words.split()))


def test_processors_run_what_was_built_for_their_generation_and_earlier_ones() -> None:
    assert generations("fpu sse2") == ["x86-64"]
    assert generations(NEHALEM) == ["x86-64-v2", "x86-64"]
    assert generations(HASWELL) == ["x86-64-v3", "x86-64-v2", "x86-64"]
    assert generations(SKYLAKE_SERVER)[0] == "x86-64-v4"


def test_a_generation_lacks_nothing() -> None:
    for word in SKYLAKE_SERVER.split()[2:]:
        without = " ".join(other for other in SKYLAKE_SERVER.split() if other != word)
        assert generations(without)[0] != "x86-64-v4", word
    assert generations("fpu avx512f avx512dq avx512cd avx512bw avx512vl") == ["x86-64"]


def test_flags_are_read_from_what_linux_says() -> None:
    text = "processor\t: 0\nmodel name\t: A flags: B\nflags\t\t: fpu sse2 avx2\nbugs\t\t: fma\n"
    assert _processor.flags(text) == {"fpu", "sse2", "avx2"}
    assert _processor.flags("processor : 0\n") == frozenset()


def test_the_latest_file_that_is_there_is_taken(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cpuinfo = tmp_path / "cpuinfo"
    monkeypatch.setattr(_processor, "_CPUINFO", cpuinfo)
    folder = tmp_path / "lib"
    assert _processor.suited(folder, "lib-{}.so") is None
    folder.mkdir()
    assert _processor.suited(folder, "lib-{}.so") is None
    for name in ("lib-x86-64.so", "lib-x86-64-v3.so", "lib-x86-64-v4.so"):
        (folder / name).touch()

    assert _processor.suited(folder, "lib-{}.so") == folder / "lib-x86-64.so"
    for words, name in [
        (NEHALEM, "lib-x86-64.so"),
        (HASWELL, "lib-x86-64-v3.so"),
        (SKYLAKE_SERVER, "lib-x86-64-v4.so"),
    ]:
        cpuinfo.write_text(f"flags\t\t: {words}\n", encoding="utf-8")
        assert _processor.suited(folder, "lib-{}.so") == folder / name
