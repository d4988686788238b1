#!/usr/bin/env python3
"""Writes the cards of the policies that come with the package, and the table of all of them.

The figures of NAME.json, which train.py leaves, become the card NAME.md beside it, and a row of the table and a picture
in Documentation/Policies.md. --check writes nothing, and fails where a card, the table or a policy is another than the
figures say, or where a policy has no card.

examples:
  Assets/Policies/cards.py
  Assets/Policies/cards.py --check
"""

import argparse
import hashlib
import json
import pathlib
import struct
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
PAGE = FOLDER.parent.parent / "Documentation/Policies.md"
# What .ci/draw_flights leaves.
PICTURES = PAGE.parent / "flights"
BEGIN = "<!-- Made by Assets/Policies/cards.py; the check of it is a part of 'make test'. -->\n"
END = "<!-- The end of what cards.py makes. -->\n"

# What counts as a success; for the others to end within 10 cm of the goal, when time is up.
SUCCESS = {
    "any-airframe": "to end within 20 cm of the goal",
    "gate-racing": "to pass all gates",
    "landing": "to touch down upright, within 20 cm of the pad's middle, at less than 0.5 m/s",
    "navigation": "to come to the goal",
    "pursuit-evasion": "for pursuers to catch, for the evader not to be caught",
    "swarm-crossing": "to end within 20 cm of the own place of the formation",
    "swarm-swap": "to end within 20 cm of the goal",
    "takeoff": "to end above 30 cm",
    "velocity": "to end within 0.1 m/s of the velocity asked for",
}
# Tasks whose goal moves with the drone, or is to be come to late, so that the distance from it says nothing.
NO_DISTANCE = {
    "formation", "gate-racing", "landing", "navigation", "pursuit-evasion", "swarm-crossing", "swarm-swap", "takeoff",
    "velocity",
}  # fmt: skip
# Tasks in which a drone that did what it was to do leaves early.
TIMED = {"gate-racing", "landing", "navigation"}


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="write nothing, and say what is not as it should be")
    if not parser.parse_args().check:
        write_all()
        return 0
    found = list(faults())
    print("\n".join(found) or f"Policies: {len(names())} have cards that agree with their figures.")
    return 1 if found else 0


def write_all():
    """Writes all cards, and the table."""
    for path, text in documents().items():
        path.write_text(text, encoding="utf-8")


def documents():
    """The text of each file that is made of the figures."""
    all_figures = [figures(name) for name in names() if (FOLDER / f"{name}.json").exists()]
    texts = {FOLDER / f"{each['policy']}.md": card(each) for each in all_figures}
    page = PAGE.read_text(encoding="utf-8")
    if BEGIN not in page or END not in page:
        sys.exit(f"{PAGE}: the two lines are missing between which the table stands")
    before, rest = page.split(BEGIN)
    flights = "".join(flight(each) for each in all_figures)
    texts[PAGE] = before + BEGIN + table(all_figures) + flights + END + rest.split(END)[1]
    return texts


def faults():
    """What is not as it should be, a line each."""
    for path, text in documents().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            yield f"{path}: is not what the figures say; run Assets/Policies/cards.py"
    for name in names():
        if not (FOLDER / f"{name}.json").exists():
            yield f"{name}: there are no figures, and so no card; run Assets/Policies/train.py"
            continue
        if not (PICTURES / f"{name}.svg").exists():
            yield f"{name}: there is no picture of a flight; run .ci/draw_flights {name}"
        kept, policy = figures(name), FOLDER / f"{name}.safetensors"
        chosen = shipped(kept)
        if digest(policy) != kept["sha256"]:
            yield f"{policy}: is not the policy that the figures are of; run Assets/Policies/train.py"
        said = metadata(policy)
        if (said["task"], said["seed"], said["steps"]) != (name, str(chosen["seed"]), str(chosen["best_steps"])):
            yield f"{policy}: names another task, seed or number of steps than its card"
    for path in sorted(FOLDER.glob("*.json")):
        if path.stem not in names():
            yield f"{path}: there is no policy of that name"


def names():
    """The policies that there are."""
    return sorted(path.stem for path in FOLDER.glob("*.safetensors"))


def figures(name):
    """What train.py kept of a policy."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def shipped(figures):
    """The run whose policy was chosen."""
    return next(run for run in figures["runs"] if run["seed"] == figures["seed"])


def metadata(policy):
    """What the file of a policy says of itself."""
    with policy.open("rb") as file:
        (size,) = struct.unpack("<Q", file.read(8))
        return json.loads(file.read(size))["__metadata__"]


def digest(policy):
    """By what a policy is known."""
    return hashlib.sha256(policy.read_bytes()).hexdigest()


def card(figures):
    """The card of a policy."""
    name, task, chosen = figures["policy"], figures["task"], shipped(figures)
    keys = ["drones", "rates", "action", "start", "varied", "reward", "terminated", "truncated"]
    facts = [["what is to be done", task["summary"]]]
    facts += [[key, task[key]] for key in keys if key in task]
    facts += [["success", success(name)], ["learned from", f"{steps(chosen)} steps, seed {chosen['seed']}"]]
    if "wall" in chosen:
        facts.append(["which took", f"{seconds(chosen)}, on {threads(chosen)}{figures['processor']}"])
    rows = [
        [str(run["seed"]) + (" (this policy)" if run is chosen else ""), *row(figures, run)]
        for run in sorted(figures["runs"], key=lambda run: run["seed"])
    ]
    scale = [[f"`{pilot}`", "", "", "", *scores(name, result)] for pilot, result in figures["pilots"].items()]
    episodes = f"{figures['episodes']:,}"
    return "\n".join(
        [
            f"# `{name}`",
            "",
            lines(["", ""], facts),
            "",
            "```sh",
            command(figures, chosen["seed"]),
            f"swiftlet evaluate {name} --episodes {figures['episodes']} --seed {figures['evaluation_seed']}",
            "```",
            "",
            f"In {episodes} episodes; return ± deviation. {compared(figures)}",
            "",
            lines(["seed", *COLUMNS[1:]], rows + scale),
            "",
        ]
    )


def compared(figures):
    """What the rows of a card are."""
    count = len(figures["runs"])
    text = f"Of {count} seeds, the one that did best in them." if count > 1 else "Other seeds have no figures here."
    return f"{text} Beside that, PID control that knows the goal and actions of 0 in the same episodes."


def command(figures, seed):
    """The command that learns a policy."""
    words = ["swiftlet train", figures["policy"], f"--seed {seed}", figures["options"]]
    return " ".join(word for word in words if word)


def success(name):
    return SUCCESS.get(name, "to end within 10 cm of the goal, when time is up")


def steps(run):
    """How many steps a policy was found after, and how many there were."""
    if run.get("steps", run["best_steps"]) == run["best_steps"]:
        return f"{run['best_steps']:,}"
    return f"{run['best_steps']:,} of {run['steps']:,}"


def seconds(run):
    cpu = f", {run['cpu']:.0f} s of CPU time" if "cpu" in run else ""
    return f"{run['wall']:.0f} s{cpu}"


def threads(run):
    if "threads" not in run:
        return ""
    return "one thread of " if run["threads"] == 1 else f"{run['threads']} threads of "


COLUMNS = ["policy", "steps", "wall [s]", "CPU [s]", "return", "success", "crash", "time of success", "RMSE"]


def row(figures, run):
    """The cells of a run, from its steps on."""
    took = [f"{run[key]:.0f}" if key in run else "" for key in ("wall", "cpu")]
    return [f"{run.get('steps', run['best_steps']):,}", *took, *scores(figures["policy"], run["result"])]


def scores(name, result):
    """The cells of a result."""
    time = result.get("successTime")
    return [
        f"{result['meanReturn']:.2f} ± {result['returnDeviation']:.2f}",
        f"{100 * result['successRate']:.1f} %",
        f"{100 * result['crashRate']:.1f} %",
        f"{time:.2f} s" if time and name in TIMED else "",
        "" if name in NO_DISTANCE else f"{100 * result['goalRMSE']:.1f} cm",
    ]


def table(all_figures):
    """The table of all policies: each as it is shipped, and how far apart its seeds are."""
    columns = ["policy", "seed", *COLUMNS[1:], "success of all seeds", "return of all seeds", "`pid`", "zero"]
    rows = []
    for figures in all_figures:
        name, chosen = figures["policy"], shipped(figures)
        results = [run["result"] for run in figures["runs"]]
        card = f"[`{name}`](../Assets/Policies/{name}.md)"
        rows.append(
            [
                card,
                f"{chosen['seed']}",
                *row(figures, chosen),
                spread([f"{100 * result['successRate']:.1f}" for result in results], " %"),
                spread([f"{result['meanReturn']:.2f}" for result in results], ""),
                *[f"{figures['pilots'][pilot]['meanReturn']:.2f}" for pilot in ("pid", "zero")],
            ]
        )
    return lines(columns, rows) + "\n"


def flight(figures):
    """A picture of a policy's flight, and its replay page where there is one."""
    name, summary = figures["policy"], figures["task"]["summary"]
    text = f"\n**`{name}`**: {summary}"
    if (PICTURES / f"{name}.html").exists():
        text += f" ([replay page](flights/{name}.html))"
    return f"{text}\n\n![A flight of {name}](flights/{name}.svg)\n"


def spread(numbers, unit):
    """The least and the most of some numbers."""
    if len(numbers) == 1:
        return "one seed"
    least, most = min(numbers, key=float), max(numbers, key=float)
    return (least if least == most else f"{least} to {most}") + unit


def lines(columns, rows):
    """A table in Markdown."""
    every = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in every)


if __name__ == "__main__":
    sys.exit(main())
