"""``record``: episodes of a task into a Minari dataset."""

from __future__ import annotations

from typing import Any

import gymnasium

from .._batch import whole
from .._extras import imported
from .._library import version
from ..errors import ArgumentError
from ..registration import environment_id
from ..task import Task
from .behaviours import Actor, Behaviour, expert, given, medium, random
from .episodes import Episode, Player

SCORED_EPISODES = 100
"""How many episodes the scores for reference are the mean of."""


def record(
    task: str,
    policy: Behaviour = "expert",
    *,
    episodes: int = 100,
    seed: int = 0,
    noise: float = 0.0,
    dataset_id: str | None = None,
    author: str | None = None,
    author_email: str | None = None,
    code_permalink: str | None = None,
    data_format: str | None = None,
    progress: bool = True,
    **settings: Any,
) -> Any:
    """Records episodes of a task as a Minari dataset, in the folder where Minari keeps them.

    ::

        dataset = swiftlet.record("hover", "medium", episodes=200)
        minari.load_dataset("swiftlet/hover/medium-v0")

    ``"expert"`` is the policy of the task that comes with Swiftlet; ``"random"`` draws actions evenly;
    ``"medium"`` is a policy whose training is stopped when its mean return is half-way between those two, which
    takes some seconds. Episode k starts from the seed + k.

    The returns of random actions and of the expert go with the dataset, for ``minari.get_normalized_score``.

    :param task: the name of a task (``swiftlet.tasks()``)
    :param policy: one of those three; a policy's file, run folder or name; or a function from observations
        (environments, ...) to actions
    :param episodes: how many
    :param seed: where the random numbers of episodes, actions and training start
    :param noise: the deviation of Gaussian noise on actions, as a share of half their range
    :param dataset_id: what it is called; ``swiftlet/TASK/POLICY-v0`` by default
    :param author: who made it; with ``author_email`` and ``code_permalink`` Minari wants it for what is uploaded
    :param data_format: ``"hdf5"`` by default, or ``"arrow"`` or ``"parquet"``, if Minari was installed with it
    :param progress: whether a bar shows how far it has come, on a terminal
    :param settings: what is to be otherwise than the task has it, such as ``model="cf2p"``
    :returns: the ``MinariDataset``
    :raises ArgumentError: for what there is not, or where there is a dataset of that name
    :raises ImportError: where Minari is not installed: ``pip install 'swiftlet[datasets]'``
    """
    minari = imported("minari", "datasets")
    if isinstance(task, Task):
        raise ArgumentError("task is one of your own; expected the name of a task")
    if whole("episodes", episodes) < 1:
        raise ArgumentError("episodes is 0; expected at least 1")
    player = Player(task, settings)
    actor, scores = _actor(task, policy, player, seed, settings)
    name = dataset_id or f"swiftlet/{task}/{actor.name}-v0"
    if name in minari.list_local_datasets():
        raise ArgumentError(
            f"there is a dataset {name!r}; expected another dataset_id, or minari.delete_dataset before"
        )
    spec = gymnasium.make(environment_id(task), **settings).spec
    facts = {
        "env": spec,
        "eval_env": spec,
        "algorithm_name": actor.algorithm,
        "author": author,
        "author_email": author_email,
        "code_permalink": code_permalink,
        "description": _description(task, actor, noise, settings),
        "requirements": [f"swiftlet=={version()}"],
        "data_format": data_format,
        "jpeg_encoding": False,
    }
    dataset = None
    with _bar(episodes, progress) as bar:
        for played in player.play(actor.act, episodes, seed, noise):
            buffers = [_buffer(minari, episode) for episode in played]
            if dataset is None:
                dataset = minari.create_dataset_from_buffers(name, buffers, **facts, **scores)
            else:
                dataset.update_dataset_from_buffer(buffers)
            bar.update(len(played))
    return minari.load_dataset(name)


def _actor(
    task: str, policy: Behaviour, player: Player, seed: int, settings: dict[str, Any]
) -> tuple[Actor, dict[str, float]]:
    """Who acts, and the scores for reference, where the task has an expert."""
    space = player.action_space
    try:
        best = expert(task, player.observation_space, space)
    except ArgumentError:
        if policy == "random":
            return random(space, seed), {}
        if policy in ("expert", "medium"):
            raise
        return given(policy), {}
    least = player.mean_return(random(space, seed).act, SCORED_EPISODES, seed)
    most = player.mean_return(best.act, SCORED_EPISODES, seed)
    scores = {"ref_min_score": least, "ref_max_score": most}
    if policy == "expert":
        return best, scores
    if policy == "random":
        return random(space, seed), scores
    if policy == "medium":
        return medium(task, least, most, seed, settings), scores
    return given(policy), scores


def _description(task: str, actor: Actor, noise: float, settings: dict[str, Any]) -> str:
    words = f"Episodes of Swiftlet's task {task}, flown by {actor.description}"
    if noise:
        words += f", with Gaussian noise of {noise} times half the range of each action"
    if settings:
        words += f". The task differs from Swiftlet's by {settings}"
    return words + "."


def _buffer(minari: Any, episode: Episode) -> Any:
    return minari.data_collector.EpisodeBuffer(
        seed=episode.seed,
        observations=episode.observations,
        actions=episode.actions,
        rewards=episode.rewards,
        terminations=episode.terminations,
        truncations=episode.truncations,
        infos={},
    )


def _bar(episodes: int, progress: bool) -> Any:
    tqdm = imported("tqdm", "datasets").tqdm
    return tqdm(total=episodes, unit="episode", disable=None if progress else True)
