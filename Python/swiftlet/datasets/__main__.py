"""The command ``python -m swiftlet.datasets``."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from ..errors import SwiftletError
from .run import record

DONE, BAD_INPUT, NOT_WRITTEN, STOPPED = 0, 2, 3, 130

EXAMPLES = """\
examples:
  python -m swiftlet.datasets hover
  python -m swiftlet.datasets hover --policy medium --episodes 500
  python -m swiftlet.datasets formation --policy runs/formation --id mine/formation-v0
  python -m swiftlet.datasets hover --policy random --set wind.mean=[2,0,0]

MINARI_DATASETS_PATH says where datasets are kept.
exit codes: 0 done, 2 bad input, 3 could not write, 130 stopped
"""


def main(arguments: list[str] | None = None) -> int:
    """Records a dataset.

    :returns: the exit code
    """
    options = _parser().parse_args(arguments)
    try:
        dataset = record(
            options.task,
            options.policy,
            episodes=options.episodes,
            seed=options.seed,
            noise=options.noise,
            dataset_id=options.id,
            author=options.author,
            author_email=options.author_email,
            code_permalink=options.code_permalink,
            data_format=options.format,
            **dict(_setting(text) for text in options.set),
        )
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return STOPPED
    except OSError as error:
        print(f"error: {error}", file=sys.stderr)
        return BAD_INPUT if isinstance(error, SwiftletError) else NOT_WRITTEN
    except (SwiftletError, ImportError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return BAD_INPUT
    print(f"{dataset.spec.dataset_id}: {dataset.total_episodes} episodes, {dataset.total_steps} steps")
    return DONE


def _setting(text: str) -> tuple[str, Any]:
    """A key and its value, in JSON or as a word; dots lead into it."""
    path, equals, value = text.partition("=")
    if not equals:
        raise ValueError(f"--set {text}: expected KEY=VALUE")
    try:
        content = json.loads(value)
    except ValueError:
        content = value
    first, *rest = path.split(".")
    for key in reversed(rest):
        content = {key: content}
    return first, content


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m swiftlet.datasets",
        description="Record episodes of a task as a Minari dataset, for offline learning.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("task", help="the name of a task; 'swiftlet tasks' lists them")
    parser.add_argument(
        "--policy", default="expert", help="expert, medium, random, or a policy's file, folder or name"
    )
    parser.add_argument("--episodes", type=int, default=100, help="how many (default: 100)")
    parser.add_argument("--seed", type=int, default=0, help="where random numbers start (default: 0)")
    parser.add_argument(
        "--noise", type=float, default=0.0, help="noise on actions, a share of half their range"
    )
    parser.add_argument("--id", help="what it is called; swiftlet/TASK/POLICY-v0 by default")
    parser.add_argument(
        "--set", action="append", default=[], metavar="KEY=VALUE", help="a value in place of the task's"
    )
    parser.add_argument("--format", choices=["hdf5", "arrow", "parquet"], help="Minari's own by default")
    parser.add_argument("--author", help="who made it")
    parser.add_argument("--author-email", help="where to ask")
    parser.add_argument("--code-permalink", help="where the code is")
    return parser


if __name__ == "__main__":
    sys.exit(main())
