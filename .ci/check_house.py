"""Fails where the sources break the rules of the house that a script can see.

Files stay under 300 lines and functions under 45 (about 25 is what they should have); every public
declaration has a doc comment; words that were given up do not come back. Prints how many public
declarations one 'import Swiftlet' brings.
"""

import pathlib
import re
import sys

LONGEST_FILE = 299
LONGEST_FUNCTION = 44
MOST_PUBLIC = 799

ROOTS = ["Assets", "Examples", "Sources", "Tests"]
ENDINGS = {".c", ".cpp", ".css", ".h", ".hpp", ".html", ".js", ".swift"}

# Names that were given up for words that readers know.
GIVEN_UP = re.compile(
    r"\b(Crew|Draughts|FrameArtist|FrameBooth|Guest|LoneObserver|Outbox|OwnEffects|PairedLanes|Rooms"
    r"|SingleLanes|Tableaux|Wish|flyApart)\b"
)

ATTRIBUTES = r"\s*(?:@\w+(?:\([^)]*\))?\s+)*"
MODIFIERS = (
    r"(?:(?:public|package|private|fileprivate|static|mutating|final|nonisolated|consuming|borrowing)\s+)*"
)
FUNCTION = re.compile(ATTRIBUTES + MODIFIERS + r"(func\s|init[?!<(]|deinit\b|subscript[<(])")
PUBLIC = re.compile(ATTRIBUTES + r"(public|open)\s+(?!import\b|extension\b|private\(set\)\s+import)")
NAME = re.compile(r"(?:\b(?:func|let|var|case|typealias)\s+(\S+?)|(init|subscript))(?=[\s<(:?!,]|$)")
EXPORT = re.compile(r"^@_exported public import (\w+)", re.MULTILINE)


def length(lines, start):
    """The number of lines of the declaration that begins at a line, as the formatter lays it out."""
    indent = re.match(r"\s*", lines[start]).group()
    for end in range(start + 1, len(lines)):
        if lines[end].startswith(indent + "}"):
            return end - start + 1
        if lines[end].strip() and not lines[end].startswith((indent + " ", indent + ")")):
            break
    return 1


def requirements(files):
    """The names that protocols ask for, whose documentation holds for what answers them."""
    names = {"description", "encode", "endIndex", "hash", "rawValue", "startIndex", "==", "<"}
    for file in files:
        lines = file.read_text(encoding="utf-8").splitlines()
        for start in (i for i, line in enumerate(lines) if re.search(r"\bprotocol \w+.*{$", line)):
            body = lines[start + 1 : start + length(lines, start)]
            names |= {name(line) for line in body if NAME.search(line)}
    return names


def name(line):
    """What a declaration declares."""
    match = NAME.search(line)
    return match and (match[1] or match[2])


def is_documented(lines, index):
    """Whether a doc comment stands above a line, attributes between them left aside."""
    while index > 0 and lines[index - 1].strip().startswith("@"):
        index -= 1
    return index > 0 and lines[index - 1].strip().startswith("///")


def faults(path, requirements):
    """What is wrong in one file, a line each."""
    lines = path.read_text(encoding="utf-8").splitlines()
    if len(lines) > LONGEST_FILE:
        yield f"{path}: {len(lines)} lines, which is more than {LONGEST_FILE}"
    for index, line in enumerate(lines):
        place = f"{path}:{index + 1}"
        if word := GIVEN_UP.search(line):
            yield f"{place}: '{word.group()}' was given up for a plainer word"
        if path.suffix != ".swift":
            continue
        if FUNCTION.match(line) and (count := length(lines, index)) > LONGEST_FUNCTION:
            yield f"{place}: a function of {count} lines, which is more than {LONGEST_FUNCTION}"
        is_bare = PUBLIC.match(line) and not is_documented(lines, index)
        if path.parts[0] == "Sources" and is_bare and name(line) not in requirements:
            yield f"{place}: no doc comment: {line.strip()}"


def public_count():
    """How many public declarations come with 'import Swiftlet'."""
    exports = EXPORT.findall(pathlib.Path("Sources/Swiftlet/Exports.swift").read_text())
    folders = [pathlib.Path("Sources", module) for module in exports]
    files = [file for folder in folders for file in folder.rglob("*.swift")]
    return sum(bool(PUBLIC.match(line)) for file in files for line in file.open(encoding="utf-8"))


def main():
    files = [
        file
        for root in ROOTS
        for file in sorted(pathlib.Path(root).rglob("*"))
        if file.suffix in ENDINGS
    ]
    required = requirements(file for file in files if file.suffix == ".swift")
    lines = [line for file in files for line in faults(file, required)]
    public = public_count()
    if public > MOST_PUBLIC:
        lines.append(f"{public} public declarations, which is more than {MOST_PUBLIC}")
    print("\n".join(lines) or f"House: {len(files)} files; {public} public declarations.")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
