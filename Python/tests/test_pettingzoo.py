"""The drones of an environment as agents of PettingZoo."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pettingzoo.test import parallel_api_test, parallel_seed_test

import swiftlet

TASKS = ["multi-hover", "formation"]


@pytest.mark.parametrize("drones", [1, 2, 8])
@pytest.mark.parametrize("task", TASKS)
def test_pettingzoo_finds_nothing_wrong(task: str, drones: int) -> None:
    parallel_api_test(swiftlet.parallel_env(task, drones=drones), num_cycles=300)
    parallel_seed_test(lambda: swiftlet.parallel_env(task, drones=drones), num_cycles=100)


def test_agents_see_what_the_batch_sees() -> None:
    swarm = swiftlet.parallel_env("multi-hover", drones=3)
    env = swiftlet.make("multi-hover", drones=3)
    seen, infos = swarm.reset(seed=4)
    assert np.stack(list(seen.values())).tobytes() == env.reset(seed=4)[0].tobytes()
    assert infos == {"agent_0": {}, "agent_1": {}, "agent_2": {}}
    random = np.random.default_rng(0)
    while swarm.agents:
        actions = random.uniform(-1, 1, (3, 4)).astype(np.float32)
        agents = list(swarm.agents)
        rows = [int(agent[-1]) for agent in agents]
        seen, rewards, terminated, truncated, infos = swarm.step(
            {agent: actions[row] for agent, row in zip(agents, rows, strict=True)}
        )
        whole, reward, over, cut, _ = env.step(actions)
        assert list(seen) == agents
        assert np.stack(list(seen.values())).tobytes() == whole[rows].tobytes()
        assert sum(rewards.values()) / 3 == pytest.approx(reward, rel=1e-5)
        assert swarm.state().tobytes() == whole.tobytes()
        assert swarm.state_space.contains(swarm.state())
        for agent in agents:
            assert bool(infos[agent]) == (terminated[agent] or truncated[agent])
        assert all(type(flag) is bool for flag in [*terminated.values(), *truncated.values()])
    assert over or cut
    assert swarm.agents == []


def test_drones_leave_one_by_one() -> None:
    swarm = swiftlet.parallel_env("multi-hover", drones=2)
    swarm.reset(seed=0)
    fall = {"agent_0": np.full(4, -1, np.float32)}
    while len(swarm.agents) == 2:
        result: Any = swarm.step({**fall, "agent_1": np.zeros(4, np.float32)})
    assert swarm.agents == ["agent_1"]
    assert result[2] == {"agent_0": True, "agent_1": False}
    assert result[4]["agent_0"]["ending"] == swiftlet.Ending.TERMINATED
    result = swarm.step({"agent_1": np.zeros(4, np.float32)})
    assert list(result[0]) == ["agent_1"]


def test_wrong_actions_are_refused() -> None:
    swarm = swiftlet.parallel_env("multi-hover", drones=2)
    swarm.reset(seed=0)
    action = np.zeros(4, np.float32)
    sentence = "^there has to be an action for each agent that is there; look at \\['agent_1'\\]$"
    with pytest.raises(swiftlet.ArgumentError, match=sentence):
        swarm.step({"agent_0": action})
    with pytest.raises(
        swiftlet.ArgumentError,
        match=r"^the action of agent_1 has shape \(3,\); expected \(4,\)$",
    ):
        swarm.step({"agent_0": action, "agent_1": np.zeros(3, np.float32)})
    swarm.close()
    swarm.close()
    with pytest.raises(swiftlet.ClosedError, match="^the environment is closed$"):
        swarm.step({"agent_0": action, "agent_1": action})


def test_how_many_drones_a_task_takes_is_checked() -> None:
    with pytest.raises(swiftlet.ArgumentError, match="^hover: drones: 3 is out of range; expected 1$"):
        swiftlet.parallel_env("hover", drones=3)
