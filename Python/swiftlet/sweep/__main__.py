"""The command ``python -m swiftlet.sweep``."""

from __future__ import annotations

import argparse
import json
import pathlib
import sys
from typing import Any

from ..errors import FileError, SwiftletError
from .file import read
from .journal import TABLE
from .run import sweep

DONE, FAILED, BAD_INPUT, NOT_WRITTEN, STOPPED = 0, 1, 2, 3, 130

EXAMPLES = """\
examples:
  python -m swiftlet.sweep Examples/monte-carlo.yaml
  python -m swiftlet.sweep Examples/monte-carlo.yaml --out runs/wind --workers 4
  python -m swiftlet.sweep Examples/monte-carlo.yaml --cluster auto

exit codes: 0 done, 1 a flight failed, 2 bad input, 3 could not write, 130 stopped
"""


def main(arguments: list[str] | None = None) -> int:
    """Flies the sweep of a file.

    :returns: the exit code
    """
    options = _parser().parse_args(arguments)
    folder = pathlib.Path(options.out or pathlib.Path("runs", pathlib.Path(options.file).stem))
    try:
        found = read(options.file)
        table = sweep(
            found.scenario,
            found.points,
            found.metrics,
            folder=folder,
            workers=options.workers,
            cluster=options.cluster,
            retry_failed=options.retry_failed,
            progress=not options.quiet,
        )
    except KeyboardInterrupt:
        print(f"stopped; the same command goes on in {folder}", file=sys.stderr)
        return STOPPED
    except (SwiftletError, ImportError) as error:
        print(f"error: {error}", file=sys.stderr)
        return NOT_WRITTEN if isinstance(error, FileError) and folder.exists() else BAD_INPUT
    return _told(table, found.metrics, folder, options)


def _told(table: Any, metrics: list[str], folder: pathlib.Path, options: Any) -> int:
    failed = table["error"].dropna()
    quantiles = table[metrics].astype("float64").quantile([0, 0.05, 0.5, 0.95, 1])
    if options.json:
        known = quantiles.dropna(axis="columns")
        summary = {
            "flights": len(table),
            "failed": len(failed),
            "quantiles": {name: known[name].tolist() for name in known},
            "table": str(folder / TABLE),
        }
        print(json.dumps(summary))
    elif not options.quiet:
        quantiles.index = ["least", "5 %", "median", "95 %", "most"]
        print(f"{len(table)} flights, {len(failed)} failed\n\n{quantiles.to_string()}\n")
        for index, reason in failed.head(5).items():
            print(f"flight {index} failed: {reason}")
        print(folder / TABLE)
    return FAILED if len(failed) else DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m swiftlet.sweep",
        description="Fly a scenario many times, with other values each time, into one table. "
        "Called again, it flies only what is missing.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", help="the sweep, a YAML file")
    parser.add_argument("--out", help="the folder of rows and table; below runs/ by default")
    parser.add_argument("--workers", type=int, help="how many processes; one for each processor by default")
    parser.add_argument("--cluster", metavar="ADDRESS", help="a Ray cluster; auto for the one here")
    parser.add_argument("--retry-failed", action="store_true", help="fly again what failed before")
    parser.add_argument("--json", action="store_true", help="print the summary as JSON")
    parser.add_argument("--quiet", action="store_true", help="print nothing but errors")
    return parser


if __name__ == "__main__":
    sys.exit(main())
