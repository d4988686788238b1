"""A swarm in formation, each drone an agent of PettingZoo's."""

# %% Ten drones, each with an observation and an action of its own
import numpy as np

import swiftlet

swarm = swiftlet.parallel_env("formation", drones=10)
print(swarm.possible_agents)
print(swarm.observation_space("agent_0"), swarm.action_space("agent_0"))

# %% An episode: an agent that has left has no entry any more
observations, _ = swarm.reset(seed=0)
totals = dict.fromkeys(swarm.possible_agents, 0.0)
while swarm.agents:
    # The first three numbers are how far the drone is from its place: fly there.
    actions = {
        agent: np.clip(3 * observations[agent][:3], -1, 1).astype(np.float32)
        for agent in swarm.agents
    }
    observations, rewards, terminated, truncated, infos = swarm.step(actions)
    for agent, reward in rewards.items():
        totals[agent] += reward
print("mean return:", round(sum(totals.values()) / len(totals), 2))
