"""The tasks of the catalogue as environments of Gymnasium."""

from __future__ import annotations

from typing import Any

import gymnasium

from ._library import catalogue

# Words that are no words.
_SPELLINGS = {"gpd": "GPD", "1d": "1D"}


def environment_id(task: str) -> str:
    """What Gymnasium calls a task: ``hover`` is ``swiftlet/Hover-v0``."""
    words = (_SPELLINGS.get(word, word.capitalize()) for word in task.split("-"))
    return f"swiftlet/{''.join(words)}-v0"


def register() -> None:
    """Makes every task known to ``gymnasium.make`` and ``make_vec``; calling it again does nothing."""
    for task in catalogue("tasks"):
        if environment_id(task) in gymnasium.registry:
            continue
        gymnasium.register(
            environment_id(task),
            entry_point="swiftlet.env:Env",
            vector_entry_point="swiftlet.vector:VectorEnv",
            kwargs={"task": task},
            # The environment refuses by itself what these wrappers look for, in a tenth of the time.
            order_enforce=False,
            disable_env_checker=True,
        )


def make(task: Any, **settings: Any) -> Any:
    """One environment of a task; see ``Env``."""
    from .env import Env

    return Env(task, **settings)


def make_vec(task: Any, num_envs: int = 1, **settings: Any) -> Any:
    """Many environments of a task, stepped together; see ``VectorEnv``."""
    from .vector import VectorEnv

    return VectorEnv(task, num_envs, **settings)
