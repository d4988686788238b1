"""What is kept of an environment for people to see: frames, and a page that plays the flight."""

from __future__ import annotations

import math
import pathlib
import tempfile
from datetime import datetime
from typing import Any

import numpy as np

from ..._values import Array
from ..._view import IMAGE_SIZE
from ...flight import Flight, fly
from ...simulation import Simulation

FRAMES_PER_SECOND = 24

_EYE = (-1.5 * math.cos(math.pi / 6), -3 * math.cos(math.pi / 6) ** 2, 1.5)
"""Where the camera stands that looks at the origin: 3 m away, 30° aside and 30° up. [m]"""


def stamp() -> str:
    """The date and time, for names of files."""
    return datetime.now().strftime("%m.%d.%Y_%H.%M.%S")


class Frames:
    """Images of an episode, one file each, in a folder of its own."""

    def __init__(self, folder: str) -> None:
        self.folder = pathlib.Path(folder) / f"recording_{stamp()}"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.count = 0

    def save(self, simulation: Simulation) -> None:
        """Draws the world as it is now."""
        from matplotlib import image

        width, height = IMAGE_SIZE
        drawn = simulation.view(
            0, width, height, eye=_EYE, target=(0, 0, 0), field_of_view=math.pi / 3
        )
        image.imsave(self.folder / f"frame_{self.count}.png", drawn)
        self.count += 1


class Playback:
    """The commands of an episode, from which its flight is made once more for a page that plays it."""

    def __init__(self, scenario: dict[str, Any], frequency: float) -> None:
        self._scenario, self._frequency = scenario, frequency
        self._speeds: list[Array] = []

    def add(self, speeds: Array) -> None:
        """Takes note of the rotor speeds of a control step, (drones, 4). [rpm]"""
        self._speeds.append(np.array(speeds))

    def write(self, folder: str) -> pathlib.Path | None:
        """Writes the page, and opens it where there is a screen; ``None`` where nothing was flown."""
        if not self._speeds:
            return None
        pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
        page = pathlib.Path(folder) / f"replay_{stamp()}.html"
        return self.flight().replay(page)

    def flight(self) -> Flight:
        """The episode, flown once more."""
        with tempfile.TemporaryDirectory() as scratch:
            commands = pathlib.Path(scratch) / "commands.csv"
            self._write_commands(commands)
            return fly(self._scenario_of(commands))

    def _write_commands(self, path: pathlib.Path) -> None:
        lines = ["t,drone,rpm0,rpm1,rpm2,rpm3"]
        for step, speeds in enumerate([np.zeros_like(self._speeds[0]), *self._speeds]):
            for drone, row in enumerate(speeds.tolist()):
                lines.append(",".join(map(repr, [step / self._frequency, drone, *row])))
        path.write_text("\n".join(lines) + "\n")

    def _scenario_of(self, commands: pathlib.Path) -> dict[str, Any]:
        rates = {
            **self._scenario["rates"],
            "control": self._frequency,
            "record": self._frequency,
        }
        drones = [
            {**drone, "controller": {"replay": str(commands)}} for drone in self._scenario["drones"]
        ]
        duration = len(self._speeds) / self._frequency
        return {**self._scenario, "duration": duration, "rates": rates, "drones": drones}
