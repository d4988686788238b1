"""Worlds of drones that are stepped by rotor speeds: for control, identification and planning."""

from __future__ import annotations

import math
import weakref
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from ._batch import whole
from ._library import check, ffi, lib, struct
from ._states import StateArrays
from ._values import Array, as_text, numbers
from .errors import ArgumentError, ClosedError, DivergenceError

# How many steps of drones are made between two looks at whether Ctrl-C was pressed.
_STEPS_AT_ONCE = 1_000_000


class Simulation:
    """``worlds`` worlds, all alike at first, of some drones each.

    ::

        simulation = swiftlet.Simulation(["cf2x", "cf2x"], worlds=1024)
        simulation.step(np.full((1024, 2, 4), 14_500.0), steps=24)
        simulation.position          # (1024, 2, 3), m

    Everything is deterministic: the same commands give the same bits, on any number of threads, in one
    world or among many.

    ``position``, ``attitude``, ``velocity``, ``body_rates``, ``rotor_speeds``, ``contacts`` and ``time`` are
    read-only views of memory that is written anew when one of them is asked for after a step: copy what is to
    stay. ``write`` moves drones. Vectors are in the
    world's frame, z up, but for body rates; quaternions are x, y, z, w, from body to world.

    :param models: the drones of a world: names (``swiftlet.catalogue("models")``) or URDF files; by default one
        Crazyflie, ``cf2x_phoenix_2021_12``, or ``cf2x`` in preset ``gpd``
    :param worlds: how many worlds there are
    :param at: where the drones start, (drones, 3) [m]; by default in a row along x, 1 m apart and 1 m up
    :param frequency: how many physics steps make a second [Hz]
    :param physics: the scenario's ``physics``: a preset's name (``accurate`` or ``gpd``), or a mapping such
        as ``{"preset": "gpd", "dynamics": "explicit", "gravity": 9.8}``
    :param effects: the names of the effects of the air; all by default, ``[]`` for none
    :param obstacles: the scenario's ``world.obstacles``, such as ``[{"sphere": 0.2, "at": [1, 0, 1]}]``
    :param floor: whether there is a floor at z = 0
    :param wind: the scenario's ``wind``, such as ``{"mean": [2, 0, 0]}``
    :param drones: what else the scenario says of each drone, one mapping for all or one each, such as
        ``{"controller": "geometric", "velocity": [1, 0, 0]}``
    :param seed: where the turbulence of world 0 starts; those of others count up from there
    :param threads: how many threads step the worlds
    :raises ArgumentError: with key, value, what was expected, and the nearest word
    """

    def __init__(
        self,
        models: str | Sequence[str] | None = None,
        worlds: int = 1,
        *,
        at: npt.ArrayLike | None = None,
        frequency: float = 240,
        physics: str | Mapping[str, Any] = "accurate",
        effects: Sequence[str] | None = None,
        obstacles: Sequence[Mapping[str, Any]] = (),
        floor: bool = True,
        wind: Mapping[str, Any] | None = None,
        drones: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None,
        seed: int = 0,
        threads: int = 1,
    ) -> None:
        names = [models] if models is None or isinstance(models, str) else list(models)
        physics = {"preset": physics} if isinstance(physics, str) else dict(physics)
        if effects is not None:
            physics["effects"] = list(effects)
        self.scenario: dict[str, Any] = {
            "version": 1,
            "seed": seed,
            "rates": {"physics": frequency},
            "physics": physics,
            "world": {"floor": floor, "obstacles": list(obstacles)},
            "wind": dict(wind or {}),
            "drones": _drones(names, at, drones),
        }
        options = struct("swiftlet_simulation_options")
        options.worlds, options.threads = whole("worlds", worlds), whole("threads", threads)
        handle = ffi.new("swiftlet_handle *")
        check(lib.swiftlet_simulation_create(as_text(self.scenario), options, handle))
        self._handle = int(handle[0])
        self._finalizer = weakref.finalize(self, lib.swiftlet_close, self._handle)
        shape = struct("swiftlet_simulation_layout")
        check(lib.swiftlet_simulation_shape(self._handle, shape))
        self.worlds, self.drones = int(shape.world_count), int(shape.drone_count)
        self.obstacle_count, self.period = int(shape.obstacle_count), float(shape.period)
        self._states = StateArrays((self.worlds, self.drones))
        self._read()

    @property
    def position(self) -> Array:
        """Where the centres of mass are, (worlds, drones, 3). [m]"""
        return self._now["position"]

    @property
    def attitude(self) -> Array:
        """The rotations from body to world, quaternions x, y, z, w, (worlds, drones, 4)."""
        return self._now["attitude"]

    @property
    def velocity(self) -> Array:
        """The velocities of the centres of mass, (worlds, drones, 3). [m/s]"""
        return self._now["velocity"]

    @property
    def body_rates(self) -> Array:
        """The angular velocities along the body's axes, (worlds, drones, 3). [rad/s]"""
        return self._now["body_rates"]

    @property
    def rotor_speeds(self) -> Array:
        """The speeds at which rotors turned over the last step, (worlds, drones, 4). [rpm]"""
        return self._now["rotor_speeds"]

    @property
    def contacts(self) -> npt.NDArray[np.int32]:
        """How many points touched something at once, at most, in the last ``step``, (worlds, drones)."""
        view: npt.NDArray[np.int32] = self._now["contacts"]
        return view

    @property
    def time(self) -> Array:
        """The time since the start of each world, (worlds,). [s]"""
        return self._now["time"][:, 0]

    @property
    def hover_rotor_speeds(self) -> Array:
        """The rotor speeds at which each drone hovers, (worlds, drones, 4). [rpm]"""
        speeds = np.zeros((self.worlds, self.drones, 4))
        self._call(lib.swiftlet_simulation_hover, ffi.from_buffer("double[]", speeds))
        return speeds

    def step(self, rotor_speeds: npt.ArrayLike | None = None, steps: int = 1) -> None:
        """Advances all worlds by some physics steps.

        :param rotor_speeds: what the rotors are told from now on, (worlds, drones, 4) or what broadcasts
            to that; ``None`` for what they were told before [rpm]
        :param steps: how many steps
        :raises ArgumentError: where speeds have another shape or are not finite
        :raises DivergenceError: where a number became infinite or not a number; the worlds were stepped
        """
        speeds = ffi.NULL
        if rotor_speeds is not None:
            array = self._array("rotor_speeds", rotor_speeds, (self.worlds, self.drones, 4))
            speeds = ffi.from_buffer("double[]", array)
        self._is_read = False
        step, count = lib.swiftlet_simulation_step, whole("steps", steps)
        most = max(1, _STEPS_AT_ONCE // (self.worlds * self.drones))
        if count <= most:
            self._call(step, speeds, count, ffi.NULL, ffi.NULL)
            return
        contacts = np.zeros((self.worlds, self.drones), np.int32)
        while count > 0:
            self._call(step, speeds, min(count, most), self._states.buffers, ffi.NULL)
            count -= most
            np.maximum(contacts, self._states.arrays["contacts"], out=contacts)
        self._states.arrays["contacts"][...] = contacts
        self._is_read = True

    def write(
        self,
        *,
        position: npt.ArrayLike | None = None,
        attitude: npt.ArrayLike | None = None,
        velocity: npt.ArrayLike | None = None,
        body_rates: npt.ArrayLike | None = None,
        rotor_speeds: npt.ArrayLike | None = None,
        worlds: npt.ArrayLike | None = None,
    ) -> None:
        """Puts drones where these say, in all worlds or where a mask of shape (worlds,) says.

        Each is of the shape of the property of its name, or broadcasts to that; what is left out stays.

        :raises ArgumentError: where a number is not finite, or a quaternion not of length 1
        """
        given: dict[str, npt.ArrayLike | None] = {
            "position": position,
            "attitude": attitude,
            "velocity": velocity,
            "body_rates": body_rates,
            "rotor_speeds": rotor_speeds,
        }
        buffers, kept = struct("swiftlet_states"), []
        for name, value in given.items():
            if value is None:
                continue
            array = self._array(name, value, self._states.views[name].shape)
            components = np.ascontiguousarray(np.moveaxis(array, -1, 0))
            kept.append(components)
            setattr(buffers, name, ffi.from_buffer("double[]", components))
        self._call(lib.swiftlet_simulation_write, self.mask(worlds), buffers)
        self._read()

    def reset(
        self, worlds: npt.ArrayLike | None = None, seeds: Sequence[int] | None = None
    ) -> None:
        """Begins anew, in all worlds or where a mask of shape (worlds,) says.

        :param seeds: where the turbulence starts, one a world; the seeds of before by default
        """
        self._call(lib.swiftlet_simulation_reset, self.mask(worlds), self._seeds(seeds))
        self._read()

    def push(self, force: npt.ArrayLike, torque: npt.ArrayLike = 0.0) -> None:
        """Pushes the drones from now on until they are pushed otherwise; 0 ends it.

        :param force: on the centres of mass, along the world's axes, (worlds, drones, 3) or what
            broadcasts to that [N]
        :param torque: about them, likewise [N·m]
        """
        shape = (self.worlds, self.drones, 3)
        arrays = [self._array("force", force, shape), self._array("torque", torque, shape)]
        pointers = [ffi.from_buffer("double[]", array) for array in arrays]
        self._call(lib.swiftlet_simulation_push, *pointers)

    def set_wind(self, velocity: npt.ArrayLike, seeds: Sequence[int] | None = None) -> None:
        """Sets the mean wind, (worlds, 3) or what broadcasts to that, and begins turbulence anew. [m/s]"""
        array = self._array("velocity", velocity, (self.worlds, 3))
        if seeds is None:
            seeds = range(self.scenario["seed"], self.scenario["seed"] + self.worlds)
        pointer = ffi.from_buffer("double[]", array)
        self._call(lib.swiftlet_simulation_set_wind, pointer, self._seeds(seeds))

    def obstacle_poses(self) -> Array:
        """Where the obstacles are: positions and quaternions, (worlds, obstacles, 7). [m, -]"""
        poses = np.zeros((self.worlds, self.obstacle_count, 7))
        self._call(lib.swiftlet_simulation_obstacles, ffi.from_buffer("double[]", poses))
        return poses

    def snapshot(self, world: int | None = None) -> SimulationSnapshot:
        """One world as it is now, or all of them."""
        handle = ffi.new("swiftlet_handle *")
        self._call(
            lib.swiftlet_simulation_snapshot, -1 if world is None else whole("world", world), handle
        )
        return SimulationSnapshot(int(handle[0]))

    def restore(self, snapshot: SimulationSnapshot, world: int | None = None) -> None:
        """Puts worlds back.

        A snapshot of one world goes into ``world``, or, without one, into every world: they branch from
        one moment. A snapshot of all worlds goes back into all.
        """
        self._call(
            lib.swiftlet_simulation_restore,
            -1 if world is None else whole("world", world),
            snapshot.handle,
        )
        self._read()

    def ranges(
        self, directions: npt.ArrayLike, nearest: float = 0.001, farthest: float = 10.0
    ) -> Array:
        """How far drones see along rays, (worlds, drones, rays); infinite where there is nothing. [m]

        :param directions: along the drones' axes, (rays, 3)
        :param nearest: what is nearer is not seen [m]
        :param farthest: what is farther is not seen [m]
        """
        rays = np.ascontiguousarray(directions, np.float64)
        if rays.ndim != 2 or rays.shape[1] != 3:
            raise ArgumentError(f"directions have shape {rays.shape}; expected (rays, 3)")
        distances = np.zeros((self.worlds, self.drones, len(rays)))
        self._call(
            lib.swiftlet_simulation_ranges,
            ffi.from_buffer("double[]", rays),
            len(rays),
            nearest,
            farthest,
            ffi.from_buffer("double[]", distances),
        )
        return distances

    def images(
        self,
        width: int = 64,
        height: int = 48,
        *,
        field_of_view: float = math.pi / 3,
        position: Sequence[float] = (0.03, 0.0, 0.01),
        attitude: Sequence[float] = (0.0, 0.0, 0.0, 1.0),
        farthest: float = 1000.0,
    ) -> dict[str, npt.NDArray[Any]]:
        """What every drone sees through a camera on it: ``rgb`` (worlds, drones, height, width, 3) in bytes,
        ``depth`` in metres and ``segmentation`` (…, height, width): -1 nothing, 0 the floor, from 1 on the
        obstacles, then the drones.

        :param field_of_view: the angle between the upper and lower edge [rad]
        :param position: where the camera is, along the drone's axes [m]
        :param attitude: how it is turned there, a quaternion x, y, z, w; it looks along its x axis
        """
        camera = _camera(width, height, field_of_view, position, attitude, farthest)
        return self._drawn((self.worlds, self.drones), camera, lib.swiftlet_simulation_images)

    def view(
        self,
        world: int = 0,
        width: int = 640,
        height: int = 480,
        *,
        eye: Sequence[float] | None = None,
        target: Sequence[float] | None = None,
        field_of_view: float = math.pi / 4,
    ) -> npt.NDArray[np.uint8]:
        """An image of a world from outside, (height, width, 3) bytes of red, green and blue.

        :param eye: where it is seen from [m]; from behind and above the drones by default
        :param target: what is looked at [m]; the middle of the drones by default
        """
        middle = self.position[world].mean(axis=0)
        spread = np.linalg.norm(self.position[world] - middle, axis=-1).max()
        to = np.asarray(middle if target is None else target, np.float64)
        off = (0.6 + 1.6 * spread) * np.array([-0.8, -0.45, 0.4])
        at = np.asarray(to + off if eye is None else eye, np.float64)
        camera = _camera(width, height, field_of_view, at, _looking(at, to), 1000.0)

        def draw(handle: int, *arguments: Any) -> int:
            return int(lib.swiftlet_simulation_view(handle, whole("world", world), *arguments))

        image: npt.NDArray[np.uint8] = self._drawn((), camera, draw)["rgb"]
        return image

    def _drawn(
        self, lead: tuple[int, ...], camera: Any, function: Any
    ) -> dict[str, npt.NDArray[Any]]:
        shape = (*lead, camera.height, camera.width)
        rgb = np.zeros((*shape, 3), np.uint8)
        depth, ids = np.zeros(shape, np.float32), np.zeros(shape, np.int32)
        self._call(
            function,
            camera,
            ffi.from_buffer("uint8_t[]", rgb),
            ffi.from_buffer("float[]", depth),
            ffi.from_buffer("int32_t[]", ids),
        )
        return {"rgb": rgb, "depth": depth, "segmentation": ids}

    def close(self) -> None:
        """Lets go of what it holds; closing twice does nothing."""
        self._finalizer()

    def _read(self) -> None:
        self._call(lib.swiftlet_simulation_read, self._states.buffers)
        self._is_read = True

    @property
    def _now(self) -> dict[str, npt.NDArray[Any]]:
        """How drones move now."""
        if not self._is_read:
            self._read()
        return self._states.views

    def _call(self, function: Any, *arguments: Any) -> None:
        if not self._finalizer.alive:
            raise ClosedError("the simulation is closed")
        check(function(self._handle, *arguments))

    def _array(self, name: str, value: npt.ArrayLike, shape: tuple[int, ...]) -> Array:
        return numbers(name, value, shape)

    @property
    def state_buffers(self) -> Any:
        """The buffers of how drones move now, for other functions of the library."""
        if not self._is_read:
            self._read()
        return self._states.buffers

    def mask(self, worlds: npt.ArrayLike | None) -> Any:
        """A mask of worlds for functions of the library."""
        if worlds is None:
            return ffi.NULL
        mask = np.ascontiguousarray(worlds)
        if mask.dtype != np.bool_ or mask.shape != (self.worlds,):
            raise ArgumentError(f"worlds has to be a bool array of shape ({self.worlds},)")
        return ffi.from_buffer("bool[]", mask)

    def _seeds(self, seeds: Sequence[int] | None) -> Any:
        if seeds is None:
            return ffi.NULL
        if len(seeds) != self.worlds:
            raise ArgumentError(f"there are {len(seeds)} seeds; expected {self.worlds}, one a world")
        return ffi.new("uint64_t[]", [int(seed) % 2**64 for seed in seeds])


class SimulationSnapshot:
    """One world, or all worlds of a simulation, as they were at one moment."""

    def __init__(self, handle: int) -> None:
        self.handle = handle
        self.close = weakref.finalize(self, lib.swiftlet_close, handle)


def _drones(
    names: Sequence[str | None],
    at: npt.ArrayLike | None,
    more: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None,
) -> list[dict[str, Any]]:
    """The drones of a scenario."""
    count = len(names)
    default = [[float(index), 0.0, 1.0] for index in range(count)]
    places = numbers("at", default if at is None else at, (count, 3)).tolist()
    if more is None or isinstance(more, Mapping):
        more = [more or {}] * count
    if len(more) != count:
        raise ArgumentError(f"drones has {len(more)} mappings; expected one, or {count}")
    return [
        {**({} if name is None else {"model": name}), "at": place, **rest}
        for name, place, rest in zip(names, places, more, strict=True)
    ]


def _camera(
    width: int,
    height: int,
    field_of_view: float,
    position: Sequence[float] | Array,
    attitude: Sequence[float] | Array,
    farthest: float,
) -> Any:
    camera = struct("swiftlet_camera")
    camera.width, camera.height = whole("width", width), whole("height", height)
    camera.vertical_field_of_view, camera.nearest, camera.farthest = field_of_view, 0.01, farthest
    camera.position = [float(x) for x in position]
    camera.attitude = [float(x) for x in attitude]
    return camera


def _looking(eye: Array, target: Array) -> Array:
    """The attitude of a camera that looks from one place at another, its top up."""
    x, y, z = target - eye
    yaw, nod = math.atan2(y, x), math.atan2(-z, math.hypot(x, y))
    sy, cy, sn, cn = math.sin(yaw / 2), math.cos(yaw / 2), math.sin(nod / 2), math.cos(nod / 2)
    return np.array([-sy * sn, cy * sn, sy * cn, cy * cn])


__all__ = ["DivergenceError", "Simulation", "SimulationSnapshot"]
