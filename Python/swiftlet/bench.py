"""How fast environments are from Python, beside the native rate: ``python -m swiftlet.bench``."""

from __future__ import annotations

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


def rate(step: Callable[[], Any], count: int, seconds: float = 1.0) -> float:
    """How many of ``count`` things a second a function does, the best of five runs."""
    step()
    best = 0.0
    for _ in range(5):
        done, start = 0, time.perf_counter()
        while time.perf_counter() - start < seconds / 5:
            for _ in range(10):
                step()
            done += 10 * count
        best = max(best, done / (time.perf_counter() - start))
    return best


def native(*words: str) -> float:
    """What the command says of environment steps a second."""
    output = subprocess.run(
        [program(), "bench", *words], check=True, capture_output=True, text=True
    ).stdout
    found = re.search(r"([\d.]+) (?:environment|drone-)?steps per CPU second", output)
    if found is None:
        raise RuntimeError(f"cannot find a rate in: {output}")
    return float(found[1])


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
    base = native("environments", "--count", str(count), "--steps", "300")
    print(f"native, {count} hover environments: {base:,.0f} steps/s")
    for name, step, number in (
        (f"VectorEnv, {count}", vector("hover", count), count),
        (f"VectorEnv, {count}, copy=False", vector("hover", count, copy=False), count),
        (f"a reward in NumPy, {count}", vector(OwnHover(), count), count),
    ):
        found = rate(step, number)
        print(f"{name}: {found:,.0f} steps/s, {100 * found / base:.0f} % of native")
    print(f"one environment: {rate(single(), 1):,.0f} steps/s")
    for steps in (1, 8):
        found = rate(simulation(1024, steps), 1024 * steps)
        print(f"Simulation, 1024 worlds, {steps} steps a call: {found:,.0f} drone steps/s")


if __name__ == "__main__":
    main()
