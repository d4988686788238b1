"""RLlib, its new stack: PPO learns to hover, over the vector environment as it is.

    python hover_rllib.py [--runners 4] [--address auto] [--iterations 60]

Environment runners are processes, wherever the Ray cluster at the address has room; without an address, on this
machine. With 0 runners the program steps the environments by itself.
"""

# %% What is asked for
import argparse

import ray
from ray.rllib.algorithms.ppo import PPOConfig
from ray.rllib.core.rl_module.default_model_config import DefaultModelConfig

import swiftlet  # noqa: F401, since it registers the environments

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("--runners", type=int, default=0)
parser.add_argument("--address")
parser.add_argument("--iterations", type=int, default=60)
parser.add_argument("--target", type=float, default=450.0)
options = parser.parse_args()

# %% 64 environments in each runner, stepped in one call
ray.init(address=options.address, include_dashboard=False, log_to_driver=False)
config = (
    PPOConfig()
    .environment("swiftlet:swiftlet/Hover-v0")
    .env_runners(
        num_env_runners=options.runners,
        num_envs_per_env_runner=64,
        gym_env_vectorize_mode="vector_entry_point",
    )
    .fault_tolerance(restart_failed_env_runners=True)
    .learners(num_learners=0)
    .training(
        train_batch_size_per_learner=8192,
        minibatch_size=1024,
        num_epochs=10,
        lr=1e-3,
        gamma=0.98,
        clip_param=0.2,
        vf_clip_param=1e6,
        grad_clip=0.5,
        use_kl_loss=False,
    )
    .rl_module(
        model_config=DefaultModelConfig(
            fcnet_hiddens=[64, 64], fcnet_activation="tanh", vf_share_layers=False
        )
    )
    .debugging(seed=1)
)

# %% The most that an episode can return is 480
algorithm = config.build_algo()
for iteration in range(options.iterations):
    runners = algorithm.train()["env_runners"]
    mean = runners.get("episode_return_mean", 0.0)
    print(f"{iteration}: {runners['num_env_steps_sampled_lifetime']:.0f} steps, return {mean:.1f}")
    if mean > options.target:
        print("hovers")
        break
algorithm.stop()
