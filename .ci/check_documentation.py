"""Fails where a program in the documentation does not compile as a user's package would compile it.

The Swift blocks of a page are one program, from top to bottom. They are compiled against the modules
of the last release build; a block that begins with '// Package.swift' is a manifest and left out.

It also fails where CONTRIBUTING.md names a function that is not in the file that it gives.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

PAGES = [*sorted(pathlib.Path("Documentation").glob("Adding*.md")), pathlib.Path("README.md")]
BLOCK = re.compile(r"^```swift\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FUNCTION = re.compile(r"^ *\d+\. `([\w.]+)` \(([\w/+.]+)\)", re.MULTILINE)
BUILD = pathlib.Path(".build")


def program(page):
    """The program of a page, each line on the line that it has in the page."""
    text = page.read_text(encoding="utf-8")
    lines = [""] * text.count("\n")
    for block in BLOCK.finditer(text):
        if not block[1].startswith("// Package.swift"):
            start = text.count("\n", 0, block.start(1))
            code = block[1].splitlines()
            lines[start : start + len(code)] = code
    return "\n".join(lines).rstrip() + "\n"


def lost_functions():
    """The functions in the lists of CONTRIBUTING.md that are not where they are said to be."""
    text = pathlib.Path("CONTRIBUTING.md").read_text(encoding="utf-8")
    for name, file in FUNCTION.findall(text):
        path = pathlib.Path("Sources", file)
        function = name.split(".")[-1]
        pattern = rf"\b(func )?{function}\b *[(<]"
        if not path.exists() or not re.search(pattern, path.read_text(encoding="utf-8")):
            yield f"CONTRIBUTING.md: there is no {name} in {path}"


def c_options():
    """Where the C modules are, as the build itself was told."""
    plan = (BUILD / "release.yaml").read_text(encoding="utf-8")
    return sorted(set(re.findall(r'"(-fmodule-map-file=[^"]+)"', plan)))


def faults(page, folder):
    """What the compiler says about the program of one page."""
    code = program(page)
    if not code.strip():
        return ""
    source = pathlib.Path(folder, page.stem, "main.swift")
    source.parent.mkdir()
    source.write_text(code, encoding="utf-8")
    command = ["swiftc", "-typecheck", "-swift-version", "6", "-warnings-as-errors"]
    command += ["-I", str(BUILD / "release/Modules")]
    for option in c_options():
        command += ["-Xcc", option]
    result = subprocess.run([*command, str(source)], capture_output=True, text=True, check=False)
    return result.stderr.replace(str(source), str(page)) if result.returncode else ""


def main():
    with tempfile.TemporaryDirectory() as folder:
        found = [text for page in PAGES if (text := faults(page, folder))]
    found += lost_functions()
    print("\n".join(found) or f"Documentation: the programs of {len(PAGES)} pages compile.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
