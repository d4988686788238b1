"""Domain randomisation: what a policy is worth among drones that are not all alike."""

# %% From the drone of the data sheet to a whole fleet of them in the wind
import numpy as np

import swiftlet

WORLDS = {
    "as the data sheet says": {},
    "masses and motors differ": {"randomisation": {"mass": [0.9, 1.1], "motors": [0.95, 1.05]}},
    "wind too, and commands come late": {
        "randomisation": {
            "mass": [0.9, 1.1],
            "motors": [0.95, 1.05],
            "wind_speed": [0, 1],
            "delay": [0, 1],
        }
    },
}
policy = swiftlet.Policy.load("hover")

# %% Many episodes of each
for name, settings in WORLDS.items():
    environments = swiftlet.make_vec("hover", num_envs=256, autoreset_mode="SameStep", **settings)
    observations, _ = environments.reset(seed=0)
    returns: list[float] = []
    for _ in range(240):
        observations, _, _, _, facts = environments.step(policy(observations))
        if facts:
            returns.extend(facts["episode_return"][facts["_episode_return"]])
    print(f"{name}: mean return {np.mean(returns):.1f} of {len(returns)} episodes")
