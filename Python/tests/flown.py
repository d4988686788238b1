"""A connected drone, for tests of cflib."""

from __future__ import annotations

import pathlib
import threading
from typing import Any

import cflib.crtp
import pytest
from cflib.crazyflie import Crazyflie
from cflib.crazyflie.log import LogConfig
from cflib.crazyflie.syncCrazyflie import SyncCrazyflie
from served import Clock, Served, serving

ONE = "drones:\n  - { model: cf2x_L250, at: [0, 0, 0.0125] }\n"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The tables of names, which are downloaded once."""
    cflib.crtp.init_drivers()
    return str(tmp_path_factory.mktemp("cache"))


class Flown:
    """A connected drone in lock-step."""

    def __init__(self, served: Served, scf: Any) -> None:
        self.served, self.cf = served, scf.cf
        scf.wait_for_params()
        self.sleep = Clock(self.cf).sleep
        self.logged: list[dict[str, float]] = []

    def log(self, *names: str, period: int = 10) -> list[dict[str, float]]:
        """Logs from now on."""
        config = LogConfig("log", period)
        for name in names:
            config.add_variable(name)
        self.cf.log.add_config(config)
        started = threading.Event()
        config.started_cb.add_callback(lambda config, is_started: started.set())
        rows: list[dict[str, float]] = []
        config.data_received_cb.add_callback(lambda time, data, config: rows.append({"time": time, **data}))
        config.start()
        assert started.wait(10)
        return rows

    def take_off(self, height: float = 0.5, duration: float = 1.5) -> None:
        """Takes off and hovers; a drone that has just been switched on needs a moment first."""
        self.sleep(0.3)
        self.cf.high_level_commander.takeoff(height, duration)
        self.sleep(duration + 0.5)


@pytest.fixture
def flown(tmp_path: pathlib.Path, cache: str, request: pytest.FixtureRequest) -> Any:
    """A drone; the marker `drones` says which, and how it is served."""
    marker = request.node.get_closest_marker("drones")
    text, *arguments = marker.args if marker else (ONE,)
    with serving(tmp_path, text, "--lock-step", *arguments) as served:
        with SyncCrazyflie(served.uris[0], cf=Crazyflie(rw_cache=cache)) as scf:
            yield Flown(served, scf)
