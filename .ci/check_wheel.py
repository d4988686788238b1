"""Fails where the wheel does not work in an empty virtual environment, without Swift on the path.

    python3 .ci/check_wheel.py WHEEL [PYTHON...]

For every Python, or for this one where none is named. What is tried: the library of each generation that this
processor runs, which must all give the same bits; the beginning of Documentation/Python.md; the command.
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile

MEGABYTES = 60
SCENARIO = pathlib.Path("Examples/circle.yaml").resolve()
INSIDE = [
    "swiftlet/include/CSwiftlet.h", "swiftlet/share/swiftlet/Drones/cf2x.urdf",
    "swiftlet/lib/libFirmwareClock.so", "licenses/LICENSE", "licenses/LICENSE.Yams", "licenses/LICENSE.libbullet", "licenses/LICENSE.libicu",
    "licenses/LICENSE.swift",
]  # fmt: skip

GENERATIONS = """
import pathlib, swiftlet
from swiftlet import _processor
flags = _processor.flags(_processor._CPUINFO.read_text())
folder = pathlib.Path(swiftlet.__file__).parent
for generation in _processor.generations(flags):
    if (folder / f"lib/libswiftlet-{generation}.so").exists():
        print(folder / f"lib/libswiftlet-{generation}.so", folder / f"bin/swiftlet-{generation}")
"""

ROLLOUT = """
import hashlib, numpy, swiftlet
from swiftlet._library import library_path
sums = hashlib.sha256()
for task in ("hover", "formation", "navigation", "gate-racing"):
    envs = swiftlet.make_vec(task, num_envs=16, autoreset_mode="SameStep")
    seen, _ = envs.reset(seed=1)
    random = numpy.random.default_rng(1)
    for _ in range(100):
        sums.update(seen.tobytes())
        seen, *_ = envs.step(random.uniform(-1, 1, envs.action_space.shape).astype(numpy.float32))
print(library_path().name, sums.hexdigest())
"""

QUICK_START = """
import gymnasium
import swiftlet

env = gymnasium.make("swiftlet/Hover-v0")
envs = gymnasium.make_vec("swiftlet/Hover-v0", num_envs=64, autoreset_mode="SameStep", threads=2)
seen, _ = env.reset(seed=3)
many, _ = envs.reset(seed=3)
assert (many[0] == seen).all()
for _ in range(50):
    many, rewards, *_ = envs.step(envs.action_space.sample())
assert rewards.shape == (64,)
simulation = swiftlet.Simulation(["cf2x", "racer"], worlds=4)
pilots = swiftlet.Controllers(simulation, ["pid", "geometric"])
for _ in range(48):
    simulation.step(pilots.rotor_speeds(position=[0, 0, 1.5]), steps=5)
assert simulation.position.shape == (4, 2, 3)
policy = swiftlet.Policy.load("hover")
assert policy(many).shape == (64, 4)
"""


def run(*words, folder, **environment):
    """What a program says, run without anything else on the path."""
    outcome = subprocess.run(
        [str(word) for word in words], capture_output=True, text=True, cwd=folder,
        env={"PATH": "/nowhere", "HOME": str(folder), "LANG": "C.UTF-8", **environment},
    )  # fmt: skip
    if outcome.returncode != 0:
        sys.exit(f"error: {' '.join(map(str, words))}: exit code {outcome.returncode}\n{outcome.stderr}")
    return outcome.stdout


def check_content(wheel):
    size = wheel.stat().st_size / 1e6
    if size >= MEGABYTES:
        sys.exit(f"error: {wheel.name} has {size:.1f} MB; expected less than {MEGABYTES}")
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in INSIDE:
        if not any(name.endswith(wanted) for name in names):
            sys.exit(f"error: {wheel.name} has no {wanted}")
    print(f"{wheel.name}: {size:.1f} MB, {len(names)} files")


def check_generations(python, folder):
    """That all libraries and programs give the same bits, whichever the processor takes by itself."""
    hashes, flights = {}, set()
    for line in run(python, "-c", GENERATIONS, folder=folder).splitlines():
        library, program = line.split()
        name, digest = run(python, "-c", ROLLOUT, folder=folder, SWIFTLET_LIBRARY=library).split()
        hashes[name] = digest
        if pathlib.Path(program).exists():
            run(program, "fly", SCENARIO, "--quiet", "--out", name, folder=folder)
            flights.add((folder / name / "trajectory.csv").read_bytes())
    if not hashes or len(set(hashes.values())) != 1 or len(flights) != 1:
        sys.exit(f"error: the generations of {python} differ: {hashes}")
    taken = run(python, "-c", ROLLOUT, folder=folder).split()[0]
    if taken != next(iter(hashes)):
        sys.exit(f"error: {python} took {taken}; expected {next(iter(hashes))}")
    return taken, list(hashes)


def check(wheel, python):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        subprocess.run([python, "-m", "venv", folder / "venv"], check=True)
        own = folder / "venv/bin/python"
        subprocess.run(
            [own, "-m", "pip", "--quiet", "--disable-pip-version-check", "install", wheel], check=True
        )
        run(own, "-c", QUICK_START, folder=folder)
        taken, all_of_them = check_generations(own, folder)
        said = run(folder / "venv/bin/swiftlet", "fly", SCENARIO, "--out", "run", folder=folder)
        if "RMSE" not in said or not (folder / "run/replay.html").exists():
            sys.exit(f"error: the command flew no flight: {said}")
        version = run(own, "--version", folder=folder).strip()
    print(f"{version}: took {taken}; same bits by {', '.join(all_of_them)}")


def main():
    wheel, *pythons = sys.argv[1:]
    wheel = pathlib.Path(wheel).resolve()
    check_content(wheel)
    for python in pythons or [sys.executable]:
        check(wheel, python)


if __name__ == "__main__":
    os.environ.pop("SWIFTLET_LIBRARY", None)
    os.environ.pop("PYTHONPATH", None)
    main()
