"""``python -m swiftlet.sweep``."""

from __future__ import annotations

import json
import os
import pathlib
import signal
import subprocess
import sys
import time

import pandas
import pytest

import swiftlet
from swiftlet.sweep.file import read
from swiftlet.sweep.points import listed

FILE = """\
version: 1
scenario: {scenario}
sample:
  count: 12
  seed: 3
  values:
    wind.mean: {{ uniform: [[-1, -1, 0], [1, 1, 0]] }}
    drones[0].mass: {{ normal: [0.027, 1e-3] }}
metrics: [rmse, contacts]
"""


@pytest.fixture
def folder(tmp_path: pathlib.Path) -> pathlib.Path:
    (tmp_path / "hover.yaml").write_text(
        "version: 1\nduration: 0.5\ndrones: [{ model: cf2x, at: [0, 0, 1] }]\n"
    )
    (tmp_path / "mine.yaml").write_text(FILE.format(scenario="hover.yaml"))
    return tmp_path


def called(folder: pathlib.Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "swiftlet.sweep", *arguments],
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
    )


def test_a_file_becomes_a_table_and_the_same_command_goes_on(folder: pathlib.Path) -> None:
    done = called(folder, "mine.yaml", "--workers", "1")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("12 flights, 0 failed\n")
    assert done.stdout.endswith("runs/mine/table.parquet\n")
    table = pandas.read_parquet(folder / "runs/mine/table.parquet")
    assert len(table) == 12 and (table["rmse"] > 0).all()
    rows = folder / "runs/mine/rows.jsonl"
    written = rows.read_bytes()
    text = (folder / "mine.yaml").read_text()
    (folder / "mine.yaml").write_text(text.replace("count: 12", "count: 15"))
    again = json.loads(called(folder, "mine.yaml", "--json").stdout)
    assert (again["flights"], again["failed"]) == (15, 0)
    assert rows.read_bytes().startswith(written) and len(rows.read_bytes().splitlines()) == 15


def test_a_flight_that_fails_is_told_and_the_exit_code_is_1(folder: pathlib.Path) -> None:
    text = (folder / "mine.yaml").read_text()
    start = text.index("sample:")
    grid = "grid:\n  drones[0].mass: [0.027, 27]\n  seed: { range: [0, 2] }\n"
    (folder / "mine.yaml").write_text(text[:start] + grid)
    done = called(folder, "mine.yaml", "--workers", "1")
    assert done.returncode == 1, done.stderr
    assert "4 flights, 2 failed" in done.stdout
    assert "flight 2 failed: ArgumentError: " in done.stdout


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("count: 12", "cuont: 12"), 'mine.yaml:4: sample.cuont: unknown key; did you mean "count"?'),
        (("[0.027, 1e-3]", "[0.027]"), "mine.yaml:3: sample: drones[0].mass.normal is [0.027]"),
        (("version: 1", "version: 2"), "mine.yaml:1: version: is 2; expected version: 1"),
        (("[rmse,", "[rsme,"), "mine.yaml:9: metrics: metric 'rsme'"),
        (("hover.yaml", "hvoer.yaml"), "hvoer.yaml: cannot be read: No such file"),
        (("metrics: [", "metrics: [["), "mine.yaml:10: "),
        (("wind.mean:", "wind.maen:"), 'did you mean "mean"'),
        (("metrics: [rmse, contacts]", "count: 3"), "mine.yaml:9: count: unknown key; expected one of"),
    ],
)
def test_a_fault_is_told_with_its_line(
    change: tuple[str, str], message: str, folder: pathlib.Path
) -> None:
    text = (folder / "mine.yaml").read_text()
    assert change[0] in text
    (folder / "mine.yaml").write_text(text.replace(*change))
    done = called(folder, "mine.yaml")
    assert done.returncode == 2
    assert message in done.stderr and "Traceback" not in done.stderr
    assert not (folder / "runs").exists()


def test_a_folder_that_cannot_be_written_is_exit_code_3(folder: pathlib.Path) -> None:
    (folder / "taken").write_text("")
    done = called(folder, "mine.yaml", "--out", "taken")
    assert done.returncode == 3, done.stderr
    assert "taken" in done.stderr and "Traceback" not in done.stderr


def test_the_sweep_among_the_examples_can_be_flown(checkout: pathlib.Path) -> None:
    found = read(checkout / "Examples/Sweeps/monte-carlo.yaml")
    table = swiftlet.sweep(found.scenario, listed(found.points)[:3], found.metrics, workers=1)
    assert table["error"].isna().all() and len(listed(found.points)) == 500


def test_the_command_of_the_package_knows_those_in_python(folder: pathlib.Path) -> None:
    def said(*words: str) -> str:
        command = [sys.executable, "-m", "swiftlet", *words]
        return subprocess.run(command, capture_output=True, text=True, cwd=folder, check=True).stdout

    text = said("--help")
    assert "validate  " in text and "sweep  " in text and "record  " in text
    assert said("sweep", "mine.yaml", "--workers", "1").startswith("12 flights, 0 failed")
    assert said("fly", "hover.yaml", "--quiet", "--no-pictures", "--out", "run") == ""
    assert said("export", "run", "-o", "flight.parquet") == "flight.parquet\n"


def test_an_interrupt_keeps_what_is_flown_and_says_how_to_go_on(folder: pathlib.Path) -> None:
    text = (folder / "mine.yaml").read_text()
    (folder / "mine.yaml").write_text(text.replace("count: 12", "count: 100000"))
    command = [sys.executable, "-m", "swiftlet.sweep", "mine.yaml", "--workers", "1"]
    # A group of its own, as a terminal interrupts it. It heeds that even where the tests were told to ignore it, as
    # programs are that are started in the background.
    process = subprocess.Popen(
        command, cwd=folder, stderr=subprocess.PIPE, text=True, start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    rows = folder / "runs/mine/rows.jsonl"
    while process.poll() is None and (not rows.exists() or not rows.stat().st_size):
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate()
    assert process.returncode == 130, told
    assert told.endswith("stopped; the same command goes on in runs/mine\n")
    assert rows.read_bytes().endswith(b"\n")
