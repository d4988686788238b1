"""A server of a scenario's drones, and its clock, for tests of cflib."""

from __future__ import annotations

import contextlib
import csv
import pathlib
import re
import signal
import subprocess
import threading
from collections.abc import Iterator
from typing import Any

CHECKOUT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = CHECKOUT / ".build/release/swiftlet"


class Served:
    """Drones that are served, and what is known of their flight."""

    def __init__(self, process: subprocess.Popen[str], run: pathlib.Path) -> None:
        self.process = process
        self.run = run
        self.uris: list[str] = []
        self.summary = ""

    def stop(self) -> None:
        """Interrupts the server as Ctrl-C does, and waits until it has written everything."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        self.summary = self.process.communicate(timeout=60)[0]

    def rows(self, drone: int = 0) -> list[dict[str, float]]:
        """The rows of a drone in the recording, by column; what is empty is left out."""
        with (self.run / "trajectory.csv").open() as file:
            return [
                {name: float(value) for name, value in row.items() if value}
                for row in csv.DictReader(file)
                if int(row["drone"]) == drone
            ]


@contextlib.contextmanager
def serving(folder: pathlib.Path, drones: str, *arguments: str) -> Iterator[Served]:
    """Serves drones at ports that are free, records them, and stops at the end."""
    scenario = folder / "served.yaml"
    scenario.write_text(f"version: 1\nname: served\nrates: {{ physics: 1000, control: 1000, record: 100 }}\n{drones}")
    run = folder / "run"
    command = [str(PROGRAM), "serve", str(scenario), "--crazyflie", "--port", "0", "--out", str(run), *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        served = Served(process, run)
        assert process.stderr is not None
        for _ in range(drones.count("model:")):
            line = process.stderr.readline()
            found = re.search(r"udp://\S+", line)
            assert found, line
            served.uris.append(found.group())
        try:
            yield served
        finally:
            if process.poll() is None:
                served.stop()


class Clock:
    """Lets the time of drones in lock-step go by."""

    def __init__(self, cf: Any) -> None:
        self.cf = cf
        self.passed = threading.Event()
        cf.param.add_update_callback("sim", "advance", lambda name, value: self.passed.set())

    def sleep(self, seconds: float) -> None:
        """Returns when so much time has gone by, tenth after tenth, so that no log is lost."""
        milliseconds = round(1000 * seconds)
        while milliseconds > 0:
            step = min(milliseconds, 100)
            self.passed.clear()
            self.cf.param.set_value("sim.advance", step)
            assert self.passed.wait(20), "the server does not answer"
            milliseconds -= step
