"""What policies are worth on the craft that they are meant for: one that learned on the model that real flights
tell, one that learned there with its constants spread, and one that learned on gym-pybullet-drones' Crazyflie, each
flown on a hundred craft drawn from the spreads of the constants (Documentation/Truth.md).

    python policy_transfer.py trajectory
    python policy_transfer.py hover --draws 20 --steps 500000
"""

# %% What is not known of a craft
import argparse
import pathlib
import tempfile
from typing import Any

import numpy as np

import swiftlet

# The standard deviations of the constants of cf2x_phoenix_2021_12, over their values.
SPREADS = {
    "motors": 0.012,  # thrust over mass
    "inertia": 0.02,  # torque over inertia
    "rotor_lag": 0.043,
    "dead_time": 1.0,
    "speed_moment": 0.046,
    "rate_damping": 0.45,
    "rotor_torque": 0.13,
    "rotor_inertia": 0.034,
    "drag": 0.3,
}
# The noise is known as 2.5 to 3 rad/s².
NOISE = (1.0, 1.2)
# Trim, a constant torque that differs from flight to flight, as rotors that differ by so much would make it.
TRIM = 0.02
# What Assets/Policies were trained with, beyond the targets of the tasks.
LEARNING = {
    "hover": {
        "seed": 2,
        "steps": 4_000_000,
        "environments": 64,
        "target": None,
        "discount": 0.98,
        "horizon": 240,
        "minibatchCount": 32,
    },
    "trajectory": {"seed": 1, "steps": 1_500_000, "target": None},
}
NEAR = 0.1  # m, at the end


def draw(random: np.random.Generator, trim: float = 0.0) -> dict[str, list[float]]:
    """The factors of one craft, as keys of ``randomisation``."""
    factors = {key: max(0.0, random.normal(1, spread)) for key, spread in SPREADS.items()}
    factors["torque_noise"] = random.uniform(*NOISE)
    ranges = {key: [factor, factor] for key, factor in factors.items()}
    ranges["motors"] = [(1 - trim) * factors["motors"], (1 + trim) * factors["motors"]]
    return ranges


def spread() -> dict[str, list[float]]:
    """What a policy learns on that is to bear the spreads: two deviations to either side, and trim."""
    ranges = {key: [max(0.0, 1 - 2 * s), 1 + 2 * s] for key, s in SPREADS.items()}
    ranges["motors"] = [1 - TRIM - 0.024, 1 + TRIM + 0.024]
    ranges["torque_noise"] = list(NOISE)
    return ranges


class Distance(swiftlet.Task):
    """A task whose reward is how far the drone is from its goal. [m]"""

    def __init__(self, base: str) -> None:
        self.base = base

    def reward(self, states: swiftlet.States) -> Any:
        return np.linalg.norm(states.position - states.goal_position, axis=-1)


# %% One craft, some episodes
def fly(policy: swiftlet.Policy, task: str, episodes: int, **settings: Any) -> np.ndarray:
    """Whether each episode ended near the goal when its time was up, whether by a crash, and its mean squared
    distance: (episodes, 3)."""
    environments = swiftlet.make_vec(
        Distance(task), num_envs=episodes, autoreset_mode="SameStep", **settings
    )
    observations, _ = environments.reset(seed=1000)
    sums, counts = np.zeros(episodes), np.zeros(episodes)
    succeeded, crashed = np.zeros(episodes, bool), np.zeros(episodes, bool)
    running = np.ones(episodes, bool)
    while running.any():
        observations, distances, ended, cut, _ = environments.step(policy(observations))
        sums += np.where(running, distances**2, 0)
        counts += running
        succeeded |= running & cut & (distances <= NEAR)
        crashed |= running & ended
        running &= ~(ended | cut)
    return np.stack([succeeded, crashed, sums / counts], axis=1)


def judge(policy: swiftlet.Policy, task: str, draws: int, trim: float) -> str:
    """The rest of a table's row: success, crashes, the error on all craft, and that of the worst tenth of them."""
    random = np.random.default_rng(0)
    craft = np.array(
        [
            fly(policy, task, 10, randomisation=draw(random, trim)).mean(axis=0)
            for _ in range(draws)
        ]
    )
    success, crashes = 100 * craft[:, :2].mean(axis=0)
    errors = 100 * np.sqrt(craft[:, 2])
    return (
        f"{success:.1f} | {crashes:.1f} | {np.sqrt(np.mean(errors**2)):.1f} | "
        f"{np.percentile(errors, 90):.1f}"
    )


# %% The policies, and the table
if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Policies on craft drawn from what is known of one.")
    parser.add_argument("task", nargs="?", default="hover", choices=sorted(LEARNING))
    parser.add_argument("--draws", type=int, default=100)
    parser.add_argument("--steps", type=int, help="of training; otherwise as many as what ships")
    chosen = parser.parse_args()
    learning = LEARNING[chosen.task] | ({"steps": chosen.steps} if chosen.steps else {})
    learned_on: dict[str, dict[str, Any]] = {
        "cf2x (gym-pybullet-drones)": {"model": "cf2x"},
        "cf2x_phoenix_2021_12": {},
        "cf2x_phoenix_2021_12, spread": {"randomisation": spread()},
    }
    print("| learned on | craft | success [%] | crashes [%] | RMSE [cm] | worst tenth [cm] |")
    print("| --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for name, settings in learned_on.items():
            run = pathlib.Path(folder) / name
            swiftlet.train(chosen.task, run, settings=settings, progress=False, **learning)
            policy = swiftlet.Policy.load(run)
            for craft, trim in (("drawn", 0.0), ("drawn, with trim", TRIM)):
                print(f"| {name} | {craft} | {judge(policy, chosen.task, chosen.draws, trim)} |")
