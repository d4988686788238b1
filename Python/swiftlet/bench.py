"""How fast environments are from Python, beside the native rate: ``python -m swiftlet.bench``."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from .__main__ import program
from .registration import make, make_vec
from .simulation import Simulation
from .task import States, Task


class OwnHover(Task):
    """Hover with a reward in NumPy."""

    def reward(self, states: States) -> npt.ArrayLike:
        error = states.position - states.goal_position
        squared = np.einsum("...i,...i->...", error, error)
        gained: npt.ArrayLike = np.maximum(0, 2 - squared * squared)
        return gained


def rate(step: Callable[[], Any], count: int, seconds: float = 2.0) -> float:
    """How many of ``count`` things a second of processor time a function does, the median of five runs."""
    step()
    rates = []
    for _ in range(5):
        done, start = 0, time.process_time()
        while time.process_time() - start < seconds / 5:
            for _ in range(10):
                step()
            done += 10 * count
        rates.append(done / (time.process_time() - start))
    return sorted(rates)[2]


def command(*words: str) -> str:
    """What ``swiftlet bench`` says."""
    return subprocess.run(
        [program(), "bench", *words], check=True, capture_output=True, text=True
    ).stdout


def native_environments(count: int) -> float:
    """Steps of hover environments a second of processor time, without Python."""
    output = command("environments", "--count", str(count), "--steps", "300")
    found = re.match(r"(\d+) environment steps per CPU second", output)
    if found is None:
        raise RuntimeError(f"there is no rate in: {output}")
    return float(found[1])


def native_physics(steps: int) -> float:
    """Drone-steps of 1,024 worlds with a drone each a second of processor time, without Python."""
    case = "1024x1 effects far 1 thread"
    output = command("physics", "--only", case, "--steps", str(steps), "--json")
    results = json.loads(output)["results"]
    return float(next(r["perCPUSecond"] for r in results if not r["bench"]["isSingle"]))


def vector(task: str | Task, count: int, **settings: Any) -> Callable[[], Any]:
    """A step of many environments with actions drawn beforehand."""
    envs = make_vec(task, count, autoreset_mode="SameStep", **settings)
    envs.reset(seed=0)
    random = np.random.default_rng(0)
    actions = random.uniform(-1, 1, (32, *envs.action_space.shape)).astype(np.float32)
    state = {"step": 0}

    def step() -> None:
        state["step"] += 1
        envs.step(actions[state["step"] % 32])

    return step


def single() -> Callable[[], Any]:
    """A step of one environment."""
    env = make("hover")
    env.reset(seed=0)
    action = np.zeros(4, np.float32)

    def step() -> None:
        _, _, terminated, truncated, _ = env.step(action)
        if terminated or truncated:
            env.reset()

    return step


def simulation(worlds: int, steps: int) -> Callable[[], Any]:
    """Some physics steps of many worlds with a drone each, at the speed of hovering."""
    simulated = Simulation("cf2x", worlds, at=[[0, 0, 100]])
    speeds = simulated.hover_rotor_speeds
    return lambda: simulated.step(speeds, steps)


def main() -> None:
    """Prints the rates, a line each."""
    count = 4096
    base = native_environments(count)
    print(f"native, {count} hover environments: {base:,.0f} steps/s")
    for name, step in (
        ("make_vec", vector("hover", count)),
        ("make_vec, copy=False", vector("hover", count, copy=False)),
        ("a reward in NumPy", vector(OwnHover(), count)),
    ):
        found = rate(step, count)
        print(f"  {name}: {found:,.0f} steps/s, {100 * found / base:.0f} %")
    print(f"one environment, make: {rate(single(), 1):,.0f} steps/s")
    for steps in (1, 5, 24):
        base = native_physics(steps)
        found = rate(simulation(1024, steps), 1024 * steps)
        print(f"native, 1024 worlds, {steps} steps a call: {base:,.0f} drone-steps/s")
        print(f"  Simulation.step: {found:,.0f}, {100 * found / base:.0f} %")


if __name__ == "__main__":
    main()
