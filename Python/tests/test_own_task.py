"""Tasks of one's own in NumPy."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

import swiftlet


class Same(swiftlet.Task):
    """What the base says."""


class HoverAgain(swiftlet.Task):
    """The reward and endings of hover, said anew."""

    def reward(self, states: swiftlet.States) -> npt.ArrayLike:
        error = states.position - states.goal_position
        squared = (error**2).sum(axis=-1)
        return np.maximum(0, 2 - squared**2)

    def terminated(self, states: swiftlet.States) -> npt.ArrayLike:
        x, y, z = np.moveaxis(states.position, -1, 0)
        quaternion = states.attitude
        tilted = quaternion[..., 0] ** 2 + quaternion[..., 1] ** 2 >= 0.5
        outside = (np.abs(x) > 1.5) | (np.abs(y) > 1.5) | (z > 2)
        touching: npt.ArrayLike = (states.contacts > 0) | tilted | outside
        return touching


class Timed(swiftlet.Task):
    """Shows the time, and counts the episodes that have begun."""

    extra_observations = 2

    def __init__(self) -> None:
        self.begun = 0

    def observe(self, states: swiftlet.States) -> npt.ArrayLike:
        return np.stack([states.time, states.position[..., 2]], axis=-1)

    def begin(self, states: swiftlet.States, began: npt.NDArray[np.bool_]) -> None:
        assert (states.time.reshape(len(began), -1)[began] == 0).all()
        self.begun += int(began.sum())


def play(envs: Any, steps: int = 300) -> list[Any]:
    random = np.random.default_rng(1)
    results: list[Any] = [envs.reset(seed=0)]
    for _ in range(steps):
        results.append(envs.step(random.uniform(-1, 1, envs.action_space.shape)))
    return results


@pytest.mark.parametrize("mode", ["NextStep", "SameStep"])
@pytest.mark.parametrize("own", [Same(), HoverAgain()])
def test_what_is_said_anew_is_the_same(own: swiftlet.Task, mode: str) -> None:
    mine = play(swiftlet.make_vec(own, 20, autoreset_mode=mode))
    theirs = play(swiftlet.make_vec("hover", 20, autoreset_mode=mode))
    ended = 0
    for a, b in zip(mine[1:], theirs[1:], strict=True):
        assert a[0].tobytes() == b[0].tobytes()
        assert np.allclose(a[1], b[1], rtol=0, atol=1e-6)
        assert a[2].tolist() == b[2].tolist()
        assert a[3].tolist() == b[3].tolist()
        ended += int(a[2].sum())
    assert ended > 20


@pytest.mark.parametrize("mode", ["NextStep", "SameStep"])
def test_further_observations_stand_behind(mode: str) -> None:
    task = Timed()
    envs = swiftlet.make_vec(task, 8, autoreset_mode=mode)
    plain = play(swiftlet.make_vec("hover", 8, autoreset_mode=mode))
    count = plain[0][0].shape[1]
    assert envs.single_observation_space.shape == (count + 2,)
    results = play(envs)
    ended = 0
    for mine, theirs in zip(results, plain, strict=True):
        assert envs.observation_space.contains(mine[0])
        assert mine[0][:, :count].tobytes() == theirs[0].tobytes()
    for index, mine in enumerate(results[1:], start=1):
        if mode == "SameStep" and mine[4]:
            done = mine[4]["_final_obs"]
            ended += int(done.sum())
            last = mine[4]["final_obs"][done]
            lengths = mine[4]["episode_length"][done]
            assert np.allclose(last[:, count], lengths / 30)
            assert (mine[0][done, count] == 0).all()
        elif mode == "NextStep":
            over = results[index - 1][2] | results[index - 1][3] if index > 1 else np.zeros(8, bool)
            ended += int(over.sum())
            assert ((mine[0][:, count] == 0) == over).all()
    assert ended > 5
    assert task.begun == 8 + ended


def test_a_single_environment_and_agents_take_it_too() -> None:
    env = swiftlet.make(HoverAgain())
    plain = swiftlet.make("hover")
    env.reset(seed=3)
    plain.reset(seed=3)
    for _ in range(20):
        mine, theirs = (e.step(np.full(4, 0.1, np.float32)) for e in (env, plain))
        assert mine[0].tobytes() == theirs[0].tobytes()
        assert mine[1] == pytest.approx(theirs[1], abs=1e-6)

    class Near(swiftlet.Task):
        base = "formation"
        settings = {"drones": 5}

        def reward(self, states: swiftlet.States) -> npt.ArrayLike:
            assert states.position.shape == (1, 5, 3)
            return -np.linalg.norm(states.position - states.goal_position, axis=-1)

    swarm = swiftlet.parallel_env(Near())
    swarm.reset(seed=0)
    assert len(swarm.agents) == 5
    _, rewards, *_ = swarm.step(
        {agent: np.zeros(3, np.float32) for agent in swarm.agents}
    )
    assert all(reward < 0 for reward in rewards.values())


def test_wrong_answers_are_refused_and_the_step_is_whole() -> None:
    answers: dict[str, Any] = {}

    class Wrong(swiftlet.Task):
        def reward(self, states: swiftlet.States) -> npt.ArrayLike:
            return answers.get("reward", states.reward)

        def terminated(self, states: swiftlet.States) -> npt.ArrayLike:
            return answers.get("terminated", states.terminated)

    envs = swiftlet.make_vec(Wrong(), 3, autoreset_mode="SameStep")
    envs.reset(seed=0)
    action = np.zeros((3, 4), np.float32)
    for answer, sentence in (
        (
            {"reward": np.zeros(2)},
            "reward gives float64 of shape (2,); expected numbers of shape (3,)",
        ),
        ({"reward": [0, np.nan, 0]}, "reward gives nan at [1]; expected finite numbers"),
        (
            {"terminated": np.zeros(3)},
            "terminated gives float64 of shape (3,); expected bool of shape (3,)",
        ),
    ):
        answers.clear()
        answers.update(answer)
        with pytest.raises(swiftlet.ArgumentError) as caught:
            envs.step(action)
        assert str(caught.value) == sentence
    answers.clear()
    envs.step(action)


def test_states_cannot_be_written() -> None:
    class Writing(swiftlet.Task):
        def reward(self, states: swiftlet.States) -> npt.ArrayLike:
            states.position[0, 0] = 1
            return states.reward

    envs = swiftlet.make_vec(Writing(), 3)
    envs.reset(seed=0)
    with pytest.raises(ValueError, match="read-only"):
        envs.step(np.zeros((3, 4), np.float32))
