"""Flights as MCAP, read by the libraries of others: mcap, and rerun's importer."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from mcap.reader import make_reader
from mcap_protobuf.decoder import DecoderFactory
from PIL import Image

import swiftlet


def fly(checkout: pathlib.Path, name: str, duration: float = 1.0) -> swiftlet.Flight:
    return swiftlet.fly(checkout / f"Examples/{name}.yaml", settings=[f"duration={duration}"])


def messages(path: pathlib.Path) -> dict[str, list[Any]]:
    """The messages of each topic, and their times in nanoseconds."""
    found: dict[str, list[Any]] = {}
    with path.open("rb") as file:
        for _, channel, message, decoded in make_reader(
            file, decoder_factories=[DecoderFactory()]
        ).iter_decoded_messages():
            found.setdefault(channel.topic, []).append((message.log_time, decoded))
    return found


def vector(message: Any) -> list[float]:
    return [message.x, message.y, message.z]


@pytest.fixture(scope="module")
def lidar(checkout: pathlib.Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, pathlib.Path]:
    flight = fly(checkout, "lidar")
    path = tmp_path_factory.mktemp("mcap") / "lidar.mcap"
    swiftlet.export(flight, path, camera=swiftlet.Camera(width=64, height=48))
    return flight, path


def test_messages_have_the_numbers_of_the_flight(lidar: tuple[Any, pathlib.Path]) -> None:
    flight, path = lidar
    found = messages(path)
    for drone in range(2):
        poses = found[f"/drone_{drone}/pose"]
        assert [time for time, _ in poses] == np.rint(flight.time * 1e9).astype(int).tolist()
        assert [vector(pose.pose.position) for _, pose in poses] == flight.position[:, drone].tolist()
        references = [vector(pose.pose.position) for _, pose in found[f"/drone_{drone}/reference"]]
        assert references == flight.reference[:, drone].tolist()
        states = [state for _, state in found[f"/drone_{drone}/state"]]
        assert [list(state.rotor_speeds) for state in states] == flight.rotor_speeds[:, drone].tolist()
        assert [vector(state.velocity) for state in states] == flight.velocity[:, drone].tolist()
        errors = np.linalg.norm(flight.position - flight.reference, axis=-1)[:, drone]
        # The order of a sum of three squares is NumPy's affair.
        assert [state.tracking_error for state in states] == pytest.approx(errors.tolist(), rel=1e-12)
        ((_, path_flown),) = found[f"/drone_{drone}/path"]
        assert [vector(pose.position) for pose in path_flown.poses] == flight.position[:, drone].tolist()
    transforms = [message.transforms for _, message in found["/tf"]]
    assert {one.child_frame_id for one in transforms[0]} == {
        *("drone_0", "drone_1", "drone_0_camera", "drone_1_camera")
    }
    assert vector(transforms[-1][0].translation) == flight.position[-1, 0].tolist()


def test_ranges_are_those_of_the_drone_that_has_them(lidar: tuple[Any, pathlib.Path]) -> None:
    flight, path = lidar
    found = messages(path)
    assert "/drone_1/lidar" not in found and "/drone_1/ranges" not in found
    scan = found["/drone_0/lidar"][-1][1]
    told = flight.table[-1, 0, [flight.columns.index(f"lidar_{ray}") for ray in range(36)]]
    assert list(scan.ranges) == np.where(np.isnan(told), np.inf, told).tolist()
    assert np.isfinite(scan.ranges).any() and np.isinf(scan.ranges).any()
    assert (scan.start_angle, round(np.degrees(scan.end_angle))) == (0, 350)
    ranges = found["/drone_0/ranges"][0][1]
    assert ranges.range_front == flight["range_front"][0, 0]
    assert not ranges.HasField("range_up") and np.isnan(flight["range_up"][0, 0])


def test_frames_are_what_the_simulator_draws(
    lidar: tuple[Any, pathlib.Path], tmp_path: pathlib.Path
) -> None:
    flight, path = lidar
    images = messages(path)["/drone_0/camera/image"]
    assert len(images) == 25
    (tmp_path / "frame.png").write_bytes(images[-1][1].data)
    pixels = np.asarray(Image.open(tmp_path / "frame.png"))
    assert pixels.shape == (48, 64, 3)
    # The pillars left and right of the gap are seen, and the wall behind it.
    assert len(np.unique(pixels.reshape(-1, 3), axis=0)) > 5
    ((_, calibration),) = messages(path)["/drone_0/camera/calibration"]
    # 48 rows over 60 degrees.
    assert calibration.K[0] == pytest.approx(24 / np.tan(np.pi / 6))


def test_obstacles_are_in_the_scene_and_move(checkout: pathlib.Path, tmp_path: pathlib.Path) -> None:
    flight = fly(checkout, "obstacles", 0.5)
    path = swiftlet.export(flight, tmp_path / "obstacles.mcap")
    found = messages(path)
    ((_, update),) = found["/scene"]
    entities = {entity.id: entity for entity in update.entities}
    assert set(entities) == {"floor", *(f"obstacle_{i}" for i in range(5)), *(f"drone_{i}" for i in range(4))}
    wall = entities["obstacle_1"]
    assert vector(wall.cubes[0].size) == [0.05, 2, 2] and wall.frame_id == "world"
    assert vector(wall.cubes[0].pose.position) == [1, 2, 1]
    table = entities["obstacle_2"]
    assert vector(table.cylinders[0].pose.position) == pytest.approx([0, -2, 0.35])
    assert len(entities["obstacle_4"].triangles[0].indices) == 54
    assert entities["obstacle_0"].frame_id == "obstacle_0"
    lift = [
        one.translation.z
        for _, message in found["/tf"]
        for one in message.transforms
        if one.child_frame_id == "obstacle_0"
    ]
    # 0.8 m in 4 s.
    assert lift == pytest.approx((0.05 + 0.2 * flight.time).tolist())


def test_a_hull_is_shown_by_its_faces() -> None:
    from swiftlet.export.scene import _hull_corners

    cube = [[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)]
    corners = np.array(_hull_corners([*cube, [0.5, 0.5, 0.5]])).reshape(-1, 3)
    assert 8 not in corners and set(corners.flat) == set(range(8))
    points = np.array(cube)[corners]
    # Every triangle lies in one of the six planes.
    assert all(any(np.ptp(triangle[:, axis]) == 0 for axis in range(3)) for triangle in points)


def test_the_file_is_chunked_indexed_and_has_the_metadata(lidar: tuple[Any, pathlib.Path]) -> None:
    with lidar[1].open("rb") as file:
        reader = make_reader(file)
        summary = reader.get_summary()
        assert summary is not None and summary.chunk_indexes
        assert all(index.message_index_offsets for index in summary.chunk_indexes)
        (attachment,) = reader.iter_attachments()
        assert json.loads(attachment.data)["scenario"]["name"] == "lidar"


def test_reruns_importer_takes_it(lidar: tuple[Any, pathlib.Path], tmp_path: pathlib.Path) -> None:
    rerun = pathlib.Path(sys.executable).with_name("rerun")
    # Its configuration of its own, in which nothing is told to anyone.
    environment = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path), "HOME": str(tmp_path)}

    def said(*words: str | pathlib.Path) -> str:
        done = subprocess.run([rerun, *words], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    said("analytics", "disable")
    report = said("mcap", "check", lidar[1])
    assert report.count("\nok ") == 18, report
    said("mcap", "convert", lidar[1], "-o", tmp_path / "lidar.rrd")
    stats = said("rrd", "stats", tmp_path / "lidar.rrd")
    for component in ("InstancePoses3D:translations", "EncodedImage:blob", "Transform3D:translation"):
        assert component in stats, stats
