"""Writes files in the format ULog, as its description says: https://docs.px4.io/main/en/dev_log/ulog_file_format."""

from __future__ import annotations

import pathlib
import struct
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

Topic = Mapping[str, npt.NDArray[np.float64]]


def _message(kind: str, content: bytes) -> bytes:
    return struct.pack("<HB", len(content), ord(kind)) + content


def _format(name: str, topic: Topic) -> str:
    """A topic's fields: whole times, and numbers of single precision, alone or in a row."""
    fields = []
    for field, values in topic.items():
        if field.startswith("timestamp"):
            fields.append(f"uint64_t {field}")
        elif values.ndim == 1:
            fields.append(f"float {field}")
        else:
            fields.append(f"float[{values.shape[1]}] {field}")
    return f"{name}:{';'.join(fields)};"


def _row(topic: Topic, index: int) -> bytes:
    content = b""
    for field, values in topic.items():
        if field.startswith("timestamp"):
            content += struct.pack("<Q", int(values[index]))
        else:
            numbers = np.atleast_1d(values[index])
            content += struct.pack(f"<{len(numbers)}f", *numbers)
    return content


def write_ulog(
    path: pathlib.Path, topics: Mapping[str, Topic], parameters: Mapping[str, float]
) -> pathlib.Path:
    """Writes a log of some topics, whose first field is timestamp, in microseconds."""
    content = b"ULog\x01\x12\x35\x01" + struct.pack("<Q", 0)
    content += _message("B", bytes(40))
    for name, value in parameters.items():
        key = f"float {name}".encode()
        content += _message("P", struct.pack("<B", len(key)) + key + struct.pack("<f", value))
    for name, topic in topics.items():
        content += _message("F", _format(name, topic).encode())
    rows = []
    for number, (name, topic) in enumerate(topics.items()):
        content += _message("A", struct.pack("<BH", 0, number) + name.encode())
        rows += [
            (int(time), number, _row(topic, index)) for index, time in enumerate(topic["timestamp"])
        ]
    for _, number, row in sorted(rows):
        content += _message("D", struct.pack("<H", number) + row)
    path.write_bytes(content)
    return path
