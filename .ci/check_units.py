"""Fails where a physical property's doc comment does not end with its unit, such as [m/s] or [–].

A physical property is a stored one, seen outside its module, whose type holds numbers of
floating point. The arguments are folders of sources; those that do not exist are skipped.
"""

import pathlib
import re
import sys

NUMBERS = r"(Double|Float|S|Scalar|Vector<.+>|SIMD\d+<.+>|(Closed)?Range<.+>|InlineArray<.+>)"
PROPERTY = re.compile(
    r"\s*(@\w+(\(.*?\))? )*(public|package) (private\(set\) )?(static )?(let|var) "
    rf"(?P<names>\w+(, \w+)*): \[?{NUMBERS}\]?\??( = .*)?$"
)
UNIT = re.compile(r"\[[^\[\]]+\]$")


def documentation(lines, index):
    """The doc comment above a line, attributes between them left aside."""
    found = []
    for line in reversed(lines[:index]):
        text = line.strip()
        if text.startswith("///"):
            found.insert(0, text.removeprefix("///").strip())
        elif not text.startswith("@"):
            break
    return " ".join(found)


def faults(path):
    """The properties of one file that lack a unit, a line each."""
    lines = path.read_text(encoding="utf-8").splitlines()
    for index, line in enumerate(lines):
        match = PROPERTY.match(line)
        if match and not UNIT.search(documentation(lines, index)):
            yield f"{path}:{index + 1}: {match['names']}: its doc comment ends with no [unit]"


def main():
    files = [file for root in sys.argv[1:] for file in sorted(pathlib.Path(root).rglob("*.swift"))]
    lines = [line for file in files for line in faults(file)]
    print("\n".join(lines) or f"Units: {len(files)} files say theirs.")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
