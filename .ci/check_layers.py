"""Fails where a module depends on one that is not below it, or has no layer.

A module depends on lower layers only. A new module gets its place here.
"""

import json
import subprocess
import sys

LAYERS = [
    {"CBulletSystem", "CLanes", "Plotting", "Randomness", "SwiftletAssets", "Workers"},
    {"CBullet", "CLearning", "CRendering", "Gym", "SpatialMath"},
    {"Geometry", "GymTesting", "Learning", "Recording"},
    {"Bullet", "Drone", "Rendering"},
    {"Control", "Simulation"},
    {"Tasks"},
    {"Pictures", "Training"},
    {"Scenario"},
    {"LiveView"},
    {"Swiftlet"},
    {"SwiftletCLI"},
]

# C stays behind one Swift module each.
SOLE_CLIENTS = {
    "CBulletSystem": "CBullet",
    "CBullet": "Bullet",
    "CLanes": "SpatialMath",
    "CLearning": "Learning",
    "CRendering": "Rendering",
}

RANKS = {module: rank for rank, layer in enumerate(LAYERS) for module in layer}


def rank(target):
    """The layer of a target; the examples stand on top, beside the command line."""
    if target["path"].startswith("Examples/"):
        return len(LAYERS) - 1
    return RANKS.get(target["name"])


def faults(target):
    """What is wrong with the dependencies of one target, a line each."""
    name, own = target["name"], rank(target)
    if own is None:
        yield f"{name} is in no layer: give it one in .ci/check_layers.py"
        return
    for dependency in target.get("target_dependencies", []):
        if RANKS.get(dependency, own) >= own:
            yield f"{name} depends on {dependency}, which is not below it"
        if SOLE_CLIENTS.get(dependency, name) != name:
            yield f"{name} depends on {dependency}, which is {SOLE_CLIENTS[dependency]}'s alone"


def main():
    description = subprocess.check_output(["swift", "package", "describe", "--type", "json"])
    targets = [
        target
        for target in json.loads(description)["targets"]
        if target["type"] != "test" and not target["path"].startswith("Tests/")
    ]
    lines = [line for target in targets for line in faults(target)]
    print("\n".join(lines) or f"Layers: {len(targets)} modules in order.")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
