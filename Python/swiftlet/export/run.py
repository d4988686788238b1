"""``export``: a flight to a file, by the ending of its name."""

from __future__ import annotations

import os
import pathlib
import tempfile
from collections.abc import Callable

from ..errors import ArgumentError, FileError
from ..flight import Flight
from .cameras import Camera
from .mcap_file import write_mcap
from .parquet_file import write_parquet
from .recording import Recording


def export(
    source: Flight | str | os.PathLike[str],
    path: str | os.PathLike[str],
    *,
    camera: Camera | None = None,
) -> pathlib.Path:
    """Writes a flight to a file, whose ending says what it is: ``.mcap`` or ``.parquet``.

    ::

        flight = swiftlet.fly("Examples/lidar.yaml")
        swiftlet.export(flight, "flight.mcap", camera=swiftlet.Camera(width=320, height=240))
        swiftlet.export("runs/lidar-20260102-030405", "flight.parquet")

    :param source: a flight, a run folder of ``swiftlet fly``, or a trajectory file
    :param path: the file; one of that name is replaced, once the new one is whole
    :param camera: what each drone films for MCAP; drawn anew from the recording
    :returns: the file
    :raises ArgumentError: where the recording is none, or the ending another
    :raises FileError: where a file cannot be read or written
    :raises ImportError: where ``pip install 'swiftlet[mcap]'`` or ``'swiftlet[parquet]'`` is needed
    """
    path = pathlib.Path(path)
    writers: dict[str, Callable[[Recording, pathlib.Path], None]] = {
        ".mcap": lambda recording, part: write_mcap(recording, part, camera),
        ".parquet": write_parquet,
    }
    if path.suffix not in writers:
        raise ArgumentError(f"path is {str(path)!r}; expected a name that ends with {' or '.join(writers)}")
    if camera is not None and path.suffix != ".mcap":
        raise ArgumentError("camera is for .mcap files")
    recording = _recording(source)
    part = path.with_name(path.name + ".partial")
    try:
        writers[path.suffix](recording, part)
        part.replace(path)
    except OSError as error:
        raise FileError(f"{path}: cannot be written: {error.strerror or error}") from None
    finally:
        part.unlink(missing_ok=True)
    return path


def _recording(source: Flight | str | os.PathLike[str]) -> Recording:
    if not isinstance(source, Flight):
        return Recording.read(source)
    with tempfile.TemporaryDirectory(prefix="swiftlet-") as scratch:
        return Recording.read(source.save(pathlib.Path(scratch, "flight"), pictures=False))
