"""Scenarios flown from Python."""

from __future__ import annotations

import csv
import pathlib

import numpy as np
import pytest

import swiftlet

HOVER = {
    "version": 1,
    "duration": 2,
    "drones": [
        {"model": "cf2x", "at": [0, 0, 1], "reference": {"hover": {"at": [0, 0, 1]}}},
        {"model": "cf2x", "at": [1, 0, 1], "reference": {"hover": {"at": [1, 0, 1.2]}}},
    ],
}


def test_a_flight_is_the_trajectory_that_the_command_writes(
    checkout: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    models = [f"drones[{index}].model=cf2x" for index in range(3)]
    flight = swiftlet.fly(
        checkout / "Examples/circle.yaml", settings=models, folder=tmp_path / "run"
    )
    assert flight.position.shape == (577, 3, 3)
    assert flight.time[-1] == 12
    with (tmp_path / "run/trajectory.csv").open(encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert rows[0] == flight.columns
    written = np.array([[float(x) if x else np.nan for x in row] for row in rows[1:]])
    assert np.array_equal(written.reshape(flight.table.shape), flight.table, equal_nan=True)
    assert [drone["tracking"]["contacts"] for drone in flight.summary] == [0, 0, 0]
    errors = np.linalg.norm(flight.position - flight.reference, axis=-1)
    assert errors.max() < 0.04
    for name in ("metadata.json", "plots.svg", "replay.html"):
        assert (tmp_path / "run" / name).stat().st_size > 1000


def test_functions_fly_drones() -> None:
    seen: list[swiftlet.DroneView] = []

    def hold(drone: swiftlet.DroneView) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        seen.append(drone)
        lift = 14_475.8 + 3_000 * (1.1 - drone.position[2]) - 2_000 * drone.velocity[2]
        return np.full(4, lift)

    alone = swiftlet.fly(HOVER)
    flight = swiftlet.fly(HOVER, controllers={0: hold})
    assert len(seen) == 96
    assert seen[0].position.tolist() == [0, 0, 1]
    assert seen[0].goal_position.tolist() == [0, 0, 1]
    assert seen[1].time == pytest.approx(1 / 48)
    assert seen[0].period == pytest.approx(1 / 48)
    # The rotors of row k + 1 take what was told at row k, at once in a model without lag.
    assert flight.position[-1, 0, 2] == pytest.approx(1.1, abs=0.02)
    assert flight.position[:, 1].tobytes() == alone.position[:, 1].tobytes()
    assert seen[40].position.tobytes() == flight.position[40, 0].tobytes()


def test_a_policy_flies_beside_others() -> None:
    policy = swiftlet.Policy.load("hover")
    env = swiftlet.make("hover")
    assert policy.observation_count == env.observation_space.shape[0]
    seen, _ = env.reset(seed=1)
    total, over = 0.0, False
    while not over:
        seen, reward, terminated, truncated, _ = env.step(policy(seen))
        total, over = total + reward, terminated or truncated
    assert truncated
    assert total > 440
    many = policy(np.zeros((5, 7, policy.observation_count), np.float32))
    assert many.shape == (5, 7, 4)
    with pytest.raises(swiftlet.ArgumentError, match=r"^observations have shape \(3,\); expected"):
        policy(np.zeros(3))
    assert np.array_equal(policy({"state": seen}), policy(seen))
    with pytest.raises(swiftlet.ArgumentError, match="^observations are a mapping of drone_0; expected"):
        policy({"drone_0": seen})
    with pytest.raises(
        swiftlet.ArgumentError, match="^the observation in row 0, column 2 is not finite$"
    ):
        policy(np.where(np.arange(policy.observation_count) == 2, np.nan, 0))
    with pytest.raises(swiftlet.FileError, match="there is no such file"):
        swiftlet.Policy.load("hoover")


def test_an_error_in_a_function_ends_the_flight() -> None:
    def broken(drone: swiftlet.DroneView) -> list[float]:
        raise RuntimeError("no idea")

    with pytest.raises(RuntimeError, match="^no idea$"):
        swiftlet.fly(HOVER, controllers={1: broken})
    with pytest.raises(
        swiftlet.ArgumentError,
        match=r"^what controllers\[1\] gives has shape \(3,\); expected \(4,\)$",
    ):
        swiftlet.fly(HOVER, controllers={1: lambda drone: np.zeros(3)})
    with pytest.raises(
        swiftlet.ArgumentError, match="^rotor_speeds has nan in row 1, column 0; expected finite"
    ):
        swiftlet.fly(HOVER, controllers={1: lambda drone: np.full(4, np.nan)})
    with pytest.raises(swiftlet.ArgumentError, match="^drone is 2; expected less than 2$"):
        swiftlet.fly(HOVER, controllers={2: lambda drone: np.zeros(4)})


def test_settings_and_their_errors() -> None:
    flight = swiftlet.fly(HOVER, settings=["duration=1", "drones[0].model=cf2p"])
    assert flight.time[-1] == 1
    assert flight.summary[0]["model"] == "cf2p"
    with pytest.raises(swiftlet.ArgumentError) as caught:
        swiftlet.fly({**HOVER, "durations": 1})
    assert str(caught.value) == (
        "scenario:1: durations: unknown key; expected one of version, packages, name, duration, "
        "seed, rates, physics, wind, world, drones"
    )
    with pytest.raises(swiftlet.ArgumentError) as caught:
        swiftlet.fly({**HOVER, "drones": [{"at": [0, 0, 1], "modle": "cf2x"}]})
    assert 'drones[0].modle: unknown key; did you mean "model"?' in str(caught.value)
    with pytest.raises(swiftlet.ArgumentError, match="there is no such file"):
        swiftlet.fly("nowhere.yaml")


def test_pictures(tmp_path: pathlib.Path) -> None:
    flight = swiftlet.fly(HOVER)
    assert flight.plot()._repr_svg_().startswith("<svg")
    page = flight.replay(tmp_path / "page.html", show=False)
    assert "<html" in page.read_text()
    assert "RMSE" in flight._repr_html_()
    assert repr(flight) == "Flight(2 drones, 2 s, 97 instants)"
    assert flight["qw"].shape == (97, 2)
    with pytest.raises(swiftlet.ArgumentError, match="^there is no column 'speed'; there are"):
        flight["speed"]


def test_training_learns_stops_and_goes_on(tmp_path: pathlib.Path) -> None:
    told: list[dict[str, object]] = []

    def stop(report: dict[str, object]) -> bool:
        told.append(report)
        return len(told) < 2

    options = {"seed": 3, "environments": 8, "horizon": 16, "steps": 1024, "target": None}
    folder = tmp_path / "run"
    assert swiftlet.train("hover", folder, progress=stop, threads=1, **options) is None
    assert [report["iteration"] for report in told] == [1, 2]
    summary = swiftlet.train("hover", folder, resume=True, progress=False, threads=1)
    assert summary is not None
    assert summary["stepCount"] == 1024
    whole = swiftlet.train("hover", tmp_path / "other", progress=False, threads=1, **options)
    assert whole is not None
    assert whole["best"] == summary["best"]
    assert swiftlet.Policy.load(folder).action_count == 4
    with pytest.raises(
        swiftlet.ArgumentError, match="^there is no option 'hrizon'; did you mean 'horizon'\\?$"
    ):
        swiftlet.train("hover", tmp_path / "third", hrizon=3)

    def broken(report: dict[str, object]) -> bool:
        raise RuntimeError("no idea")

    with pytest.raises(RuntimeError, match="^no idea$"):
        swiftlet.train("hover", tmp_path / "fourth", progress=broken, **options)


def test_a_recording_of_rotors_that_lag_replays_to_the_same_bits(tmp_path: pathlib.Path) -> None:
    circle = {"circle": {"radius": 0.3, "period": 5}}
    rates = {"physics": 240, "record": 240}
    drone = {"model": "cf2x_phoenix_2021_12", "at": [0, 0, 1]}
    first = swiftlet.fly(
        {
            "version": 1,
            "duration": 1,
            "rates": {**rates, "control": 48},
            "drones": [{**drone, "reference": circle}],
        },
        folder=tmp_path / "run",
    )
    again = swiftlet.fly(
        {
            "version": 1,
            "rates": {**rates, "control": 240},
            "drones": [{**drone, "controller": {"replay": str(tmp_path / "run/trajectory.csv")}}],
        }
    )
    # Dead time has passed in what was recorded, and torque noise is of the same seed.
    assert again.position.tobytes() == first.position.tobytes()
    assert again.angular_velocity.tobytes() == first.angular_velocity.tobytes()
