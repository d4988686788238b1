"""Hover, learned with PPO of Stable-Baselines3."""

# %% Many environments, stepped together in one call
import time

from stable_baselines3 import PPO

import swiftlet.sb3

environments = swiftlet.sb3.VecEnv("hover", num_envs=64)

# %% Learn a little
model = PPO("MlpPolicy", environments, n_steps=64, batch_size=1024, learning_rate=1e-3, seed=0)
start = time.perf_counter()
model.learn(40_000)
print(f"learned for {time.perf_counter() - start:.0f} s")

# %% Fly one episode by what was learned
env = swiftlet.make("hover")
observation, _ = env.reset(seed=0)
total, over = 0.0, False
while not over:
    action, _ = model.predict(observation, deterministic=True)
    observation, reward, terminated, truncated, _ = env.step(action)
    total, over = total + reward, terminated or truncated
print(f"return {total:.0f}")
