"""A reward of one's own: hover calmly, judged in NumPy for 1,024 drones at once."""

# %% What is different from the task "hover"
import numpy as np

import swiftlet


class Calm(swiftlet.Task):
    base = "hover"
    extra_observations = 1

    def reward(self, states: swiftlet.States) -> np.ndarray:
        error = np.linalg.norm(states.position - states.goal_position, axis=-1)
        return 1 - error - 0.02 * np.abs(states.body_rates).sum(axis=-1)

    def observe(self, states: swiftlet.States) -> np.ndarray:
        return states.time[..., None] / 8


# %% As fast as one step of them all
environments = swiftlet.make_vec(Calm(), num_envs=1024, autoreset_mode="SameStep")
policy = swiftlet.Policy.load("hover")
observations, _ = environments.reset(seed=0)
returns = []
for _ in range(240):
    # The policy has not learned to look at the time.
    actions = policy(observations[:, : policy.observation_count])
    observations, rewards, terminated, truncated, facts = environments.step(actions)
    if facts:
        returns.extend(facts["episode_return"][facts["_episode_return"]])
print(f"{len(returns)} episodes, mean return {np.mean(returns):.1f}")
