"""Swiftlet: fast, exact simulation of swarms of quadcopters, and environments to learn in.

::

    import gymnasium, swiftlet

    environment = gymnasium.make("swiftlet/Hover-v0")
    environments = gymnasium.make_vec("swiftlet/Hover-v0", num_envs=4096)
    swarm = swiftlet.parallel_env("formation", drones=10)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._batch import Ending, Snapshot
from ._library import catalogue, model
from ._library import version as _version
from .controllers import Controllers
from .datasets import record
from .env import Env
from .errors import (
    ArgumentError,
    ClosedError,
    DivergenceError,
    FileError,
    ForkError,
    LibraryError,
    OrderError,
    SwiftletError,
    ThreadError,
)
from .export import export
from .export.cameras import Camera
from .flight import DroneView, Flight, fly
from .flight_logs import FlightLog
from .identification import Constant, Identification, Score, identify, score
from .policy import Policy, train
from .registration import environment_id, make, make_vec, register
from .simulation import Simulation, SimulationSnapshot
from .sweep import Sampler, sweep
from .task import States, Task
from .ulog import read_ulog
from .vector import VectorEnv

if TYPE_CHECKING:
    from .parallel import ParallelEnv

__all__ = [
    "ArgumentError",
    "Camera",
    "ClosedError",
    "Constant",
    "Controllers",
    "DivergenceError",
    "DroneView",
    "Ending",
    "Env",
    "FileError",
    "Flight",
    "FlightLog",
    "ForkError",
    "Identification",
    "LibraryError",
    "OrderError",
    "Policy",
    "Sampler",
    "Score",
    "Simulation",
    "SimulationSnapshot",
    "Snapshot",
    "States",
    "SwiftletError",
    "Task",
    "ThreadError",
    "VectorEnv",
    "catalogue",
    "environment_id",
    "export",
    "fly",
    "identify",
    "make",
    "make_vec",
    "model",
    "parallel_env",
    "read_ulog",
    "record",
    "score",
    "sweep",
    "tasks",
    "train",
]

__version__ = _version()

register()


def tasks() -> dict[str, str]:
    """The names of all tasks, and a line about each."""
    return catalogue("tasks")


def parallel_env(task: str | Task = "formation", **settings: Any) -> ParallelEnv:
    """The drones of one environment as agents of PettingZoo; see ``swiftlet.parallel.ParallelEnv``.

    :raises ImportError: where PettingZoo is not installed
    """
    from .parallel import ParallelEnv

    return ParallelEnv(task, **settings)
