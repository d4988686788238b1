#!/usr/bin/env python3
"""Trains the policies that come with the package, and keeps what they are worth.

For each task: five seeds by 'swiftlet train', with the hyperparameters of the task and the options that RECIPES adds;
1,000 episodes of each by 'swiftlet evaluate'; the best becomes NAME.safetensors, and the figures of all five are kept
in NAME.json, from which cards.py makes the card NAME.md and the table of all of them.

The same seed gives the same policy on any machine and any number of threads; seconds are those of this one.

examples:
  Assets/Policies/train.py landing takeoff                 # train, evaluate, choose, write
  Assets/Policies/train.py landing --seeds 1 2 3 --runs runs/landing
  Assets/Policies/train.py gate-racing --from runs/a runs/b runs/c --cpu-seconds 350 360 340
  Assets/Policies/train.py gate-racing --from Assets/Policies/gate-racing.safetensors
  Assets/Policies/train.py hover --evaluate                # what is kept of its runs stays, and scores are made anew
  Assets/Policies/cards.py                                 # cards and table from the figures alone
  .ci/draw_flights landing                                 # the picture beside the table
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

import cards

# What is added to a task's own hyperparameters. Those end a run when a target is reached, often in a few seconds; these
# go on, to end nearer to their goals.
RECIPES = {
    "flock": "--target none",
    "gpd-hover": "--target none",
    "gpd-hover-1d": "--target none",
    "gpd-multi-hover": "--target none",
    "gpd-multi-hover-1d": "--target none",
    "gpd-vision-hover": "--target none",
    "hover": "--target none --steps 4000000 --environments 64"
    " --option discount=0.98 --option horizon=240 --option minibatchCount=32",
    "leader-follower": "--target none",
    "meetup": "--target none",
    "multi-hover": "--target none --steps 2000000 --option discount=0.98",
    "trajectory": "--target none",
    "vision-hover": "--target none --steps 4000000 --environments 64"
    " --option discount=0.98 --option horizon=192 --option minibatchCount=32",
}

EPISODES = 1000
EVALUATION_SEED = 1
# What a run took, beside the files that 'swiftlet train' leaves in its folder.
USAGE = "usage.json"


def main():
    options = arguments()
    program = Program(options.swiftlet)
    for task in options.tasks:
        machine = processor()
        if options.evaluate:
            machine, runs = kept(task)
        elif options.given:
            runs = [given_run(path) for path in options.given]
            for run, seconds in zip(runs, options.cpu_seconds or []):
                run["cpu"] = seconds
        else:
            runs = [train(program, task, seed, options) for seed in options.seeds]
        write(program, task, runs, machine)
    cards.write_all()
    return 0


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("tasks", nargs="+", metavar="task", help="a task of 'swiftlet tasks'")
    parser.add_argument(
        "--swiftlet", default=".build/release/swiftlet", help="the program (%(default)s)"
    )
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3, 4, 5], metavar="N")
    parser.add_argument("--threads", type=int, default=2, help="of each training (%(default)s)")
    parser.add_argument(
        "--runs", default="runs/policies", help="where training leaves its folders (%(default)s)"
    )
    parser.add_argument(
        "--from", dest="given", nargs="+", metavar="RUN",
        help="folders of runs that are there already, or policy files, rather than training",
    )  # fmt: skip
    parser.add_argument(
        "--cpu-seconds", nargs="+", type=float, metavar="S",
        help="what the runs of --from took of the processor, in their order",
    )  # fmt: skip
    parser.add_argument(
        "--evaluate", action="store_true",
        help="only evaluate the policy that is there, and keep the other figures",
    )  # fmt: skip
    options = parser.parse_args()
    if options.given and (options.evaluate or len(options.tasks) != 1):
        parser.error("--from takes one task, and stands without --evaluate")
    if options.cpu_seconds and len(options.cpu_seconds) != len(options.given or []):
        parser.error("--cpu-seconds takes as many numbers as --from takes runs")
    return options


class Program:
    """The built command."""

    def __init__(self, path):
        self.path = path
        if shutil.which(path) is None:
            sys.exit(f"{path}: there is no such program; build it, or name another by --swiftlet")

    def output(self, *words):
        """What a command prints; ends with its message where it fails."""
        result = subprocess.run([self.path, *words], capture_output=True, text=True, check=False)
        if result.returncode != 0:
            sys.exit(f"swiftlet {' '.join(words)}: exit code {result.returncode}\n{result.stderr}")
        return result.stdout

    def used(self, *words):
        """The wall and CPU seconds that a command takes."""
        begin, before = time.monotonic(), os.times()
        self.output(*words)
        after = os.times()
        cpu = after.children_user + after.children_system - before.children_user - before.children_system
        return {"wall": round(time.monotonic() - begin, 1), "cpu": round(cpu, 1)}

    def evaluate(self, policy, *words):
        """What a policy is worth, as 'swiftlet evaluate --json' has it."""
        words = [policy, "--episodes", str(EPISODES), "--seed", str(EVALUATION_SEED), "--json", *words]
        result = json.loads(self.output("evaluate", *words))
        result.pop("drones", None)
        return result


def train(program, task, seed, options):
    """One run, unless its folder is there already."""
    folder = pathlib.Path(options.runs, f"{task}-{seed}")
    if not (folder / USAGE).exists():
        if folder.exists():
            sys.exit(f"{folder}: a run that has not ended; remove it, or go on with it by 'swiftlet train --resume'")
        print(f"{task}, seed {seed}", file=sys.stderr, flush=True)
        words = ["train", task, "--seed", str(seed), *RECIPES.get(task, "").split()]
        words += ["--threads", str(options.threads), "--quiet", "--out", str(folder)]
        usage = program.used(*words) | {"threads": options.threads}
        (folder / USAGE).write_text(json.dumps(usage))
    return given_run(folder)


def given_run(path):
    """What there is to say of a run: by its folder, or by a policy alone."""
    path = pathlib.Path(path)
    if path.is_file():
        metadata = cards.metadata(path)
        # How many steps there were after the best policy, and what they took, is not in its file.
        return {"file": str(path), "seed": int(metadata["seed"]), "best_steps": int(metadata["steps"])}
    try:
        summary = json.loads((path / "summary.json").read_text())
    except (OSError, ValueError) as fault:
        sys.exit(f"{path}: no run that has ended: {fault}")
    run = {
        "file": str(path / "best.safetensors"),
        "seed": summary["configuration"]["seed"],
        "steps": summary["stepCount"],
        "best_steps": summary["bestStepCount"],
        "wall": round(summary["seconds"], 1),
    }
    if (path / USAGE).exists():
        run |= json.loads((path / USAGE).read_text())
    return run


def kept(task):
    """The processor and the runs that a task's figures are of, with the policy for the one that was chosen."""
    if not (cards.FOLDER / f"{task}.json").exists():
        sys.exit(f"{task}: there are no figures yet; train it, or give runs by --from")
    figures = cards.figures(task)
    cards.shipped(figures)["file"] = str(cards.FOLDER / f"{task}.safetensors")
    return figures["processor"], figures["runs"]


def write(program, task, runs, machine):
    """Evaluates the runs whose policies are there, and keeps the best policy and the figures of all."""
    there = [run for run in runs if "file" in run]
    for run in there:
        run["result"] = program.evaluate(run["file"])
    # Success first, as far as a thousand episodes tell, then the return.
    best = max(there, key=lambda run: (round(run["result"]["successRate"], 2), run["result"]["meanReturn"]))
    policy = cards.FOLDER / f"{task}.safetensors"
    if pathlib.Path(best["file"]).resolve() != policy.resolve():
        shutil.copyfile(best["file"], policy)
    drones = int(cards.metadata(policy)["drones"])
    everyone = "0" if drones == 1 else f"0-{drones - 1}"
    figures = {
        "policy": task,
        "task": described(program.output("tasks", task)),
        "options": RECIPES.get(task, ""),
        "processor": machine,
        "episodes": EPISODES,
        "evaluation_seed": EVALUATION_SEED,
        "seed": best["seed"],
        "sha256": cards.digest(policy),
        "runs": [{key: value for key, value in run.items() if key != "file"} for run in runs],
        "pilots": {
            pilot: program.evaluate(str(policy), "--pilot", f"{everyone}={pilot}") for pilot in ("pid", "zero")
        },
    }
    (cards.FOLDER / f"{task}.json").write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")


def described(text):
    """The head of what 'swiftlet tasks NAME' prints, as names and values; the action is its first line."""
    head, action, *_ = text.split("\n\n")[1:]
    lines = [line.split(maxsplit=1) for line in head.splitlines()]
    action = [line.split(maxsplit=1)[1] for line in action.splitlines()[1:]]
    summary = text.splitlines()[0].split(": ", 1)[1]
    return {"summary": summary} | dict(lines) | {"action": "; ".join(action)}


def processor():
    """What this machine computes by."""
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return f"{line.split(':', 1)[1].strip()}, {os.cpu_count()} virtual cores, shared"
    return "unknown"


if __name__ == "__main__":
    sys.exit(main())
