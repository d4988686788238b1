"""Binds the few symbols of shared objects that need a newer system than the wheel is for to older versions of them.

    python3 .ci/bind_older_symbols.py FILE...

Swift's runtime is built where `hypot` and waiting for a condition variable come in the versions of glibc 2.35 and of
GCC 12. Both have been there for long, and older versions of them still are: they differ in whether `errno` is set,
and in whether a waiting thread may be cancelled. What a file needs is written in its table of versions (LSB Core
Generic, "Symbol Versioning"), where this writes another one. A symbol that is not listed here is an error.
"""

import struct
import sys

from elftools.elf.elffile import ELFFile

# By library and version: the older version, and the symbols that are the same by it.
OLDER = {
    ("libm.so.6", "GLIBC_2.35"): ("GLIBC_2.2.5", {"hypot", "hypotf"}),
    ("libstdc++.so.6", "GLIBCXX_3.4.30"): (
        "GLIBCXX_3.4.11",
        {"_ZNSt18condition_variable4waitERSt11unique_lockISt5mutexE"},
    ),
}

AUXILIARY = struct.Struct("<IHHII")  # of a version that is needed: hash, flags, index, name, next


def elf_hash(name):
    """The hash of a version's name that the dynamic linker compares first."""
    value = 0
    for byte in name.encode():
        value = (value << 4) + byte
        value = (value ^ (value >> 24 & 0xF0)) & 0x0FFFFFFF
    return value


def symbols_of(elf, index):
    """The names of the symbols that are bound to the version of an index."""
    versions = elf.get_section_by_name(".gnu.version")
    symbols = elf.get_section_by_name(".dynsym")
    return {
        symbols.get_symbol(place).name
        for place in range(versions.num_symbols())
        if versions.get_symbol(place)["ndx"] == index
    }


def needed(elf):
    """What versions are needed: the library, the version, its index, and where in the file that stands."""
    section = elf.get_section_by_name(".gnu.version_r")
    if section is None:
        return
    offset = section["sh_offset"]
    for need, auxiliaries in section.iter_versions():
        place = offset + need["vn_aux"]
        for auxiliary in auxiliaries:
            yield need.name, auxiliary.name, auxiliary["vna_other"], place
            place += auxiliary["vna_next"]
        offset += need["vn_next"]


def bind(path):
    with open(path, "r+b") as file:
        elf = ELFFile(file)
        changes = []
        for library, version, index, place in needed(elf):
            if (library, version) not in OLDER:
                continue
            older, known = OLDER[library, version]
            symbols = symbols_of(elf, index)
            if unknown := symbols - known:
                sys.exit(f"error: {path} needs {version} for {', '.join(sorted(unknown))}")
            name = elf.get_section_by_name(".dynstr").data().find(older.encode() + b"\0")
            if name < 0:
                sys.exit(f"error: {path} has nothing of version {older}, so its name is not in the file")
            changes.append((place, older, name))
            print(f"{path}: {', '.join(sorted(symbols))} of {older} in the place of {version}")
        for place, older, name in changes:
            file.seek(place)
            _, flags, index, _, following = AUXILIARY.unpack(file.read(AUXILIARY.size))
            file.seek(place)
            file.write(AUXILIARY.pack(elf_hash(older), flags, index, name, following))


if __name__ == "__main__":
    for path in sys.argv[1:]:
        bind(path)
