"""The messages of MCAP files: Foxglove's, and two of our own for numbers that Foxglove has none for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from .._extras import imported

NANOSECONDS = 1_000_000_000

STATE_FIELDS = {
    "velocity": "foxglove.Vector3",
    "angular_velocity": "foxglove.Vector3",
    "rotor_speeds": "repeated double",
    "contacts": "uint32",
    "tracking_error": "double",
    "battery": "double",
}
"""What ``swiftlet.DroneState`` has beside its time: in the world's axes [m/s, rad/s], rpm, a count, m, V."""


def foxglove(name: str) -> Any:
    """A message class of Foxglove's schemas, such as ``PoseInFrame``."""
    module = imported(f"foxglove_schemas_protobuf.{name}_pb2", "mcap")
    return getattr(module, name)


def own_message(name: str, fields: dict[str, str]) -> Any:
    """A message class ``swiftlet.<name>`` with a time and fields of these types."""
    pb2 = imported("google.protobuf.descriptor_pb2", "mcap")
    pools = imported("google.protobuf.descriptor_pool", "mcap")
    factory = imported("google.protobuf.message_factory", "mcap")
    imported("google.protobuf.timestamp_pb2", "mcap")
    foxglove("Vector3")
    file = pb2.FileDescriptorProto(
        name=f"swiftlet/{name}.proto",
        package="swiftlet",
        syntax="proto3",
        dependency=["google/protobuf/timestamp.proto", "foxglove/Vector3.proto"],
    )
    message = file.message_type.add(name=name)
    for number, (field, kind) in enumerate({"timestamp": "google.protobuf.Timestamp", **fields}.items(), 1):
        _add_field(message, field, number, kind, pb2.FieldDescriptorProto)
    # A pool of its own, so that the fields of one file are not those of another.
    pool = pools.DescriptorPool()
    for dependency in (imported("google.protobuf.timestamp_pb2", "mcap"), _module("Vector3")):
        pool.AddSerializedFile(dependency.DESCRIPTOR.serialized_pb)
    pool.AddSerializedFile(file.SerializeToString())
    return factory.GetMessageClass(pool.FindMessageTypeByName(f"swiftlet.{name}"))


def _module(name: str) -> Any:
    return imported(f"foxglove_schemas_protobuf.{name}_pb2", "mcap")


def _add_field(message: Any, name: str, number: int, kind: str, proto: Any) -> None:
    field = message.field.add(name=name, number=number)
    is_repeated = kind.startswith("repeated ")
    field.label = proto.LABEL_REPEATED if is_repeated else proto.LABEL_OPTIONAL
    scalars = {"double": proto.TYPE_DOUBLE, "uint32": proto.TYPE_UINT32}
    kind = kind.removeprefix("repeated ")
    field.type = scalars.get(kind, proto.TYPE_MESSAGE)
    if kind not in scalars:
        field.type_name = f".{kind}"
    elif not is_repeated:
        # Optional, so that what is not there is not 0.
        field.proto3_optional, field.oneof_index = True, len(message.oneof_decl)
        message.oneof_decl.add(name=f"_{name}")


def field_name(column: str) -> str:
    """A column's name as that of a field."""
    return re.sub(r"\W", "_", column)


def set_time(message: Any, nanoseconds: int) -> Any:
    """Gives a message its time."""
    message.timestamp.seconds, message.timestamp.nanos = divmod(nanoseconds, NANOSECONDS)
    return message


def set_vector(vector: Any, numbers: Sequence[float]) -> None:
    """x, y, z of a vector or point."""
    vector.x, vector.y, vector.z = (float(number) for number in numbers)


def set_pose(pose: Any, position: Sequence[float], attitude: Sequence[float] = (0, 0, 0, 1)) -> None:
    """Position and quaternion x, y, z, w of a pose."""
    set_vector(pose.position, position)
    turn = pose.orientation
    turn.x, turn.y, turn.z, turn.w = (float(number) for number in attitude)
