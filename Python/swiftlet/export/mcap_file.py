"""Flights as MCAP with Foxglove's schemas, in chunks with indexes, for Foxglove and rerun."""

from __future__ import annotations

import json
import math
import pathlib
from typing import Any

import numpy as np

from .._extras import imported
from .cameras import Camera, as_png
from .messages import (
    NANOSECONDS,
    STATE_FIELDS,
    field_name,
    foxglove,
    own_message,
    set_pose,
    set_time,
    set_vector,
)
from .recording import Array, Recording
from .scene import scene

LONGEST_PATH = 2000
"""How many poses a path shows at most."""

# From a camera that looks along z, x to the right and y down, to one that looks along x, z up.
OPTICAL = (-0.5, 0.5, -0.5, 0.5)


def write_mcap(recording: Recording, path: pathlib.Path, camera: Camera | None) -> None:
    """Writes a flight; times count from its start."""
    writer_class = imported("mcap_protobuf.writer", "mcap").Writer
    with path.open("wb") as file, writer_class(file) as writer:
        flight = _FlightWriter(recording, writer, camera)
        flight.write_whole()
        for instant in range(len(recording.time)):
            flight.write_instant(instant)
        flight.write_metadata()


class _FlightWriter:
    """Writes the messages of a flight, topic by topic."""

    def __init__(self, recording: Recording, writer: Any, camera: Camera | None) -> None:
        self._recording, self._writer, self._camera = recording, writer, camera
        self._times = np.rint(recording.time * NANOSECONDS).astype(np.int64).tolist()
        self._position = recording.vectors("x", "y", "z")
        self._attitude = recording.vectors("qx", "qy", "qz", "qw")
        self._reference = recording.vectors("ref_x", "ref_y", "ref_z")
        self._yaw = recording["ref_yaw"]
        self._lidar = [name for name in recording.readings if name.startswith("lidar_")]
        self._ranges = [name for name in recording.readings if name.startswith("range_")]
        self._state = own_message("DroneState", STATE_FIELDS)
        fields = {field_name(name): "double" for name in self._ranges}
        self._ranges_message = own_message("Ranges", fields) if fields else None
        self._frames = camera.frames(recording) if camera else iter(())
        self._next_frame = next(self._frames, None)

    def _put(self, topic: str, message: Any, instant: int) -> None:
        time = self._times[instant]
        if "timestamp" in message.DESCRIPTOR.fields_by_name:
            set_time(message, time)
        self._writer.write_message(topic, message, log_time=time, publish_time=time)

    def write_whole(self) -> None:
        """What stands at the start: the scene, and the whole paths."""
        drawn = scene(self._recording)
        for entity in drawn.entities:
            set_time(entity, self._times[0])
        self._put("/scene", drawn, 0)
        for drone in range(self._recording.drones):
            self._put_path(f"/drone_{drone}/path", self._position[:, drone], self._attitude[:, drone])
            reference = self._reference[:, drone]
            is_known = np.isfinite(reference).all(axis=-1)
            if is_known.any():
                turns = _turns(self._yaw[is_known, drone])
                self._put_path(f"/drone_{drone}/reference_path", reference[is_known], turns)
            if self._camera:
                self._put(f"/drone_{drone}/camera/calibration", self._calibration(drone), 0)

    def _put_path(self, topic: str, positions: Array, attitudes: Array) -> None:
        path = foxglove("PosesInFrame")(frame_id="world")
        stride = -(-len(positions) // LONGEST_PATH)
        for position, attitude in zip(positions[::stride], attitudes[::stride], strict=True):
            set_pose(path.poses.add(), position, attitude)
        self._put(topic, path, 0)

    def write_instant(self, instant: int) -> None:
        """All that is known of an instant."""
        self._put("/tf", self._transforms(instant), instant)
        for drone in range(self._recording.drones):
            pose = foxglove("PoseInFrame")(frame_id="world")
            set_pose(pose.pose, self._position[instant, drone], self._attitude[instant, drone])
            self._put(f"/drone_{drone}/pose", pose, instant)
            self._put_reference(instant, drone)
            self._put(f"/drone_{drone}/state", self._state_of(instant, drone), instant)
            self._put_readings(instant, drone)
        if self._next_frame and self._next_frame[0] == instant:
            for drone, image in enumerate(self._next_frame[1]):
                message = foxglove("CompressedImage")(
                    frame_id=f"drone_{drone}_camera", format="png", data=as_png(image)
                )
                self._put(f"/drone_{drone}/camera/image", message, instant)
            self._next_frame = next(self._frames, None)

    def _transforms(self, instant: int) -> Any:
        found = foxglove("FrameTransforms")()

        def add(parent: str, child: str, position: Any, attitude: Any) -> None:
            transform = found.transforms.add(parent_frame_id=parent, child_frame_id=child)
            set_time(transform, self._times[instant])
            set_vector(transform.translation, position)
            turn = transform.rotation
            turn.x, turn.y, turn.z, turn.w = (float(number) for number in attitude)

        for drone in range(self._recording.drones):
            add("world", f"drone_{drone}", self._position[instant, drone], self._attitude[instant, drone])
            if self._camera:
                add(f"drone_{drone}", f"drone_{drone}_camera", self._camera.position, OPTICAL)
        for place, motion in self._recording.motions.items():
            add("world", f"obstacle_{place}", motion[instant, :3], motion[instant, 3:])
        return found

    def _put_reference(self, instant: int, drone: int) -> None:
        reference = self._reference[instant, drone]
        if np.isfinite(reference).all():
            pose = foxglove("PoseInFrame")(frame_id="world")
            set_pose(pose.pose, reference, _turns(self._yaw[instant, drone]))
            self._put(f"/drone_{drone}/reference", pose, instant)

    def _state_of(self, instant: int, drone: int) -> Any:
        row = self._recording.table[instant, drone]
        values = dict(zip(self._recording.columns, row, strict=True))
        state = self._state(contacts=int(values["contacts"]))
        set_vector(state.velocity, [values[name] for name in ("vx", "vy", "vz")])
        set_vector(state.angular_velocity, [values[name] for name in ("wx", "wy", "wz")])
        state.rotor_speeds.extend(values[f"rpm{rotor}"] for rotor in range(4))
        error = np.linalg.norm(self._position[instant, drone] - self._reference[instant, drone])
        for name, number in (("tracking_error", error), ("battery", values.get("battery", math.nan))):
            if math.isfinite(number):
                setattr(state, name, float(number))
        return state

    def _put_readings(self, instant: int, drone: int) -> None:
        if self._ranges_message is not None and self._has(drone, "range", "multiranger"):
            seen = self._ranges_message()
            for name in self._ranges:
                value = self._recording[name][instant, drone]
                if math.isfinite(value):
                    setattr(seen, field_name(name), float(value))
            self._put(f"/drone_{drone}/ranges", seen, instant)
        if self._lidar and self._has(drone, "lidar"):
            scan = foxglove("LaserScan")(frame_id=f"drone_{drone}")
            set_pose(scan.pose, (0, 0, 0))
            ranges = self._recording.vectors(*self._lidar)[instant, drone]
            ranges = ranges[: self._ray_count(drone)]
            scan.start_angle, scan.end_angle = 0, 2 * math.pi * (1 - 1 / len(ranges))
            scan.ranges.extend(np.where(np.isfinite(ranges), ranges, math.inf).tolist())
            self._put(f"/drone_{drone}/lidar", scan, instant)

    def _sensors(self, drone: int) -> dict[str, Any]:
        drones = self._recording.scenario.get("drones", [])
        found: dict[str, Any] = drones[drone].get("sensors", {}) if drone < len(drones) else {}
        return found

    def _has(self, drone: int, *sensors: str) -> bool:
        """Whether a drone has one of some sensors; where there are no metadata, it may."""
        return not self._recording.scenario or bool(set(sensors) & set(self._sensors(drone)))

    def _ray_count(self, drone: int) -> int:
        return int(self._sensors(drone).get("lidar", {}).get("rays", len(self._lidar)))

    def _calibration(self, drone: int) -> Any:
        assert self._camera is not None
        f, width, height = self._camera.focal_length, self._camera.width, self._camera.height
        found = foxglove("CameraCalibration")(
            frame_id=f"drone_{drone}_camera", width=width, height=height
        )
        found.K.extend([f, 0, width / 2, 0, f, height / 2, 0, 0, 1])
        found.R.extend([1, 0, 0, 0, 1, 0, 0, 0, 1])
        found.P.extend([f, 0, width / 2, 0, 0, f, height / 2, 0, 0, 0, 1, 0])
        return found

    def write_metadata(self) -> None:
        """The metadata.json of the flight, as an attachment."""
        data = json.dumps(self._recording.metadata, indent=2).encode()
        self._writer.add_attachment(0, 0, "metadata.json", "application/json", data)


def _turns(yaw: Any) -> Any:
    """Quaternions of turns about z."""
    half = np.nan_to_num(np.asarray(yaw)) / 2
    zero = np.zeros_like(half)
    return np.stack([zero, zero, np.sin(half), np.cos(half)], axis=-1)
