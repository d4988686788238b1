"""Datasets of episodes, read by Minari."""

from __future__ import annotations

import pathlib
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import gymnasium
import minari
import numpy as np
import pytest

import swiftlet

pytestmark = pytest.mark.filterwarnings("ignore:.*is set to None:UserWarning")

UNUSUAL = [{"position_error": {"axes": "world", "scale": 2}}]
"""What none of our policies sees: three numbers."""


@pytest.fixture(autouse=True)
def storage(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """Where Minari keeps its datasets during a test."""
    monkeypatch.setenv("MINARI_DATASETS_PATH", str(tmp_path))
    return tmp_path


def check_integrity(dataset: Any) -> None:
    """What Minari asks of a dataset: rows within the spaces, and lengths that fit."""
    assert dataset.total_episodes == len(dataset) > 0
    assert dataset.total_steps == sum(len(episode) for episode in dataset)
    for index, episode in enumerate(dataset):
        count = len(episode.rewards)
        assert episode.id == index
        assert len(episode.actions) == len(episode.terminations) == len(episode.truncations) == count
        observations = episode.observations
        parts = observations.values() if isinstance(observations, dict) else [observations]
        assert all(len(part) == count + 1 for part in parts)
        ended = episode.terminations | episode.truncations
        assert ended[-1] and not ended[:-1].any()
        for step in (0, count - 1, count):
            row = (
                {key: part[step] for key, part in observations.items()}
                if isinstance(observations, dict)
                else observations[step]
            )
            assert dataset.observation_space.contains(row)
        assert all(dataset.action_space.contains(action) for action in episode.actions)


@pytest.mark.parametrize(("policy", "least", "most"), [("expert", 460, 476), ("medium", 100, 400), ("random", 5, 40)])
def test_a_dataset_holds_episodes_of_its_policy(policy: str, least: float, most: float) -> None:
    swiftlet.record("hover", policy, episodes=70, seed=5)
    dataset = minari.load_dataset(f"swiftlet/hover/{policy}-v0")
    check_integrity(dataset)
    assert dataset.total_episodes == 70
    returns = np.array([episode.rewards.sum() for episode in dataset])
    assert least < returns.mean() < most
    assert 10 < dataset.storage.metadata["ref_min_score"] < 25
    assert 465 < dataset.storage.metadata["ref_max_score"] < 476
    assert minari.get_normalized_score(dataset, returns).mean() < 1.01


def test_an_episode_played_again_from_its_seed_is_the_same_to_the_last_bit() -> None:
    dataset = swiftlet.record("hover", "random", episodes=70, seed=9, wind={"mean": [1, 0, 0]})
    environment = dataset.recover_environment()
    assert environment.spec.kwargs["wind"] == {"mean": [1, 0, 0]}
    for index in (0, 3, 69):
        episode = dataset[index]
        rows = [environment.reset(seed=9 + index)[0]]
        for step, action in enumerate(episode.actions):
            row, reward, terminated, truncated, _ = environment.step(action)
            rows.append(row)
            assert (reward, terminated, truncated) == (
                episode.rewards[step], episode.terminations[step], episode.truncations[step]
            )  # fmt: skip
        assert np.array_equal(np.stack(rows), episode.observations)


def test_several_drones_and_a_function_of_ones_own() -> None:
    def still(observations: np.ndarray) -> np.ndarray:
        return np.zeros((len(observations), 3, 3))

    dataset = swiftlet.record("formation", still, episodes=2, dataset_id="mine-v0", drones=3)
    check_integrity(dataset)
    assert dataset[0].actions.shape[1:] == (3, 3)
    assert dataset[0].observations.shape[1] == 3
    scores = dataset.storage.metadata
    assert scores["ref_min_score"] < scores["ref_max_score"]
    with pytest.raises(swiftlet.ArgumentError, match=r"shape \(2, 3, 3\); expected \(2, 4\)"):
        swiftlet.record("hover", still, episodes=2)


def test_a_task_that_shows_something_else_has_no_expert() -> None:
    dataset = swiftlet.record("hover", "random", episodes=2, observation=UNUSUAL)
    assert dataset[0].observations.shape[1:] == (3,)
    assert "ref_max_score" not in dataset.storage.metadata


@pytest.mark.parametrize(("task", "least"), [("vision-hover", 370), ("pursuit-evasion", 0)])
def test_experts_fly_beside_images_and_by_a_network_each(task: str, least: float) -> None:
    dataset = swiftlet.record(task, "expert", episodes=5)
    check_integrity(dataset)
    assert np.mean([episode.rewards.sum() for episode in dataset]) > least


def test_images_are_kept_as_they_were_seen() -> None:
    dataset = swiftlet.record("vision-hover", "random", episodes=2)
    check_integrity(dataset)
    environment = dataset.recover_environment()
    first, _ = environment.reset(seed=0)
    assert first.keys() == dataset[0].observations.keys()
    for key, part in first.items():
        assert np.array_equal(part, dataset[0].observations[key][0]), key


def test_datasets_combine_and_split() -> None:
    for policy in ("expert", "random"):
        swiftlet.record("hover", policy, episodes=3)
    both = minari.combine_datasets(
        [minari.load_dataset(f"swiftlet/hover/{policy}-v0") for policy in ("expert", "random")],
        "swiftlet/hover/both-v0",
    )
    assert both.total_episodes == 6
    assert [part.total_episodes for part in minari.split_dataset(both, sizes=[4, 2], seed=1)] == [4, 2]


def test_noise_and_seed_say_what_is_recorded() -> None:
    def actions(name: str, **options: Any) -> np.ndarray:
        dataset = swiftlet.record("hover", "expert", episodes=1, dataset_id=f"{name}-v0", **options)
        return dataset[0].actions[:100]

    plain, same = actions("plain"), actions("same")
    assert np.array_equal(plain, same)
    noisy = actions("noisy", noise=0.1)
    assert 0.05 < (noisy[:1] - plain[:1]).std() < 0.2 or np.abs(noisy - plain).max() > 0.1
    assert not np.array_equal(actions("other", seed=1), plain)


def test_what_cannot_be_recorded_is_refused() -> None:
    swiftlet.record("hover", "random", episodes=1)
    for message, task, policy, options in (
        ("there is a dataset 'swiftlet/hover/random-v0'", "hover", "random", {}),
        ("no policy of hover that sees 3 numbers and gives 4", "hover", "expert", {"observation": UNUSUAL}),
        ("hoover", "hoover", "random", {}),
        ("expected at least 1", "hover", "random", {"episodes": 0}),
        ("noise is nan", "hover", "random", {"noise": float("nan"), "dataset_id": "a-v0"}),
        ("modle", "hover", "random", {"modle": "cf2x"}),
    ):
        with pytest.raises(swiftlet.ArgumentError, match=message):
            swiftlet.record(task, policy, **options)
    assert list(minari.list_local_datasets()) == ["swiftlet/hover/random-v0"]


def test_the_command_records(storage: pathlib.Path) -> None:
    def called(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-W", "ignore", "-m", "swiftlet", "record", *words]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    done = called("hover", "--policy", "random", "--episodes", "2", "--set", "wind.mean=[1,0,0]")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("swiftlet/hover/random-v0: 2 episodes, ")
    spec = minari.load_dataset("swiftlet/hover/random-v0").env_spec
    assert spec.kwargs == {"task": "hover", "wind": {"mean": [1, 0, 0]}}
    assert gymnasium.make(spec).reset(seed=1)[0].shape == (22,)
    refused = called("hoover")
    assert refused.returncode == 2 and "hoover" in refused.stderr and "Traceback" not in refused.stderr


def test_the_page_of_datasets_runs(run_page: Callable[[str], None]) -> None:
    run_page("Datasets.md")
