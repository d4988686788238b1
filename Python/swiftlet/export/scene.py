"""Drones and obstacles as Foxglove's scene entities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .messages import foxglove, set_pose, set_vector
from .recording import Recording

Color = tuple[float, float, float, float]

# The colours of drones, in turn: those that readers with colour blindness tell apart, by Okabe and Ito
# (https://jfly.uni-koeln.de/color/).
DRONES: list[Color] = [
    (0.0, 0.447, 0.698, 1.0),
    (0.835, 0.369, 0.0, 1.0),
    (0.0, 0.62, 0.451, 1.0),
    (0.8, 0.475, 0.655, 1.0),
    (0.902, 0.624, 0.0, 1.0),
    (0.337, 0.706, 0.914, 1.0),
]
OBSTACLE: Color = (0.55, 0.55, 0.58, 1.0)
FLOOR: Color = (0.85, 0.85, 0.83, 0.6)
FLOOR_SIZE = 20.0
"""The edge of the piece of floor that is shown. [m]"""


def scene(recording: Recording) -> Any:
    """All that is seen, each thing in its own frame."""
    update = foxglove("SceneUpdate")()
    if recording.scenario.get("world", {}).get("floor", False):
        floor = _entity(update, "floor", "world")
        _cube(floor, (0, 0, -0.005), (0, 0, 0, 1), (FLOOR_SIZE, FLOOR_SIZE, 0.01), FLOOR)
    for index, obstacle in enumerate(recording.obstacles):
        moves = index in recording.motions
        entity = _entity(update, f"obstacle_{index}", f"obstacle_{index}" if moves else "world")
        body = {**obstacle, "at": (0, 0, 0), "attitude": (0, 0, 0, 1)} if moves else obstacle
        _add_body(entity, body, OBSTACLE)
    for drone in range(recording.drones):
        entity = _entity(update, f"drone_{drone}", f"drone_{drone}")
        _add_drone(entity, recording.model(drone), DRONES[drone % len(DRONES)])
    return update


def _entity(update: Any, name: str, frame: str) -> Any:
    entity = update.entities.add()
    entity.id, entity.frame_id, entity.frame_locked = name, frame, True
    return entity


def _add_drone(entity: Any, model: dict[str, Any], color: Color) -> None:
    """A drone: the shape by which it is touched, see-through, and its rotors at the ends of its arms."""
    if not model:
        _sphere(entity, (0, 0, 0), 0.05, color)
        return
    _add_body(entity, model["body"], (*color[:3], 0.35))
    for rotor in model["rotors"]:
        hub = rotor["position"]
        _cylinder(entity, hub, (0, 0, 0, 1), rotor["radius"], 0.002, (*color[:3], 0.5))
        arm = entity.lines.add()
        arm.thickness = 0.1 * rotor["radius"]
        _paint(arm, color)
        set_pose(arm.pose, (0, 0, 0))
        for point in ((0, 0, 0), hub):
            set_vector(arm.points.add(), point)


def _add_body(entity: Any, body: dict[str, Any], color: Color, base: Any = None) -> None:
    """A body as scenarios write it; ``base`` is the pose of what it is a part of."""
    at, turn = _placed(base, body.get("at", (0, 0, 0)), body.get("attitude", (0, 0, 0, 1)))
    if "box" in body:
        _cube(entity, at, turn, body["box"], color)
    elif "sphere" in body:
        _sphere(entity, at, body["sphere"], color)
    elif "cylinder" in body:
        radius, height = body["cylinder"]
        _cylinder(entity, at, turn, radius, height, color)
    elif "capsule" in body:
        radius, height = body["capsule"]
        _cylinder(entity, at, turn, radius, height, color)
        for end in (-height / 2, height / 2):
            _sphere(entity, _placed((at, turn), (0, 0, end), (0, 0, 0, 1))[0], radius, color)
    elif "mesh" in body:
        _triangles(entity, at, turn, body["mesh"]["points"], body["mesh"]["corners"], color)
    elif "hull" in body:
        _triangles(entity, at, turn, body["hull"], _hull_corners(body["hull"]), color)
    for part in body.get("compound", ()):
        _add_body(entity, part, color, (at, turn))


def _placed(base: Any, at: Sequence[float], turn: Sequence[float]) -> tuple[Any, Any]:
    """Where something is whose place is told from a base."""
    if base is None:
        return at, turn
    (origin, rotation) = (np.asarray(part, np.float64) for part in base)
    return origin + rotated(rotation, np.asarray(at, np.float64)), product(rotation, turn)


def rotated(turn: Any, vectors: Any) -> Any:
    """Vectors (..., 3) turned by quaternions x, y, z, w (..., 4): v + 2 w (u × v) + 2 u × (u × v)."""
    axis, w = np.asarray(turn)[..., :3], np.asarray(turn)[..., 3:]
    across = 2 * np.cross(axis, vectors)
    return vectors + w * across + np.cross(axis, across)


def product(left: Any, right: Any) -> Any:
    """The product of quaternions x, y, z, w (..., 4): first the right turn, then the left."""
    a, b = np.asarray(left, np.float64), np.asarray(right, np.float64)
    axis = a[..., 3:] * b[..., :3] + b[..., 3:] * a[..., :3] + np.cross(a[..., :3], b[..., :3])
    scalar = a[..., 3:] * b[..., 3:] - (a[..., :3] * b[..., :3]).sum(axis=-1, keepdims=True)
    return np.concatenate([axis, scalar], axis=-1)


def _hull_corners(points: Sequence[Sequence[float]]) -> list[int]:
    """Triangles that show a convex body by its points: those of every plane with all points on one side."""
    cloud = np.asarray(points, np.float64)
    size = float(np.ptp(cloud, axis=0).max())
    corners: list[int] = []
    count = len(cloud)
    for i in range(count - 2):
        for j in range(i + 1, count - 1):
            normals = np.cross(cloud[j] - cloud[i], cloud[j + 1 :] - cloud[i])
            heights = (cloud - cloud[i]) @ normals.T
            slack = 1e-9 * size * np.linalg.norm(normals, axis=-1)
            is_face = ((heights <= slack).all(axis=0) | (heights >= -slack).all(axis=0)) & (slack > 0)
            for k in np.nonzero(is_face)[0]:
                corners += [i, j, j + 1 + int(k)]
    return corners


def _paint(primitive: Any, color: Color) -> None:
    paint = primitive.color
    paint.r, paint.g, paint.b, paint.a = color


def _cube(entity: Any, at: Any, turn: Any, size: Sequence[float], color: Color) -> None:
    cube = entity.cubes.add()
    set_pose(cube.pose, at, turn)
    set_vector(cube.size, size)
    _paint(cube, color)


def _sphere(entity: Any, at: Any, radius: float, color: Color) -> None:
    sphere = entity.spheres.add()
    set_pose(sphere.pose, at)
    set_vector(sphere.size, (2 * radius,) * 3)
    _paint(sphere, color)


def _cylinder(entity: Any, at: Any, turn: Any, radius: float, height: float, color: Color) -> None:
    cylinder = entity.cylinders.add()
    set_pose(cylinder.pose, at, turn)
    set_vector(cylinder.size, (2 * radius, 2 * radius, height))
    cylinder.bottom_scale = cylinder.top_scale = 1
    _paint(cylinder, color)


def _triangles(
    entity: Any, at: Any, turn: Any, points: Sequence[Any], corners: Sequence[int], color: Color
) -> None:
    triangles = entity.triangles.add()
    set_pose(triangles.pose, at, turn)
    for point in points:
        set_vector(triangles.points.add(), point)
    triangles.indices.extend(corners)
    _paint(triangles, color)
