"""Threads, processes, signals and ends: whatever programs do to environments."""

from __future__ import annotations

import gc
import multiprocessing
import os
import pathlib
import signal
import subprocess
import sys
import threading
import time
from typing import Any

import gymnasium
import numpy as np
import pytest

import swiftlet


# A program that is started in the background may have been told to ignore it.
HEEDS_CTRL_C = "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"


def run(code: str, timeout: float = 60) -> subprocess.CompletedProcess[str]:
    """What a program in a process of its own does."""
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=timeout, check=False
    )


def test_one_environment_in_two_threads_is_an_error() -> None:
    envs = swiftlet.make_vec("hover", 8192)
    envs.reset(seed=0)
    found: list[str] = []
    together = threading.Barrier(2)

    def work() -> None:
        together.wait()
        for _ in range(40):
            try:
                envs.step(np.zeros((8192, 4), np.float32))
            except swiftlet.ThreadError as error:
                found.append(str(error))

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(found) == {"the handle of environments is being used in another thread"}
    envs.step(np.zeros((8192, 4), np.float32))


def test_environments_in_threads_of_their_own_work() -> None:
    results: dict[int, bytes] = {}

    def work(index: int) -> None:
        envs = swiftlet.make_vec("hover", 64, threads=1 + index % 2)
        envs.reset(seed=0)
        for _ in range(50):
            seen = envs.step(np.full((64, 4), 0.1, np.float32))[0]
        results[index] = seen.tobytes()

    threads = [threading.Thread(target=work, args=(index,)) for index in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 4
    assert len(set(results.values())) == 1


def _step_in_child(results: Any) -> None:
    env = gymnasium.make("swiftlet/Hover-v0")
    seen, _ = env.reset(seed=5)
    for _ in range(10):
        seen = env.step(np.zeros(4, np.float32))[0]
    results.put(seen.tobytes())


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_children_make_environments_of_their_own(method: str) -> None:
    # The parent has environments on several threads when it forks.
    envs = swiftlet.make_vec("hover", 1024, threads=2)
    envs.reset(seed=0)
    context = multiprocessing.get_context(method)
    results = context.Queue()
    children = [context.Process(target=_step_in_child, args=(results,)) for _ in range(2)]
    for child in children:
        child.start()
    seen = [results.get(timeout=60) for _ in children]
    for child in children:
        child.join(60)
        assert child.exitcode == 0
    env = gymnasium.make("swiftlet/Hover-v0")
    env.reset(seed=5)
    for _ in range(10):
        mine = env.step(np.zeros(4, np.float32))[0]
    assert seen == [mine.tobytes()] * 2
    envs.step(np.zeros((1024, 4), np.float32))


def _use_of_parents(envs: Any, results: Any) -> None:
    try:
        envs.step(np.zeros((1024, 4), np.float32))
    except swiftlet.ForkError as error:
        results.put(str(error))
    envs.close()
    del envs
    gc.collect()
    results.put("closed")


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_environments_of_the_parent_are_refused_after_a_fork() -> None:
    envs = swiftlet.make_vec("hover", 1024, threads=3)
    envs.reset(seed=0)
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    child = context.Process(target=_use_of_parents, args=(envs, results))
    child.start()
    assert results.get(timeout=60) == (
        "the handle of environments was created before this process was forked; "
        "create another here"
    )
    assert results.get(timeout=60) == "closed"
    child.join(60)
    assert child.exitcode == 0
    envs.step(np.zeros((1024, 4), np.float32))


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_gymnasium_spreads_single_environments_over_processes() -> None:
    envs = gymnasium.make_vec("swiftlet/Hover-v0", num_envs=2, vectorization_mode="async")
    native = gymnasium.make_vec("swiftlet/Hover-v0", num_envs=2)
    assert envs.reset(seed=3)[0].tobytes() == native.reset(seed=3)[0].tobytes()
    for _ in range(5):
        actions = np.full((2, 4), 0.1, np.float32)
        assert envs.step(actions)[0].tobytes() == native.step(actions)[0].tobytes()
    envs.close()


def test_an_interpreter_ends_with_live_environments() -> None:
    done = run(
        "import swiftlet, numpy as np\n"
        "envs = swiftlet.make_vec('hover', 1024, threads=3)\n"
        "envs.reset(seed=0)\n"
        "envs.step(np.zeros((1024, 4), np.float32))\n"
        "simulation = swiftlet.Simulation('cf2x', 10, threads=2)\n"
        "simulation.step(steps=10)\n"
        "print('end')\n"
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "end\n", "")


def test_an_interpreter_ends_while_a_thread_steps() -> None:
    done = run(
        "import swiftlet, threading, numpy as np, time\n"
        "envs = swiftlet.make_vec('hover', 1024, threads=2)\n"
        "envs.reset(seed=0)\n"
        "def work():\n"
        "    while True:\n"
        "        envs.step(np.zeros((1024, 4), np.float32))\n"
        "threading.Thread(target=work, daemon=True).start()\n"
        "time.sleep(0.5)\n"
        "print('end')\n"
    )
    assert (done.returncode, done.stdout) == (0, "end\n")


def test_ctrl_c_stops_a_long_step() -> None:
    child = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"{HEEDS_CTRL_C}import swiftlet\n"
            "simulation = swiftlet.Simulation('cf2x', 64, at=[[0, 0, 1000]])\n"
            "print('begin', flush=True)\n"
            "simulation.step(simulation.hover_rotor_speeds, steps=1_000_000_000)\n",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "begin\n"
    time.sleep(0.5)
    child.send_signal(signal.SIGINT)
    _, error = child.communicate(timeout=30)
    assert error.rstrip().endswith("KeyboardInterrupt")
    assert child.returncode in (1, -signal.SIGINT, 130)


def test_ctrl_c_stops_a_training_and_saves(tmp_path: pathlib.Path) -> None:
    folder = tmp_path / "run"
    child = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"{HEEDS_CTRL_C}import swiftlet\n"
            "def show(report):\n"
            "    print('begin', flush=True)\n"
            f"swiftlet.train('hover', {str(folder)!r}, target=None, progress=show)\n",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "begin\n"
    child.send_signal(signal.SIGINT)
    _, error = child.communicate(timeout=60)
    assert "stopped; go on with resume=True" in error
    assert (folder / "checkpoint.safetensors").exists()


def test_making_and_closing_does_not_leak() -> None:
    def resident() -> int:
        pages = pathlib.Path("/proc/self/statm").read_text(encoding="utf-8").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def cycle(count: int) -> None:
        for index in range(count):
            env = swiftlet.make("hover")
            env.reset(seed=index)
            env.step(np.zeros(4, np.float32))
            if index % 2:
                env.close()

    cycle(500)
    gc.collect()
    before = resident()
    cycle(5000)
    gc.collect()
    assert resident() - before < 16_000_000


def test_the_command_is_the_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "swiftlet", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip().startswith(swiftlet.__version__)


def test_a_library_that_is_missing_is_told() -> None:
    environment = {**os.environ, "SWIFTLET_LIBRARY": "/nowhere/libswiftlet.so"}
    done = subprocess.run(
        [sys.executable, "-c", "import swiftlet"],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "swiftlet.errors.LibraryError: SWIFTLET_LIBRARY is /nowhere/libswiftlet.so, "
        "and there is no such file"
    )


def test_data_files_that_are_missing_are_told() -> None:
    environment = {**os.environ, "SWIFTLET_ASSETS": "/nowhere"}
    done = subprocess.run(
        [sys.executable, "-c", "import swiftlet"],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert done.stderr.splitlines()[-1] == (
        "swiftlet.errors.FileError: SWIFTLET_ASSETS is /nowhere, "
        "but there is no folder Drones in it"
    )
