"""Ray: sweeps on a cluster of several machines, or what passes for them, and training that loses a runner."""

from __future__ import annotations

import os
import pathlib
import re
import signal
import subprocess
import sys
import threading
import time
from typing import Any

import psutil
import pytest
import ray
import swiftlet
from ray.cluster_utils import Cluster
from ray.rllib.algorithms.ppo import PPOConfig
from swiftlet.sweep.metrics import METRICS
from swiftlet.sweep.points import listed, settings

HOVER = {"version": 1, "duration": 2, "drones": [{"model": "cf2x", "at": [0, 0, 1]}]}


@pytest.fixture(scope="module")
def cluster() -> Any:
    """Three nodes of one processor each, as processes of this machine."""
    nodes = Cluster(
        initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False}
    )
    nodes.add_node(num_cpus=1)
    nodes.add_node(num_cpus=1)
    ray.init(address=nodes.address, log_to_driver=False)
    yield nodes
    ray.shutdown()
    nodes.shutdown()


def kill(title: str) -> int:
    """Kills one of the workers of this process's cluster, by the beginning of its title."""
    for process in psutil.Process().children(recursive=True):
        if " ".join(process.cmdline()).startswith(title):
            process.send_signal(signal.SIGKILL)
            return int(process.pid)
    raise AssertionError(f"there is no process {title}")


def test_a_sweep_loses_a_worker_and_no_row(cluster: Any, tmp_path: pathlib.Path) -> None:
    def process(flight: swiftlet.Flight) -> int:
        return os.getpid()

    sampler = swiftlet.Sampler(
        {"wind.mean": {"uniform": [[-1, -1, 0], [1, 1, 0]]}, "seed": {"integers": [0, 1000]}}, 500
    )
    rows, killed = tmp_path / "sweep/rows.jsonl", []

    def kill_in_mid_run() -> None:
        while not rows.exists() or len(rows.read_bytes().splitlines()) < 100:
            time.sleep(0.01)
        killed.append(kill("ray::_fly"))

    killer = threading.Thread(target=kill_in_mid_run)
    killer.start()
    metrics: Any = {"rmse": "rmse", "largest_error": "largest_error", "process": process}
    table = swiftlet.sweep(HOVER, sampler, metrics, folder=tmp_path / "sweep")
    killer.join()
    assert killed and table["error"].isna().all()
    assert len(table) == len(rows.read_bytes().splitlines()) == 500
    assert table["process"].nunique() >= 3 and os.getpid() not in set(table["process"])
    for index, point in list(enumerate(listed(sampler)))[::10]:
        flight = swiftlet.fly(HOVER, settings=settings(point))
        for name in ("rmse", "largest_error"):
            assert table[name][index] == METRICS[name](flight), (index, name)


def test_a_flight_that_ends_its_worker_every_time_fails_alone(cluster: Any) -> None:
    def ends(flight: swiftlet.Flight) -> float:
        if flight["x"][0, 0] == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return float(flight["x"][0, 0])

    points = [{"drones[0].at": [index, 0, 1], "duration": 0.1} for index in range(12)]
    table = swiftlet.sweep(HOVER, points, {"x": ends})
    assert list(table["error"].notna().to_numpy().nonzero()[0]) == [3]
    assert table["error"][3].startswith("WorkerCrashedError, 3 times")


def test_a_file_that_a_machine_does_not_have_goes_with_the_work(
    cluster: Any, tmp_path: pathlib.Path
) -> None:
    from swiftlet.sweep.flights import Work

    file = tmp_path / "hover.yaml"
    file.write_text("version: 1\nduration: 0.1\ndrones: [{ model: cf2x, at: [0, 0, 1] }]\n")
    work = Work.of(file, {"rmse": METRICS["rmse"]}, {})
    here = work.fly([{}])[0]
    file.unlink()
    there = ray.get(ray.remote(lambda work: work.fly([{}])[0]).remote(work))
    assert there.error is None and there.metrics == here.metrics


def test_a_cluster_that_is_not_there_is_refused(tmp_path: pathlib.Path) -> None:
    file = tmp_path / "mine.yaml"
    scenario = "{ version: 1, drones: [{ at: [0, 0, 1] }] }"
    file.write_text(f"version: 1\nscenario: {scenario}\ngrid: {{ seed: [1] }}\n")
    done = subprocess.run(
        [sys.executable, "-m", "swiftlet.sweep", file, "--cluster", "127.0.0.1:9"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "RAY_py_gcs_connect_timeout_s": "1", "RAY_NUM_REDIS_GET_RETRIES": "1"},
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert "error: there is no Ray cluster at '127.0.0.1:9'" in done.stderr
    assert "Traceback" not in done.stderr


def test_training_goes_on_after_a_runner_is_lost(cluster: Any) -> None:
    config = (
        PPOConfig()
        .environment("swiftlet:swiftlet/Hover-v0")
        .env_runners(
            num_env_runners=2,
            num_envs_per_env_runner=16,
            gym_env_vectorize_mode="vector_entry_point",
        )
        .fault_tolerance(restart_failed_env_runners=True)
        .learners(num_learners=0)
        .training(train_batch_size_per_learner=2048, minibatch_size=256, num_epochs=2)
    )
    algorithm = config.build_algo()
    try:
        before = algorithm.train()["env_runners"]["num_env_steps_sampled_lifetime"]
        kill("ray::SingleAgentEnvRunner")
        deadline = time.monotonic() + 60
        while (healthy := algorithm.env_runner_group.num_healthy_remote_workers()) < 2 or (
            after := algorithm.train()["env_runners"]["num_env_steps_sampled_lifetime"]
        ) < before + 2048:
            algorithm.train()
            assert time.monotonic() < deadline, healthy
        assert after >= before + 2048
    finally:
        algorithm.stop()


@pytest.mark.parametrize(
    ("name", "iterations", "growth"), [("hover_rllib.py", 12, 1.7), ("multi_hover_rllib.py", 12, 2.0)]
)
def test_an_example_learns(
    name: str, iterations: int, growth: float, checkout: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    done = subprocess.run(
        [sys.executable, checkout / "Examples/Python" / name, "--iterations", str(iterations)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    returns = [float(number) for number in re.findall(r"return (\S+)", done.stdout)]
    assert len(returns) == iterations
    assert returns[-1] > growth * returns[0], done.stdout
