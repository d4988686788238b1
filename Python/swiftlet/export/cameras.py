"""What drones film: their cameras' frames, drawn anew from where a recording says that everything was."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .._extras import imported
from ..errors import ArgumentError
from ..simulation import Simulation
from .recording import Recording

SHAPES = ("box", "sphere", "cylinder", "capsule", "hull", "mesh", "compound")


@dataclass(frozen=True)
class Camera:
    """A camera at the nose of every drone, that looks ahead."""

    width: int = 320
    """How wide its images are. [pixels]"""
    height: int = 240
    """How high they are. [pixels]"""
    frequency: float = 24.0
    """How many it takes; the recording may have fewer instants. [Hz]"""
    field_of_view: float = math.pi / 3
    """The angle between the upper and lower edge. [rad]"""
    position: tuple[float, float, float] = (0.03, 0.0, 0.01)
    """Where it is, along the drone's axes. [m]"""

    def __post_init__(self) -> None:
        if not (math.isfinite(self.frequency) and self.frequency > 0):
            raise ArgumentError(f"frequency is {self.frequency}; expected a positive number of Hz")

    @property
    def focal_length(self) -> float:
        """f = h / (2 tan(θ / 2)). [pixels]"""
        return self.height / (2 * math.tan(self.field_of_view / 2))

    def frames(self, recording: Recording) -> Iterator[tuple[int, npt.NDArray[np.uint8]]]:
        """The instants of frames, and the frames of all drones: (drones, height, width, 3) bytes."""
        simulation: Simulation | None = None
        for instant in self._instants(recording):
            if simulation is None or recording.motions:
                simulation = _frozen(recording, instant)
            simulation.write(
                position=recording.vectors("x", "y", "z")[instant],
                attitude=recording.vectors("qx", "qy", "qz", "qw")[instant],
            )
            drawn = simulation.images(
                self.width, self.height, field_of_view=self.field_of_view, position=self.position
            )
            yield instant, drawn["rgb"][0]

    def _instants(self, recording: Recording) -> list[int]:
        """The first instant of each period of the camera."""
        periods = np.floor(recording.time * self.frequency + 1e-6)
        return [int(first) for first in np.unique(periods, return_index=True)[1]]


def _frozen(recording: Recording, instant: int) -> Simulation:
    """A simulation in which obstacles stand where they were at an instant."""
    drones = recording.scenario.get("drones")
    if not drones:
        raise ArgumentError("a camera needs the metadata.json of the flight, which says what there is to see")
    obstacles = []
    for index, obstacle in enumerate(recording.obstacles):
        body = {key: obstacle[key] for key in (*SHAPES, "at", "attitude") if key in obstacle}
        if index in recording.motions:
            pose = recording.motions[index][instant].tolist()
            body |= {"at": pose[:3], "attitude": pose[3:]}
        obstacles.append(body)
    return Simulation(
        [drone["model"] for drone in drones],
        at=recording.vectors("x", "y", "z")[instant],
        obstacles=obstacles,
        floor=bool(recording.scenario["world"]["floor"]),
    )


def as_png(image: npt.NDArray[np.uint8]) -> bytes:
    """An image of (height, width, 3) bytes as a PNG file."""
    pictures: Any = imported("PIL.Image", "mcap")
    file = io.BytesIO()
    pictures.fromarray(image).save(file, "PNG", compress_level=4)
    return file.getvalue()
