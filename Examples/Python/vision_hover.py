"""Hover by what the camera sees: a small network in PyTorch learns to imitate a policy that sees states."""

# %% Images of many drones, drawn by the simulator
import numpy as np
import torch

import swiftlet

ENVIRONMENTS, STEPS = 64, 60
environments = swiftlet.make_vec("vision-hover", num_envs=ENVIRONMENTS, autoreset_mode="SameStep")
teacher = swiftlet.Policy.load("hover")

# %% A network from an image to an action
network = torch.nn.Sequential(
    torch.nn.Conv2d(3, 8, 5, stride=4),
    torch.nn.ReLU(),
    torch.nn.Conv2d(8, 16, 3, stride=2),
    torch.nn.ReLU(),
    torch.nn.Flatten(),
    torch.nn.LazyLinear(4),
    torch.nn.Tanh(),
)
learner = None

# %% It is told, at each step, what the teacher would do
observations, _ = environments.reset(seed=0)
for step in range(STEPS):
    wanted = teacher(observations["state"])
    images = torch.from_numpy(np.moveaxis(observations["rgb"], -1, 1).copy()).float() / 255
    actions = network(images)
    if learner is None:
        learner = torch.optim.Adam(network.parameters(), lr=1e-3)
    loss = ((actions - torch.from_numpy(wanted)) ** 2).mean()
    learner.zero_grad()
    loss.backward()
    learner.step()
    observations, *_ = environments.step(wanted)
    if step % 20 == 0 or step == STEPS - 1:
        print(f"step {step}: mean squared error {loss.item():.4f}")
