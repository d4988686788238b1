"""1,024 futures of one moment: the best of many random manoeuvres, by branching from a snapshot."""

# %% A drone flies towards a goal, and 1,024 worlds are there to look ahead
import numpy as np

import swiftlet

WORLDS, AHEAD = 1024, 24
simulation = swiftlet.Simulation("cf2x", worlds=WORLDS, at=[[0, 0, 1]])
hover = simulation.hover_rotor_speeds[0, 0]
goal = np.array([0.4, 0.0, 1.2])
random = np.random.default_rng(0)

# %% At each decision all worlds start from the same moment, and one of them is believed
for decision in range(10):
    moment = simulation.snapshot(world=0)
    simulation.restore(moment)
    told = hover * random.uniform(0.97, 1.05, (WORLDS, 1, 4))
    told[0] = hover
    simulation.step(told, steps=AHEAD)
    cost = np.linalg.norm(simulation.position[:, 0] + 0.2 * simulation.velocity[:, 0] - goal, axis=-1)
    cost += 0.05 * np.abs(simulation.body_rates[:, 0]).sum(axis=-1)
    best = int(cost.argmin())
    # The first world becomes the best future, from which the next decision branches.
    simulation.restore(simulation.snapshot(world=best), world=0)
    print(f"{simulation.time[0]:.1f} s: {cost[best]:.3f}, at {simulation.position[0, 0].round(2)}")
