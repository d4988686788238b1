"""RLlib, its new stack: two drones learn to hover, agents of PettingZoo that share one policy.

    python multi_hover_rllib.py [--runners 4] [--address auto] [--iterations 100]
"""

# %% What is asked for
import argparse

import ray
from ray.rllib.algorithms.ppo import PPOConfig
from ray.rllib.core.rl_module.default_model_config import DefaultModelConfig
from ray.rllib.env.wrappers.pettingzoo_env import ParallelPettingZooEnv
from ray.tune.registry import register_env

import swiftlet

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("--runners", type=int, default=0)
parser.add_argument("--address")
parser.add_argument("--iterations", type=int, default=100)
parser.add_argument("--target", type=float, default=900.0)
options = parser.parse_args()

# %% The environment, by a name that runners on other machines know too
ray.init(address=options.address, include_dashboard=False, log_to_driver=False)
register_env(
    "multi-hover",
    lambda settings: ParallelPettingZooEnv(swiftlet.parallel_env("multi-hover", **settings)),
)
config = (
    PPOConfig()
    .environment("multi-hover", env_config={"drones": 2})
    .multi_agent(policies={"pilot"}, policy_mapping_fn=lambda agent, episode, **_: "pilot")
    .env_runners(num_env_runners=options.runners, num_envs_per_env_runner=32)
    .fault_tolerance(restart_failed_env_runners=True)
    .learners(num_learners=0)
    .training(
        train_batch_size_per_learner=4096,
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

# %% The most that both can return together is 960
algorithm = config.build_algo()
for iteration in range(options.iterations):
    runners = algorithm.train()["env_runners"]
    mean = runners.get("episode_return_mean", 0.0)
    print(f"{iteration}: {runners['num_env_steps_sampled_lifetime']:.0f} steps, return {mean:.1f}")
    if mean > options.target:
        print("both hover")
        break
algorithm.stop()
