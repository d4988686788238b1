"""The command ``python -m swiftlet.export``."""

from __future__ import annotations

import argparse
import pathlib
import sys

from ..errors import FileError, SwiftletError
from .cameras import Camera
from .run import export

DONE, BAD_INPUT, NOT_WRITTEN = 0, 2, 3

EXAMPLES = """\
examples:
  python -m swiftlet.export runs/circle-20260102-030405 -o flight.mcap
  python -m swiftlet.export runs/lidar-20260102-030405 -o flight.mcap --camera --size 640x480
  python -m swiftlet.export runs/circle-20260102-030405 -o flight.parquet

exit codes: 0 done, 2 bad input, 3 could not write
"""


def main(arguments: list[str] | None = None) -> int:
    """Exports a flight.

    :returns: the exit code
    """
    options = _parser().parse_args(arguments)
    try:
        camera = None
        if options.camera:
            width, height = _size(options.size)
            camera = Camera(width=width, height=height, frequency=options.fps)
        print(export(options.run, options.output, camera=camera))
    except (SwiftletError, ImportError) as error:
        print(f"error: {error}", file=sys.stderr)
        is_unwritten = isinstance(error, FileError) and "cannot be written" in str(error)
        return NOT_WRITTEN if is_unwritten else BAD_INPUT
    return DONE


def _size(text: str) -> tuple[int, int]:
    parts = text.split("x")
    if len(parts) != 2 or not all(part.isdecimal() for part in parts):
        raise FileError(f"--size is {text}; expected WIDTHxHEIGHT")
    return int(parts[0]), int(parts[1])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m swiftlet.export",
        description="Write a recorded flight as MCAP, for Foxglove and rerun, or as Parquet.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("run", type=pathlib.Path, help="a run folder, or a trajectory.csv")
    parser.add_argument("-o", "--output", required=True, help="the file: .mcap or .parquet")
    parser.add_argument("--camera", action="store_true", help="film what each drone sees, into the .mcap")
    parser.add_argument("--size", default="320x240", help="how wide and high images are (default: 320x240)")
    parser.add_argument("--fps", type=float, default=24.0, help="images in a second (default: 24)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
