"""Flights as Parquet, and what is refused."""

from __future__ import annotations

import json
import pathlib
import subprocess
import sys

import numpy as np
import pyarrow.parquet
import pytest

import swiftlet


@pytest.fixture
def run(checkout: pathlib.Path, tmp_path: pathlib.Path) -> pathlib.Path:
    flight = swiftlet.fly(checkout / "Examples/lidar.yaml", settings=["duration=0.5"])
    return flight.save(tmp_path / "run", pictures=False)


def test_parquet_has_the_rows_to_the_last_bit_and_the_metadata(
    checkout: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    flight = swiftlet.fly(checkout / "Examples/lidar.yaml", settings=["duration=0.5"])
    path = swiftlet.export(flight, tmp_path / "flight.parquet")
    table = pyarrow.parquet.read_table(path)
    assert table.column_names == flight.columns
    for index, name in enumerate(flight.columns):
        told = table[name].to_pandas().to_numpy(np.float64)
        assert np.array_equal(told, flight.table[:, :, index].reshape(-1), equal_nan=True), name
    assert table["range_up"].null_count == len(table)
    assert json.loads(table.schema.metadata[b"swiftlet"])["scenario"]["name"] == "lidar"
    assert list(tmp_path.iterdir()) == [path]


def test_the_command_exports_a_run_folder(run: pathlib.Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "swiftlet.export", run, "-o", run / "flight.parquet"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, f"{run / 'flight.parquet'}\n"), done.stderr
    assert pyarrow.parquet.read_table(run / "flight.parquet").num_rows == 2 * 25


def test_a_flight_keeps_how_obstacles_moved(checkout: pathlib.Path, tmp_path: pathlib.Path) -> None:
    flight = swiftlet.fly(checkout / "Examples/obstacles.yaml", settings=["duration=0.5"])
    folder = flight.save(tmp_path / "run", pictures=False)
    assert sorted(path.name for path in folder.iterdir()) == [
        "metadata.json", "obstacles.csv", "trajectory.csv"
    ]  # fmt: skip
    lines = (folder / "obstacles.csv").read_text().splitlines()
    assert len(lines) == 1 + 2 * 25


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda text: text.replace("rpm3", "rpm9"), "trajectory.csv:1: has no column rpm3"),
        (lambda text: text + "0.6,0,1\n", "has 3 fields; expected 71"),
        (lambda text: text.replace("\n0.0,1,1.8", "\n0.0,1,here"), ":3: could not convert"),
        (lambda text: text.splitlines()[0] + "\n", "has no rows"),
        (lambda text: text.replace("\n0.0,1,", "\n0.0,0,"), "the rows of drones 0 to 1"),
        (lambda text: "\0", "trajectory.csv"),
    ],
)
def test_a_damaged_trajectory_is_refused_with_its_place(
    spoil: object, message: str, run: pathlib.Path
) -> None:
    assert callable(spoil)
    file = run / "trajectory.csv"
    file.write_text(spoil(file.read_text()))
    with pytest.raises(swiftlet.ArgumentError) as caught:
        swiftlet.export(run, run / "flight.parquet")
    assert message in str(caught.value)
    assert not list(run.glob("flight.parquet*"))


def test_what_cannot_be_exported_is_refused(run: pathlib.Path, tmp_path: pathlib.Path) -> None:
    with pytest.raises(swiftlet.ArgumentError, match="ends with .mcap or .parquet"):
        swiftlet.export(run, tmp_path / "flight.bag")
    with pytest.raises(swiftlet.ArgumentError, match="camera is for .mcap"):
        swiftlet.export(run, tmp_path / "flight.parquet", camera=swiftlet.Camera())
    with pytest.raises(swiftlet.FileError, match="cannot be read"):
        swiftlet.export(tmp_path, tmp_path / "flight.parquet")
    with pytest.raises(swiftlet.FileError, match="cannot be written"):
        swiftlet.export(run, tmp_path / "nowhere" / "flight.parquet")
    (run / "trajectory.csv").rename(run / "trajectory.csv.partial")
    with pytest.raises(swiftlet.FileError, match="did not end"):
        swiftlet.export(run, tmp_path / "flight.parquet")
    with pytest.raises(swiftlet.ArgumentError, match="frequency is 0"):
        swiftlet.Camera(frequency=0)
