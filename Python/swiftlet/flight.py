"""Scenarios flown from Python, some drones by functions of one's own."""

from __future__ import annotations

import json
import os
import pathlib
import tempfile
import weakref
import webbrowser
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Union

import numpy as np
import numpy.typing as npt

from ._library import check, ffi, lib, struct, text
from ._states import GOAL_WIDTHS, STATE_WIDTHS
from ._values import as_text, numbers
from ._view import has_screen
from .errors import ArgumentError

Scenario = Union[str, "os.PathLike[str]", Mapping[str, Any]]


@dataclass(frozen=True)
class DroneView:
    """What a controller is told: how its drone moves, as its sensors say, and where it should be."""

    time: float
    """The time since the start. [s]"""
    period: float
    """The time until the next command. [s]"""
    position: npt.NDArray[np.float64]
    """Where it is, (3,). [m]"""
    attitude: npt.NDArray[np.float64]
    """The rotation from body to world, a quaternion x, y, z, w."""
    velocity: npt.NDArray[np.float64]
    """The velocity in the world, (3,). [m/s]"""
    body_rates: npt.NDArray[np.float64]
    """The angular velocity along the body's axes, (3,). [rad/s]"""
    rotor_speeds: npt.NDArray[np.float64]
    """The speeds of its rotors, (4,). [rpm]"""
    goal_position: npt.NDArray[np.float64]
    """Where its reference is, (3,); NaN without one. [m]"""
    goal_velocity: npt.NDArray[np.float64]
    """How its reference moves, (3,); NaN without one. [m/s]"""
    goal_yaw: float
    """Which way it should look; NaN without a reference. [rad]"""
    contacts: int
    """How many points touched something at once since the last command."""


Controller = Callable[[DroneView], npt.ArrayLike]
"""From what a drone sees to its four rotor speeds. [rpm]"""


def fly(
    scenario: Scenario,
    controllers: Mapping[int, Controller] | None = None,
    *,
    settings: Sequence[str] = (),
    folder: str | os.PathLike[str] | None = None,
) -> Flight:
    """Flies a scenario to its end.

    ::

        def hold(drone):
            return 19_300 + 2_000 * (1 - drone.position[2]) * np.ones(4)

        flight = swiftlet.fly("Examples/circle.yaml", controllers={0: hold})
        flight.position              # (instants, drones, 3), m

    :param scenario: the name of a file, or what such a file would hold, as a mapping
    :param controllers: functions that fly drones in the place of the scenario's controllers, by the
        drones' indices
    :param settings: values in the place of the scenario's, such as ``"drones[0].model=cf2p"``
    :param folder: where the flight is written, if anywhere: a new folder
    :raises ArgumentError: with file, line, key, value and what was expected
    :raises DivergenceError: where a drone's state is not finite any more
    """
    handle = _create(scenario, settings)
    try:
        _fly(handle, dict(controllers or {}))
        if folder is not None:
            check(lib.swiftlet_flight_write(handle, os.fsencode(folder), True))
        return Flight(handle)
    except BaseException:
        lib.swiftlet_close(handle)
        raise


class Flight:
    """A flight that has been flown: all that was recorded of it, as arrays.

    The first axis is of instants, the second of drones; vectors have a last axis of components. Quaternions
    are x, y, z, w, from body to world. In a notebook it shows itself.
    """

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._finalizer = weakref.finalize(self, lib.swiftlet_close, handle)
        state = _where(handle)
        self.columns: list[str] = json.loads(text(lib.swiftlet_flight_columns, handle))
        """The names of a row's numbers, as in a trajectory file."""
        shape = (state.row_count // state.drone_count, state.drone_count, state.column_count)
        self.table = np.zeros(shape)
        """All numbers, (instants, drones, columns); NaN for what is empty."""
        buffer = ffi.from_buffer("double[]", self.table)
        check(lib.swiftlet_flight_rows(handle, 0, state.row_count, buffer))
        self.summary: list[dict[str, Any]] = json.loads(text(lib.swiftlet_flight_summary, handle))
        """Of each drone its model and its tracking: rmse, largestError [m], and contacts."""

    def __getitem__(self, column: str) -> npt.NDArray[np.float64]:
        """A column of that name, (instants, drones)."""
        if column not in self.columns:
            raise ArgumentError(f"there is no column {column!r}; there are {self.columns}")
        return self.table[:, :, self.columns.index(column)]

    def _columns(self, *names: str) -> npt.NDArray[np.float64]:
        return self.table[:, :, [self.columns.index(name) for name in names]]

    @property
    def time(self) -> npt.NDArray[np.float64]:
        """The times of the instants, (instants,). [s]"""
        return self["t"][:, 0]

    @property
    def position(self) -> npt.NDArray[np.float64]:
        """Where drones were, (instants, drones, 3). [m]"""
        return self._columns("x", "y", "z")

    @property
    def attitude(self) -> npt.NDArray[np.float64]:
        """Quaternions, (instants, drones, 4)."""
        return self._columns("qx", "qy", "qz", "qw")

    @property
    def velocity(self) -> npt.NDArray[np.float64]:
        """Velocities in the world, (instants, drones, 3). [m/s]"""
        return self._columns("vx", "vy", "vz")

    @property
    def angular_velocity(self) -> npt.NDArray[np.float64]:
        """Angular velocities along the world's axes, (instants, drones, 3). [rad/s]"""
        return self._columns("wx", "wy", "wz")

    @property
    def rotor_speeds(self) -> npt.NDArray[np.float64]:
        """Speeds over the step that ended at each instant, (instants, drones, 4). [rpm]"""
        return self._columns("rpm0", "rpm1", "rpm2", "rpm3")

    @property
    def reference(self) -> npt.NDArray[np.float64]:
        """Where drones should have been, (instants, drones, 3); NaN without a reference. [m]"""
        return self._columns("ref_x", "ref_y", "ref_z")

    @property
    def contacts(self) -> npt.NDArray[np.int64]:
        """The most points at once since the instant before, (instants, drones)."""
        return self["contacts"].astype(np.int64)

    def to_pandas(self) -> Any:
        """A data frame, one row a drone and instant.

        :raises ImportError: where pandas is not installed
        """
        import pandas

        return pandas.DataFrame(self.table.reshape(-1, len(self.columns)), columns=self.columns)

    def save(self, folder: str | os.PathLike[str], pictures: bool = True) -> pathlib.Path:
        """Writes trajectory.csv and metadata.json into a new folder, obstacles.csv where obstacles move, and
        with ``pictures`` plots.svg and replay.html."""
        check(lib.swiftlet_flight_write(self._handle, os.fsencode(folder), pictures))
        return pathlib.Path(folder)

    def _picture(self, name: str) -> str:
        with tempfile.TemporaryDirectory() as scratch:
            return (self.save(pathlib.Path(scratch) / "flight") / name).read_text(encoding="utf-8")

    def plot(self) -> Picture:
        """The graphs of the flight, as SVG."""
        return Picture(self._picture("plots.svg"))

    def replay(self, path: str | os.PathLike[str] | None = None, show: bool = True) -> pathlib.Path:
        """Writes the page that plays the flight, and opens it in the browser.

        :param path: the file; one among the temporary files by default
        :param show: whether a browser is asked to open it, where there is a screen
        """
        if path is None:
            path = pathlib.Path(tempfile.mkdtemp(prefix="swiftlet-")) / "replay.html"
        path = pathlib.Path(path)
        path.write_text(self._picture("replay.html"), encoding="utf-8")
        if show and has_screen():
            webbrowser.open(path.resolve().as_uri())
        return path

    def __repr__(self) -> str:
        instants, drones, _ = self.table.shape
        return f"Flight({drones} drones, {self.time[-1]:g} s, {instants} instants)"

    def _repr_html_(self) -> str:
        rows = []
        for index, drone in enumerate(self.summary):
            tracking = drone["tracking"]
            error = tracking.get("rmse")
            shown = "" if error is None else f"{100 * error:.2f} cm"
            rows.append(
                f"<tr><td>{index}</td><td>{drone['model']}</td><td>{shown}</td>"
                f"<td>{tracking['contacts']}</td></tr>"
            )
        table = "<tr><th>drone</th><th>model</th><th>RMSE</th><th>contacts</th></tr>"
        return f"<table>{table}{''.join(rows)}</table>{self._picture('plots.svg')}"


class Picture(str):
    """A drawing in SVG, which a notebook shows."""

    def _repr_svg_(self) -> str:
        return str(self)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes it to a file."""
        pathlib.Path(path).write_text(self, encoding="utf-8")


def _create(scenario: Scenario, settings: Sequence[str]) -> int:
    is_file = not isinstance(scenario, Mapping)
    words = os.fsencode(scenario) if not isinstance(scenario, Mapping) else as_text(scenario)
    texts = [ffi.new("char[]", setting.encode()) for setting in settings]
    handle = ffi.new("swiftlet_handle *")
    list_of_texts = ffi.new("char *[]", texts) if texts else ffi.NULL
    check(lib.swiftlet_flight_create(words, is_file, list_of_texts, len(texts), handle))
    return int(handle[0])


def _where(handle: int) -> Any:
    state = struct("swiftlet_flight_state")
    check(lib.swiftlet_flight_where(handle, state))
    return state


def _fly(handle: int, controllers: dict[int, Controller]) -> None:
    state = _where(handle)
    count, period = int(state.drone_count), float(state.control_period)
    for drone in controllers:
        check(lib.swiftlet_flight_take(handle, drone))
    speeds = np.zeros((count, 4))
    pointer = ffi.from_buffer("double[]", speeds)
    arrays, buffers = _buffers(count)
    while not _where(handle).is_over:
        if controllers:
            check(lib.swiftlet_flight_read(handle, buffers))
        for drone, controller in controllers.items():
            view = {name: array[..., drone].copy() for name, array in arrays.items()}
            told = controller(
                DroneView(
                    time=float(view.pop("time")),
                    goal_yaw=float(view.pop("goal_yaw")),
                    contacts=int(view.pop("contacts")),
                    period=period,
                    **view,
                )
            )
            speeds[drone] = numbers(f"what controllers[{drone}] gives", told, (4,))
        check(lib.swiftlet_flight_advance(handle, pointer))


def _buffers(count: int) -> tuple[dict[str, npt.NDArray[Any]], Any]:
    """Arrays of components by drones, and the struct that names them."""
    buffers = struct("swiftlet_states")
    arrays: dict[str, npt.NDArray[Any]] = {}
    for name, width in (STATE_WIDTHS | GOAL_WIDTHS).items():
        arrays[name] = np.zeros((width, count))
    for name in ("time", "goal_yaw"):
        arrays[name] = np.zeros(count)
    for name, array in arrays.items():
        setattr(buffers, name, ffi.from_buffer("double[]", array))
    arrays["contacts"] = np.zeros(count, np.int32)
    buffers.contacts = ffi.from_buffer("int32_t[]", arrays["contacts"])
    return arrays, buffers
