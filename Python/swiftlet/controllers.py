"""The package's controllers and references, over the drones of many worlds."""

from __future__ import annotations

import weakref
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from ._library import check, ffi, lib, struct
from ._values import Array, as_text, numbers
from .simulation import Simulation


class Controllers:
    """What flies the drones of a simulation, each with a memory of its own.

    ::

        simulation = swiftlet.Simulation("cf2x", worlds=1024)
        pilots = swiftlet.Controllers(simulation, "geometric")
        for _ in range(480):
            simulation.step(pilots.rotor_speeds(position=goals), steps=5)

    :param simulation: whose drones they fly
    :param controller: the name of a controller, or a mapping from it to its parameters, as a scenario has
        it; one for all drones of a world, or a list of one each
    :param reference: what is followed where ``rotor_speeds`` is told nothing else, as a scenario has it,
        such as ``{"circle": {"radius": 0.5}}``; one for all, or one each
    :raises ArgumentError: with key, value, what was expected, and the nearest word
    """

    def __init__(
        self,
        simulation: Simulation,
        controller: str | Mapping[str, Any] | Sequence[Any] = "pid",
        reference: Mapping[str, Any] | Sequence[Any] | None = None,
    ) -> None:
        self._simulation = simulation
        count = simulation.drones
        scenario = dict(simulation.scenario)
        drones = [dict(drone) for drone in simulation.scenario["drones"]]
        for drone, chosen in zip(drones, _each(controller, count), strict=True):
            drone["controller"] = chosen
        if reference is not None:
            for drone, chosen in zip(drones, _each(reference, count), strict=True):
                drone["reference"] = chosen
        scenario["drones"] = drones
        handle = ffi.new("swiftlet_handle *")
        check(lib.swiftlet_controllers_create(as_text(scenario), simulation.worlds, handle))
        self._handle = int(handle[0])
        self.close = weakref.finalize(self, lib.swiftlet_close, self._handle)
        self._lead = (simulation.worlds, count)

    def rotor_speeds(
        self,
        *,
        position: npt.ArrayLike | None = None,
        velocity: npt.ArrayLike = 0.0,
        acceleration: npt.ArrayLike = 0.0,
        yaw: npt.ArrayLike = 0.0,
        yaw_rate: npt.ArrayLike = 0.0,
        period: float | None = None,
        time: float | None = None,
    ) -> Array:
        """The speeds that rotors should take now, (worlds, drones, 4). [rpm]

        Without a position, the references are followed.

        :param position: where drones should be, (worlds, drones, 3) or what broadcasts to that [m]
        :param velocity: how they should move there, likewise [m/s]
        :param acceleration: likewise [m/s²]
        :param yaw: which way they should look, (worlds, drones) or what broadcasts to that [rad]
        :param yaw_rate: likewise [rad/s]
        :param period: the time until the next call; 1/48 s by default [s]
        :param time: the time since the start; that of world 0 by default [s]
        """
        setpoints, kept = ffi.NULL, []
        if position is not None:
            setpoints = struct("swiftlet_setpoints")
            for name, value in (
                ("position", position),
                ("velocity", velocity),
                ("acceleration", acceleration),
            ):
                array = np.moveaxis(numbers(name, value, (*self._lead, 3)), -1, 0)
                kept.append(np.ascontiguousarray(array))
                setattr(setpoints, name, ffi.from_buffer("double[]", kept[-1]))
            for name, value in (("yaw", yaw), ("yaw_rate", yaw_rate)):
                kept.append(numbers(name, value, self._lead))
                setattr(setpoints, name, ffi.from_buffer("double[]", kept[-1]))
        speeds = np.zeros((*self._lead, 4))
        check(
            lib.swiftlet_controllers_command(
                self._handle,
                self._simulation.state_buffers,
                setpoints,
                float(self._simulation.time[0]) if time is None else time,
                1 / 48 if period is None else period,
                ffi.from_buffer("double[]", speeds),
            )
        )
        return speeds

    def setpoints(self, time: float) -> dict[str, Array]:
        """Where the references are at a time: position, velocity and acceleration (worlds, drones, 3), yaw
        and yaw_rate (worlds, drones)."""
        buffers, found = struct("swiftlet_setpoints"), {}
        for name in ("position", "velocity", "acceleration"):
            components = np.zeros((3, *self._lead))
            setattr(buffers, name, ffi.from_buffer("double[]", components))
            found[name] = np.moveaxis(components, 0, -1)
        for name in ("yaw", "yaw_rate"):
            found[name] = np.zeros(self._lead)
            setattr(buffers, name, ffi.from_buffer("double[]", found[name]))
        check(lib.swiftlet_controllers_follow(self._handle, time, buffers))
        return found

    def reset(self, worlds: npt.NDArray[np.bool_] | None = None) -> None:
        """Forgets all that happened, in all worlds or where a mask of shape (worlds,) says."""
        mask = self._simulation.mask(worlds)
        check(lib.swiftlet_controllers_reset(self._handle, mask))


def _each(value: Any, count: int) -> list[Any]:
    """One for each of so many drones."""
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str) else [value] * count
