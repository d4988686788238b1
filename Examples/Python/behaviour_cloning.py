"""Behaviour cloning: a network that learns to hover from a Minari dataset alone."""

# %% Episodes of a policy that hovers, shaken a little so that they show what to do off the path too
import minari
import numpy as np
import torch

import swiftlet

NAME = "swiftlet/hover/shaken-v0"
if NAME in minari.list_local_datasets():
    minari.delete_dataset(NAME)
swiftlet.record("hover", "expert", episodes=200, noise=0.1, dataset_id=NAME)

# %% Whoever learns needs nothing but the dataset
dataset = minari.load_dataset(NAME)
seen = np.concatenate([episode.observations[:-1] for episode in dataset])
actions = np.concatenate([episode.actions for episode in dataset])
print(f"{dataset.total_episodes} episodes, {len(seen)} steps")

# %% A small network
torch.manual_seed(0)
torch.set_num_threads(1)
class Standardised(torch.nn.Module):
    """Observations less their mean, by their deviation."""

    def __init__(self, seen: torch.Tensor) -> None:
        super().__init__()
        self.mean, self.deviation = seen.mean(dim=0), seen.std(dim=0) + 1e-3

    def forward(self, observations: torch.Tensor) -> torch.Tensor:
        return (observations - self.mean) / self.deviation


x, y = torch.from_numpy(seen), torch.from_numpy(actions)
network = torch.nn.Sequential(
    Standardised(x),
    torch.nn.Linear(seen.shape[1], 64), torch.nn.Tanh(),
    torch.nn.Linear(64, 64), torch.nn.Tanh(),
    torch.nn.Linear(64, actions.shape[1]),
)  # fmt: skip
optimizer = torch.optim.Adam(network.parameters(), lr=5e-3)
schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 25)
for _ in range(25):
    order = torch.randperm(len(x))
    for batch in order.split(512):
        loss = torch.nn.functional.mse_loss(network(x[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    schedule.step()
print(f"mean squared error {loss.item():.5f}")

# %% What it is worth, in the environment that the dataset names
environment = dataset.recover_environment(eval_env=True)
returns = []
for seed in range(1000, 1020):
    observation, _ = environment.reset(seed=seed)
    total, is_over = 0.0, False
    while not is_over:
        with torch.no_grad():
            action = network(torch.from_numpy(observation)).clamp(-1, 1).numpy()
        observation, reward, terminated, truncated, facts = environment.step(action)
        total, is_over = total + reward, terminated or truncated
    returns.append(total)
score = minari.get_normalized_score(dataset, np.array(returns))
print(f"return {np.mean(returns):.1f}, least {min(returns):.1f}; normalised {score.mean():.3f}")
