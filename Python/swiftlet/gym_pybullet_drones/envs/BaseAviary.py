"""What all environments have in common."""

from __future__ import annotations

import time
from typing import Any

import gymnasium
import numpy as np
import numpy.typing as npt

from ..._library import check, ffi, lib
from ..._values import Array
from ...errors import ArgumentError
from .._elsewhere import ElsewhereError, NoClient, check_overrides, explain
from ..utils.enums import DroneModel, Physics
from ._constants import ModelConstants
from ._recording import FRAMES_PER_SECOND, Frames, Playback
from ._world import Obstacles, simulation


class BaseAviary(ModelConstants, gymnasium.Env[Any, Any]):
    """Drones in one world, which a subclass makes an environment of by the methods that it defines:
    ``_actionSpace``, ``_observationSpace``, ``_computeObs``, ``_preprocessAction``, ``_computeReward``,
    ``_computeTerminated``, ``_computeTruncated`` and ``_computeInfo``.

    ``pos``, ``vel``, ``ang_v`` (drones, 3) [m, m/s, rad/s], along the world's axes, ``quat`` (drones, 4) and
    ``rpy`` (drones, 3) [rad] are how drones move. Where drones start is read from ``INIT_XYZS`` and
    ``INIT_RPYS`` at each reset.

    :param drone_model: what flies
    :param num_drones: how many
    :param neighbourhood_radius: within which drones are neighbours [m]
    :param initial_xyzs: where they start, (drones, 3) [m]; by default 0.1 m above the floor, side by side
    :param initial_rpys: roll, pitch and yaw that they start with, (drones, 3) [rad]
    :param physics: which laws move them
    :param pyb_freq: how many physics steps make a second, a multiple of ``ctrl_freq`` [Hz]
    :param ctrl_freq: how many steps of the environment make a second [Hz]
    :param gui: whether closing writes a page that plays the last episode; there is no window
    :param record: whether images are written while drones fly, 24 for each second
    :param obstacles: whether the usual obstacles are there, or which, as a scenario has them
    :param user_debug_gui: does nothing: there are no sliders
    :param vision_attributes: refused, where true
    :param output_folder: where pages and images go
    :raises ArgumentError: where something is not as it should be
    :raises ElsewhereError: where something is asked for that is done another way here
    """

    _frames: Frames | None
    _playback: Playback | None

    def __init_subclass__(cls, **keywords: Any) -> None:
        super().__init_subclass__(**keywords)
        check_overrides(cls)

    def __init__(
        self,
        drone_model: DroneModel = DroneModel.CF2X,
        num_drones: int = 1,
        neighbourhood_radius: float = np.inf,
        initial_xyzs: npt.ArrayLike | None = None,
        initial_rpys: npt.ArrayLike | None = None,
        physics: Physics = Physics.PYB,
        pyb_freq: int = 240,
        ctrl_freq: int = 240,
        gui: bool = False,
        record: bool = False,
        obstacles: Obstacles = False,
        user_debug_gui: bool = True,
        vision_attributes: bool = False,
        output_folder: str = "results",
    ) -> None:
        if pyb_freq % ctrl_freq != 0:
            raise ArgumentError(f"pyb_freq is {pyb_freq}; expected a multiple of ctrl_freq, {ctrl_freq}")
        if vision_attributes:
            raise ElsewhereError(
                'vision_attributes=True is not there; use swiftlet.make("gpd-vision-hover")'
            )
        self.CTRL_FREQ, self.PYB_FREQ = ctrl_freq, pyb_freq
        self.PYB_STEPS_PER_CTRL = pyb_freq // ctrl_freq
        self.CTRL_TIMESTEP, self.PYB_TIMESTEP = 1 / ctrl_freq, 1 / pyb_freq
        self.NUM_DRONES, self.NEIGHBOURHOOD_RADIUS = num_drones, neighbourhood_radius
        self.DRONE_MODEL, self.PHYSICS = DroneModel(drone_model), Physics(physics)
        self.GUI, self.RECORD, self.USER_DEBUG = gui, record, user_debug_gui
        self.OBSTACLES, self.VISION_ATTR = obstacles, vision_attributes
        self.OUTPUT_FOLDER = output_folder
        self.URDF = self.DRONE_MODEL.value + ".urdf"
        self._name_constants()
        self.CLIENT = NoClient()
        self.PLANE_ID, self.DRONE_IDS = 0, np.arange(1, num_drones + 1)
        self.INIT_XYZS = self._rows("initial_xyzs", initial_xyzs, self._usual_places())
        self.INIT_RPYS = self._rows("initial_rpys", initial_rpys, np.zeros((num_drones, 3)))
        self._make_simulation()
        self.action_space = self._actionSpace()
        self.observation_space = self._observationSpace()
        self._housekeeping()
        self._updateAndStoreKinematicInformation()

    def __getattr__(self, name: str) -> Any:
        explain(type(self), name)

    def _usual_places(self) -> Array:
        apart = 4 * self.L * np.arange(self.NUM_DRONES)
        height = self.COLLISION_H / 2 - self.COLLISION_Z_OFFSET + 0.1
        return np.stack([apart, apart, np.full(self.NUM_DRONES, height)], axis=1)

    def _rows(self, name: str, given: npt.ArrayLike | None, usual: Array) -> Array:
        if given is None:
            return usual
        rows = np.array(given, np.float64)
        if rows.shape != (self.NUM_DRONES, 3):
            raise ArgumentError(f"{name} has shape {rows.shape}; expected ({self.NUM_DRONES}, 3)")
        return rows

    def _make_simulation(self) -> None:
        self._simulation = simulation(
            self.DRONE_MODEL,
            self.PHYSICS,
            self.INIT_XYZS,
            self.INIT_RPYS,
            self.PYB_FREQ,
            self.OBSTACLES,
        )
        self._start = np.hstack([self.INIT_XYZS, self.INIT_RPYS])

    def reset(self, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Any, Any]:
        """Puts all drones back to where they start.

        :returns: the first observation, and what ``_computeInfo`` says
        """
        super().reset(seed=seed, options=options)
        self._housekeeping()
        self._updateAndStoreKinematicInformation()
        return self._computeObs(), self._computeInfo()

    def step(self, action: Any) -> tuple[Any, Any, Any, Any, Any]:
        """Flies one control step.

        :param action: what ``_preprocessAction`` makes rotor speeds of, (drones, 4) [rpm]
        :returns: observation, reward, whether it is terminated, whether it is truncated, and info
        :raises ArgumentError: where a rotor speed is not finite
        :raises DivergenceError: where a number of the simulation became infinite or not a number
        """
        if self._frames and self.step_counter % (self.PYB_FREQ // FRAMES_PER_SECOND) == 0:
            self._frames.save(self._simulation)
        speeds = np.reshape(self._preprocessAction(action), (self.NUM_DRONES, 4))
        self._simulation.step(speeds[np.newaxis], self.PYB_STEPS_PER_CTRL)
        if self._playback:
            self._playback.add(speeds)
        self.last_clipped_action = speeds
        self._updateAndStoreKinematicInformation()
        outcome = (
            self._computeObs(),
            self._computeReward(),
            self._computeTerminated(),
            self._computeTruncated(),
            self._computeInfo(),
        )
        self.step_counter += self.PYB_STEPS_PER_CTRL
        return outcome

    def render(self, mode: str = "human", close: bool = False) -> None:
        """Prints how drones move. The parameters do nothing."""
        seconds, wall = self.step_counter * self.PYB_TIMESTEP, max(time.time() - self.RESET_TIME, 1e-9)
        print(f"\nstep {self.step_counter:4d}  {seconds:.1f} s flown in {wall:.1f} s, {seconds / wall:.2f} x")
        for drone in range(self.NUM_DRONES):
            shown = {
                "position": self.pos,
                "velocity": self.vel,
                "roll, pitch, yaw": self.rpy * self.RAD2DEG,
                "angular velocity": self.ang_v,
            }
            words = (f"{name} {_text(rows[drone])}" for name, rows in shown.items())
            print(f"drone {drone}: " + "  ".join(words))

    def close(self) -> None:
        """Ends the environment; with ``gui`` it writes the page that plays the last episode."""
        if self._playback and (page := self._playback.write(self.OUTPUT_FOLDER)):
            print(f"the flight: {page}")
        self._playback = None
        self._simulation.close()

    def getPyBulletClient(self) -> NoClient:
        """What stands for the number of a client: PyBullet's functions refuse it, and say what to use."""
        return self.CLIENT

    def getDroneIds(self) -> npt.NDArray[np.int_]:
        """The numbers of the drones, from 1, (drones,)."""
        return self.DRONE_IDS

    def _housekeeping(self) -> None:
        """Begins an episode."""
        self.RESET_TIME = time.time()
        self.step_counter = 0
        shape = (self.NUM_DRONES, 3)
        self.last_clipped_action = np.zeros((self.NUM_DRONES, 4))
        self.pos, self.vel, self.quat = np.zeros(shape), np.zeros(shape), np.zeros((shape[0], 4))
        self.rpy, self.ang_v = np.zeros(shape), np.zeros(shape)
        self._angles = [ffi.from_buffer("double[]", array) for array in (self.rpy, self.ang_v)]
        if np.array_equal(self._start, np.hstack([self.INIT_XYZS, self.INIT_RPYS])):
            self._simulation.reset()
        else:
            self._simulation.close()
            self._make_simulation()
        self._frames = Frames(self.OUTPUT_FOLDER) if self.RECORD else None
        scenario = self._simulation.scenario
        self._playback = Playback(scenario, self.CTRL_FREQ) if self.GUI else None

    def _updateAndStoreKinematicInformation(self) -> None:
        """Reads how drones move into ``pos``, ``quat``, ``rpy``, ``vel`` and ``ang_v``."""
        now = self._simulation
        self.pos[...], self.quat[...] = now.position[0], now.attitude[0]
        self.vel[...] = now.velocity[0]
        if self.quat[:, 3].min() <= 0.5:
            _choose_sign(self.quat)
        check(lib.swiftlet_angles(now.state_buffers, self.NUM_DRONES, *self._angles))
        if self.PHYSICS == Physics.DYN:
            self.rpy_rates = now.body_rates[0].copy()

    def _getDroneStateVector(self, nth_drone: int) -> Array:
        """A drone's position, quaternion, roll, pitch and yaw, velocity, angular velocity and rotor
        speeds, (20,)."""
        i = nth_drone
        moving = (self.pos[i], self.quat[i], self.rpy[i], self.vel[i], self.ang_v[i])
        return np.concatenate((*moving, self.last_clipped_action[i]))

    def _getAdjacencyMatrix(self) -> Array:
        """1 where drones are neighbours or the same, else 0, (drones, drones)."""
        apart = np.linalg.norm(self.pos[:, np.newaxis] - self.pos, axis=-1)
        near: Array = np.where(apart < self.NEIGHBOURHOOD_RADIUS, 1.0, np.identity(self.NUM_DRONES))
        return near

    def _normalizedActionToRPM(self, action: npt.ArrayLike) -> Array:
        """Rotor speeds of numbers from -1 to 1: -1 is none, 0 hovers, 1 is the highest. [rpm]"""
        share = np.asarray(action)
        above = self.MAX_RPM - self.HOVER_RPM
        speeds: Array = self.HOVER_RPM + share * np.where(share <= 0, self.HOVER_RPM, above)
        return speeds

    def _showDroneLocalAxes(self, nth_drone: int) -> None:
        """Does nothing: there is no window to draw in."""

    def _calculateNextStep(
        self, current_position: Array, destination: Array, step_size: float = 1
    ) -> Array:
        """The destination, or the point towards it that is ``step_size`` away where it is farther. [m]"""
        way = destination - current_position
        distance = np.linalg.norm(way)
        if distance <= step_size:
            return destination
        nearer: Array = current_position + way / distance * step_size
        return nearer

    def _actionSpace(self) -> gymnasium.Space[Any]:
        """Of what actions are."""
        raise NotImplementedError(f"{type(self).__name__} has no _actionSpace")

    def _observationSpace(self) -> gymnasium.Space[Any]:
        """Of what observations are."""
        raise NotImplementedError(f"{type(self).__name__} has no _observationSpace")

    def _computeObs(self) -> Any:
        """The observation."""
        raise NotImplementedError(f"{type(self).__name__} has no _computeObs")

    def _preprocessAction(self, action: Any) -> Array:
        """The rotor speeds of an action, (drones, 4). [rpm]"""
        raise NotImplementedError(f"{type(self).__name__} has no _preprocessAction")

    def _computeReward(self) -> Any:
        """The reward."""
        raise NotImplementedError(f"{type(self).__name__} has no _computeReward")

    def _computeTerminated(self) -> Any:
        """Whether the episode is terminated."""
        raise NotImplementedError(f"{type(self).__name__} has no _computeTerminated")

    def _computeTruncated(self) -> Any:
        """Whether the episode is truncated."""
        raise NotImplementedError(f"{type(self).__name__} has no _computeTruncated")

    def _computeInfo(self) -> dict[str, Any]:
        """What else there is to say."""
        raise NotImplementedError(f"{type(self).__name__} has no _computeInfo")


def _choose_sign(quaternions: Array) -> None:
    """Of the two quaternions of a rotation takes the one that its matrix gives: with w above 0 where w² > 1/4, else
    with the largest of x, y and z above 0."""
    x, y, z, w = quaternions.T
    largest = np.take_along_axis(
        quaternions, np.abs(quaternions[:, :3]).argmax(axis=1)[:, np.newaxis], axis=1
    )[:, 0]
    quaternions[np.where(w * w > 0.25, w, largest) < 0] *= -1


def _text(numbers: Array) -> str:
    return "(" + ", ".join(f"{number:+.2f}" for number in numbers) + ")"
