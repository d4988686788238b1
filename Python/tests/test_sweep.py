"""Sweeps: tables of flights, the same as flights one by one, whatever happens on the way."""

from __future__ import annotations

import json
import os
import pathlib
import signal
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas
import pytest

import swiftlet
from swiftlet.sweep import METRICS
from swiftlet.sweep.points import listed, settings

HOVER = {"version": 1, "duration": 0.5, "drones": [{"model": "cf2x", "at": [0, 0, 1]}]}
SAMPLER = swiftlet.Sampler(
    {
        "wind.mean": {"uniform": [[-2, -2, 0], [2, 2, 0]]},
        "drones[0].mass": {"normal": [0.027, 0.001]},
        "drones[0].sensors": {"choice": [{}, {"imu": {}, "motion_capture": {}}]},
        "seed": {"integers": [0, 1000]},
    },
    count=24,
)
MARK = "SWIFTLET_TEST_MARK"


def ends_its_process_once(flight: swiftlet.Flight) -> float:
    """A metric whose process is killed, but for the second time."""
    mark = pathlib.Path(os.environ[MARK])
    if flight["x"][0, 0] > 0 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return float(flight["x"][0, 0])


def ends_its_process(flight: swiftlet.Flight) -> float:
    """A metric whose process is killed every time, for one point."""
    if flight["x"][0, 0] == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return float(flight["x"][0, 0])


def places(count: int) -> list[dict[str, Any]]:
    return [{"drones[0].at": [index, 0, 1]} for index in range(count)]


def test_a_row_is_what_the_flight_alone_gives_to_the_last_bit() -> None:
    table = swiftlet.sweep(HOVER, SAMPLER, metrics=list(METRICS), workers=2)
    assert table["error"].isna().all()
    assert len(set(table["rmse"])) == 24
    for index, point in enumerate(listed(SAMPLER)):
        flight = swiftlet.fly(HOVER, settings=settings(point))
        for name, metric in METRICS.items():
            assert table[name][index] == metric(flight), (index, name)


def test_a_grid_has_every_combination_and_a_file_is_a_scenario(checkout: pathlib.Path) -> None:
    table = swiftlet.sweep(
        checkout / "Examples/circle.yaml",
        {"duration": [0.1, 0.2], "drones[*].model": ["cf2x", "cf2p", "racer"]},
        metrics={"instants": lambda flight: len(flight.time), "worst": "largest_error"},
        workers=1,
    )
    assert list(table.columns) == ["duration", "drones[*].model", "instants", "worst", "error"]
    assert list(table["duration"]) == [0.1] * 3 + [0.2] * 3
    assert list(table["drones[*].model"]) == ["cf2x", "cf2p", "racer"] * 2
    assert list(table["instants"]) == [6] * 3 + [11] * 3
    assert len(set(table["worst"])) == 6


def test_more_of_a_sample_are_the_same_and_others() -> None:
    def draw(random: np.random.Generator) -> dict[str, Any]:
        return {"seed": random.integers(1000), "wind.mean": random.normal(size=3)}

    few, many = (listed(swiftlet.Sampler(draw, count, seed=1)) for count in (5, 50))
    assert many[:5] == few
    assert listed(swiftlet.Sampler(draw, 5, seed=2)) != few
    values = [point["a"] for point in listed(swiftlet.Sampler({"a": {"log_uniform": [1e-3, 1]}}, 400))]
    assert 1e-3 <= min(values) < 2e-3 < 0.5 < max(values) <= 1
    assert 0.02 < float(np.median(values)) < 0.05  # √(10⁻³) = 0.032


def test_what_fails_says_why_and_the_others_fly() -> None:
    points = [{"drones[0].mass": mass} for mass in (0.027, 27, 0.03)]
    points.append({"drones[0].velocity": [1e6, 1e6, 1e6]})
    points.append({"drones[0].reference": {"hover": {"at": [1e200, 0, 1]}}})
    table = swiftlet.sweep(HOVER, points, workers=1)
    assert list(table["error"].isna()) == [True, False, True, False, False]
    assert "drones[0].mass: 27" in table["error"][1]
    assert table["error"][3].startswith("DivergenceError: a drone's state is no longer finite")
    assert "metric 'rmse' is inf; expected a finite number" in table["error"][4]
    assert list(table["rmse"].isna()) == [False, True, False, True, True]


def test_a_metric_that_fails_is_a_row_that_says_so() -> None:
    def fails(flight: swiftlet.Flight) -> float:
        return 1 / 0 if flight["x"][0, 0] == 1 else float("nan")

    table = swiftlet.sweep(HOVER, places(2), {"fails": fails}, workers=1)
    assert "metric 'fails' is nan; expected a finite number" in table["error"][0]
    assert table["error"][1] == "ZeroDivisionError: division by zero"


def test_a_controller_of_ones_own_flies_in_a_sweep() -> None:
    def falls(drone: swiftlet.DroneView) -> list[float]:
        return [0.0] * 4

    table = swiftlet.sweep(HOVER, places(2), controllers={0: falls}, workers=1)
    assert (table["largest_error"] > 0.9).all()


def test_a_killed_process_costs_no_row_and_doubles_none(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(MARK, str(tmp_path / "mark"))
    folder = tmp_path / "sweep"
    table = swiftlet.sweep(
        HOVER, places(40), {"x": ends_its_process_once}, workers=2, folder=folder
    )
    assert (tmp_path / "mark").exists()
    assert table["error"].isna().all()
    assert list(table["x"]) == list(range(40))
    assert len((folder / "rows.jsonl").read_text().splitlines()) == 40


def test_a_flight_that_ends_its_process_every_time_fails_alone() -> None:
    table = swiftlet.sweep(HOVER, places(12), {"x": ends_its_process}, workers=2)
    assert list(table["error"].notna().to_numpy().nonzero()[0]) == [3]
    assert table["error"][3] == "the process that flew it ended, 3 times"
    assert list(table["x"].drop(3)) == [0, 1, 2, *range(4, 12)]


def test_a_sweep_goes_on_where_it_was_stopped(tmp_path: pathlib.Path) -> None:
    folder = tmp_path / "sweep"
    rows = folder / "rows.jsonl"
    whole = swiftlet.sweep(HOVER, places(20), workers=1, folder=folder)
    lines = rows.read_bytes().splitlines(keepends=True)
    # As a kill leaves it: seven rows, and half of the eighth.
    rows.write_bytes(b"".join(lines[:7]) + lines[7][:20])
    again = swiftlet.sweep(HOVER, places(20), workers=1, folder=folder)
    assert again.equals(whole)
    written = [json.loads(line) for line in rows.read_text().splitlines()]
    assert [json.loads(line) for line in lines[:7]] == written[:7]
    assert len({row["key"] for row in written}) == len(written) == 20
    kept = pandas.read_parquet(folder / "table.parquet")
    assert np.stack(kept.pop("drones[0].at")).tolist() == whole.pop("drones[0].at").tolist()
    assert kept.equals(whole)


def test_nothing_finished_is_flown_again_and_failures_where_asked(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, mark = tmp_path / "sweep", tmp_path / "mark"
    monkeypatch.setenv(MARK, str(mark))

    def fails_at_first(flight: swiftlet.Flight) -> int:
        name = pathlib.Path(os.environ[MARK])
        name.write_text(name.read_text() + "." if name.exists() else ".")
        if flight["x"][0, 0] == 2 and len(name.read_text()) < 5:
            raise RuntimeError("not yet")
        return 1

    def flown(count: int, **options: Any) -> Any:
        metrics: Any = {"one": fails_at_first}
        return swiftlet.sweep(HOVER, places(count), metrics, folder=folder, workers=1, **options)

    assert list(flown(4)["error"].notna()) == [False, False, True, False]
    assert len(mark.read_text()) == 4
    assert flown(4)["error"][2] == "RuntimeError: not yet"
    assert len(mark.read_text()) == 4
    assert flown(4, retry_failed=True)["error"].isna().all()
    assert len(mark.read_text()) == 5
    assert len(flown(6)) == 6
    assert len(mark.read_text()) == 7


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"scenario": {**HOVER, "duration": 1}}, "it holds a sweep of another scenario"),
        ({"metrics": ["contacts"]}, "it holds a sweep of another metrics"),
    ],
)
def test_a_folder_of_another_sweep_is_refused(
    change: dict[str, Any], message: str, tmp_path: pathlib.Path
) -> None:
    given: dict[str, Any] = {"scenario": HOVER, "points": places(1), "metrics": ["rmse"]}
    swiftlet.sweep(**given, folder=tmp_path / "sweep", workers=1)
    with pytest.raises(swiftlet.ArgumentError, match=message):
        swiftlet.sweep(**(given | change), folder=tmp_path / "sweep", workers=1)
    (tmp_path / "mine").write_text("")
    with pytest.raises(swiftlet.ArgumentError, match="there is something else in it"):
        swiftlet.sweep(**given, folder=tmp_path, workers=1)


def test_two_sweeps_do_not_write_into_one_folder(tmp_path: pathlib.Path) -> None:
    from swiftlet.sweep.flights import Work
    from swiftlet.sweep.journal import Journal

    work = Work.of(HOVER, {}, {})
    with (
        Journal(tmp_path / "sweep", work),
        pytest.raises(swiftlet.ArgumentError, match="another process is writing"),
    ):
        Journal(tmp_path / "sweep", work)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"points": {"drones[0].modle": ["cf2x"]}}, "drones[0].modle: unknown key"),
        ({"points": {"duration": 3}}, "duration is 3; expected the list of its values"),
        ({"points": {}}, "at least one point"),
        ({"points": []}, "at least one point"),
        ({"points": {"duration": [float("nan")]}}, "duration is nan"),
        ({"metrics": ["rsme"]}, "did you mean 'rmse'"),
        ({"metrics": {"seed": "rmse"}, "points": {"seed": [1]}}, "as another column is"),
        ({"workers": 0}, "at least 1"),
        ({"scenario": {**HOVER, "version": 2}}, "version: 2"),
    ],
)
def test_what_cannot_be_flown_is_refused_before_anything_is(
    change: dict[str, Any], message: str
) -> None:
    given: dict[str, Any] = {"scenario": HOVER, "points": places(1), "metrics": ["rmse"]}
    with pytest.raises(swiftlet.ArgumentError) as caught:
        swiftlet.sweep(**(given | change))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("distribution", "message"),
    [
        ({"unifrom": [0, 1]}, "unknown distribution; expected one of"),
        ({"uniform": [1, 0]}, "the lower number first"),
        ({"uniform": [0, 1, 2]}, "expected two numbers"),
        ({"log_uniform": [0, 1]}, "in range"),
        ({"normal": [0, -1]}, "no negative deviation"),
        ({"integers": [0, 1.5]}, "whole numbers"),
        ({"uniform": [0, float("inf")]}, "finite"),
        ({"choice": []}, "expected a list"),
        (3, "with its numbers"),
    ],
)
def test_a_distribution_that_there_is_not_is_refused(distribution: Any, message: str) -> None:
    with pytest.raises(swiftlet.ArgumentError, match=message):
        swiftlet.Sampler({"seed": distribution}, count=1)


def test_what_is_not_installed_is_named_with_what_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "loky", None)
    with pytest.raises(ImportError, match=r"pip install 'swiftlet\[sweep\]' brings it"):
        swiftlet.sweep(HOVER, places(1))


def test_the_page_of_sweeps_runs(run_page: Callable[[str], None]) -> None:
    run_page("Sweeps.md")
