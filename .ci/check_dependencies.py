"""Fails where a target leaves out what its imports export, or reaches C past its one client.

That a module depends on lower layers only, Package.swift itself makes sure of.
"""

import json
import pathlib
import re
import subprocess
import sys

# C stays behind one Swift module each.
SOLE_CLIENTS = {
    "CBulletSystem": "CBullet",
    "CBullet": "Bullet",
    "CLanes": "SpatialMath",
    "CLearning": "Learning",
    "CRendering": "Rendering",
}

EXPORT = re.compile(r"^@_exported (?:public )?import (\w+)", re.MULTILINE)


def exports(target):
    """The modules that come with an import of a target."""
    for path in pathlib.Path(target["path"]).rglob("*.swift"):
        yield from EXPORT.findall(path.read_text(encoding="utf-8"))


def faults(target, exported):
    """What is wrong with the dependencies of one target, a line each."""
    name, declared = target["name"], target.get("target_dependencies", [])
    for dependency in declared:
        if SOLE_CLIENTS.get(dependency, name) != name:
            yield f"{name} depends on {dependency}, which is {SOLE_CLIENTS[dependency]}'s alone"
        # SwiftPM does not compile a target anew when a module changes that it does not declare.
        for module in sorted(exported[dependency] - set(declared)):
            yield f"{name} does not declare {module}, which {dependency} exports"


def main():
    description = subprocess.check_output(["swift", "package", "describe", "--type", "json"])
    targets = json.loads(description)["targets"]
    exported = {target["name"]: set(exports(target)) for target in targets}
    lines = [line for target in targets for line in faults(target, exported)]
    print("\n".join(lines) or f"Dependencies: {len(targets)} targets declare theirs.")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
