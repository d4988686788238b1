"""Logs of real flights: read, compared with models, and what they tell."""

from __future__ import annotations

import pathlib
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from ulog_file import write_ulog

import swiftlet

Columns = dict[str, npt.NDArray[np.float64]]


@pytest.fixture(scope="module")
def flights(checkout: pathlib.Path) -> pathlib.Path:
    """The folder of a few real flights."""
    return checkout / "Tests/DroneTests/Fixtures/flights"


@pytest.fixture(scope="module")
def circle(flights: pathlib.Path) -> swiftlet.FlightLog:
    return swiftlet.FlightLog.load(flights / "phoenix_circle_medium_05.csv")


def turned(log: swiftlet.FlightLog, *names: str) -> npt.NDArray[np.float64]:
    """Three columns as PX4 has them: y and z the other way round."""
    return np.stack([log[name] for name in names], axis=1) * [1, -1, -1]


def px4_topics(log: swiftlet.FlightLog) -> dict[str, Columns]:
    """What PX4 would have logged of a flight, motors in the order of its quadrotor x."""
    time = np.round(1e6 * (log["t"] + 5))
    position, velocity = turned(log, "x", "y", "z"), turned(log, "vx", "vy", "vz")
    place = {name: position[:, axis] for axis, name in enumerate("xyz")}
    speed = {f"v{name}": velocity[:, axis] for axis, name in enumerate("xyz")}
    attitude = np.stack([log["qw"], log["qx"], -log["qy"], -log["qz"]], axis=1)
    # The same attitudes, with signs that jump.
    attitude[1::2] *= -1
    motors = np.stack([log[f"pwm{i}"] / 65535 for i in (0, 2, 3, 1)], axis=1)
    spare = np.full((len(motors), 2), np.nan)
    return {
        "actuator_motors": {"timestamp": time, "control": np.hstack([motors, spare])},
        "vehicle_local_position": {"timestamp": time, **place, **speed},
        "vehicle_attitude": {"timestamp": time, "timestamp_sample": time, "q": attitude},
        "vehicle_angular_velocity": {"timestamp": time, "xyz": turned(log, "wx", "wy", "wz")},
        "battery_status": {"timestamp": time, "voltage_v": log["vbat"]},
        "trajectory_setpoint": {"timestamp": time, "position": position, "yaw": 0 * time},
    }


def test_a_log_of_px4_is_the_flight_in_our_axes(
    circle: swiftlet.FlightLog, tmp_path: pathlib.Path
) -> None:
    path = write_ulog(tmp_path / "px4.ulg", px4_topics(circle), {"SYS_AUTOSTART": 4001})
    log = swiftlet.read_ulog(path)
    assert len(log) == len(circle) and log.name == "px4.ulg"
    for name in ("t", "x", "y", "z", "vx", "vy", "vz", "wx", "wy", "wz", "vbat"):
        assert np.allclose(log[name], circle[name], atol=1e-5), name
    signs = np.sign(log["qw"] * circle["qw"])
    for name in ("qx", "qy", "qz", "qw"):
        assert np.allclose(signs * log[name], circle[name], atol=1e-4), name
    for name in ("pwm0", "pwm1", "pwm2", "pwm3"):
        assert np.abs(log[name] - circle[name]).max() <= 1, name
    assert np.allclose(log["ref_x"], circle["x"], atol=1e-5)
    assert np.allclose(log["ref_y"], circle["y"], atol=1e-5)


def test_a_log_of_px4_is_scored_as_the_same_flight(
    circle: swiftlet.FlightLog, flights: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    px4 = write_ulog(tmp_path / "px4.ulg", px4_topics(circle), {})
    model = "cf2x_phoenix_2021_12"
    ours = swiftlet.score(model, flights / "phoenix_circle_medium_05.csv", observer="phoenix")
    theirs = swiftlet.score(model, px4, observer="phoenix", law="none")
    for channel, share in ours.response.items():
        assert theirs.response[channel] == pytest.approx(share, abs=0.005)


def test_motors_are_told_apart_by_their_places(
    circle: swiftlet.FlightLog, tmp_path: pathlib.Path
) -> None:
    topics = px4_topics(circle)
    # Back left, front right, back right, front left.
    order = (2, 0, 1, 3)
    motors = np.stack([circle[f"pwm{i}"] / 65535 for i in order], axis=1)
    topics["actuator_motors"]["control"] = motors
    corners = {0: (1, 1), 1: (-1, 1), 2: (-1, -1), 3: (1, -1)}
    parameters = {
        f"CA_ROTOR{place}_P{axis}": 0.03 * corners[rotor][index]
        for place, rotor in enumerate(order)
        for index, axis in enumerate("XY")
    }
    log = swiftlet.read_ulog(write_ulog(tmp_path / "a.ulg", topics, parameters))
    for name in ("pwm0", "pwm1", "pwm2", "pwm3"):
        assert np.abs(log[name] - circle[name]).max() <= 1, name


def test_outputs_in_microseconds_and_bent_commands(
    circle: swiftlet.FlightLog, tmp_path: pathlib.Path
) -> None:
    topics = px4_topics(circle)
    motors = topics.pop("actuator_motors")
    widths = {"timestamp": motors["timestamp"], "output": 1100 + 800 * motors["control"][:, :4]}
    bounds = {"PWM_MIN": 1100.0, "PWM_MAX": 1900.0}
    log = swiftlet.read_ulog(
        write_ulog(tmp_path / "a.ulg", {"actuator_outputs": widths, **topics}, bounds)
    )
    assert np.abs(log["pwm1"] - circle["pwm1"]).max() <= 8  # widths of single precision
    # Thrust f s² + (1 − f) s is asked for where s is meant.
    share = motors["control"][:, :4]
    bent = {"timestamp": motors["timestamp"], "control": 0.4 * share**2 + 0.6 * share}
    log = swiftlet.read_ulog(
        write_ulog(tmp_path / "b.ulg", {"actuator_motors": bent, **topics}, {"THR_MDL_FAC": 0.4})
    )
    assert np.abs(log["pwm1"] - circle["pwm1"]).max() <= 1


def test_a_log_of_px4_is_resampled_and_replayed(
    circle: swiftlet.FlightLog, tmp_path: pathlib.Path
) -> None:
    path = write_ulog(tmp_path / "px4.ulg", px4_topics(circle), {})
    log = swiftlet.read_ulog(path, frequency=50)
    assert np.allclose(np.diff(log["t"]), 0.02)
    log.save(tmp_path / "log.csv")
    flight = swiftlet.fly(
        {
            "version": 1,
            "duration": 0.2,
            "rates": {"physics": 1000, "control": 1000, "record": 100},
            "drones": [
                {"model": "cf2x_phoenix_2021_12", "controller": {"replay": str(tmp_path / "log.csv")}}
            ],
        }
    )
    assert np.allclose(flight.position[0, 0], [log["x"][0], log["y"][0], log["z"][0]], atol=1e-5)


def test_what_is_no_log_of_px4_is_refused(
    circle: swiftlet.FlightLog, tmp_path: pathlib.Path
) -> None:
    (tmp_path / "text.ulg").write_text("t,x\n1,2\n")
    with pytest.raises(swiftlet.ArgumentError, match=r"text\.ulg: cannot be read as a ULog file"):
        swiftlet.read_ulog(tmp_path / "text.ulg")
    with pytest.raises(swiftlet.ArgumentError, match="none.ulg: there is no such file"):
        swiftlet.read_ulog(tmp_path / "none.ulg")
    topics = px4_topics(circle)
    del topics["actuator_motors"]
    path = write_ulog(tmp_path / "a.ulg", topics, {})
    with pytest.raises(swiftlet.ArgumentError, match="expected topic actuator_motors"):
        swiftlet.read_ulog(path)
    with pytest.raises(swiftlet.ArgumentError, match="frequency is 0; expected"):
        swiftlet.read_ulog(
            write_ulog(tmp_path / "b.ulg", px4_topics(circle), {}), frequency=0
        )


def test_columns_of_a_log_have_names_and_one_length() -> None:
    pulses = {f"pwm{i}": [1.0, 2.0] for i in range(4)}
    with pytest.raises(swiftlet.ArgumentError, match="there is no column 'alt' of a log"):
        swiftlet.FlightLog("a", {"t": [0, 1], **pulses, "alt": [0, 1]})
    with pytest.raises(swiftlet.ArgumentError, match="a: has no column 't'"):
        swiftlet.FlightLog("a", pulses)
    with pytest.raises(swiftlet.ArgumentError, match=r"column 'x' has shape \(3,\); expected \(2,\)"):
        swiftlet.FlightLog("a", {"t": [0, 1], **pulses, "x": [0, 1, 2]})


def test_a_score_is_tables_and_a_plot(flights: pathlib.Path) -> None:
    found = swiftlet.score(
        "cf2x_nanobench", flights / "nanobench_figure8_medium_01.csv", law="pid"
    )
    assert found.starts > 20
    errors = {(row["predictor"], row["horizon"]): row["velocity"] for row in found.predictions}
    assert len(errors) == 9
    assert errors["law", 0.5] < errors["model", 0.5] < errors["naive", 0.5]
    assert found.response["thrust"] > 0.5
    assert all(0.8 < row["ratio"] < 1.2 for row in found.hover)
    (flight,) = found.closed_loop
    assert flight["isWhole"] and flight["shape"] < 0.35
    figure = found.plot()
    titles = [axes.get_title() for axes in figure.axes]
    assert "velocity error [m/s]" in titles
    assert "nanobench_figure8_medium_01.csv: y [m]" in titles
    assert [len(axes.lines) for axes in figure.axes] == [3] * 4 + [2] * 4 + [3] * 4


def test_constants_are_identified_and_written(
    flights: pathlib.Path, circle: swiftlet.FlightLog, tmp_path: pathlib.Path
) -> None:
    path = tmp_path / "mine.urdf"
    found = swiftlet.identify(
        [circle, flights / "phoenix_hover_slow_01.csv"],
        model="cf2x_phoenix_2021_12",
        output=path,
    )
    assert found["thrust"].verdict == "told"
    assert found["thrust"].value == pytest.approx(1, abs=0.1)
    assert found["thrust"].spread > 0 and "over mass" in found["thrust"].summary
    assert 0.5 < found.explained["roll"] < 1
    assert len({point["deadTime"] for point in found.profile}) > 2
    assert found.plot().axes[4].get_title() == "objective"
    assert swiftlet.Simulation(str(path)).hover_rotor_speeds.min() > 10_000
    with pytest.raises(swiftlet.ArgumentError, match="there is no constant 'lift'"):
        found["lift"]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda log: swiftlet.score("cf2x_nanobenhc", log), "did you mean"),
        (lambda log: swiftlet.score("cf2x", log), "how fast its motors turn at a voltage"),
        (lambda log: swiftlet.score("cf2x_nanobench", []), "logs is empty"),
        (lambda log: swiftlet.score("cf2x_nanobench", "no.csv"), "no.csv: there is no such file"),
        (lambda log: swiftlet.score("cf2x_nanobench", log, law="pdi"), "pid"),
        (lambda log: swiftlet.score("cf2x_nanobench", log, observer="x"), "observer x: there is none"),
        (lambda log: swiftlet.score("cf2x_nanobench", log, voltage=0.5), "expected 1 to 100 V"),
        (lambda log: swiftlet.score("cf2x_nanobench", log, shaken=-1), "expected 0 to 100"),
        (lambda log: swiftlet.identify(log, model="none"), "there is no model 'none'"),
        (lambda log: swiftlet.identify([]), "logs is empty"),
    ],
)
def test_bad_requests_are_told(call: Any, words: str, flights: pathlib.Path) -> None:
    with pytest.raises(swiftlet.SwiftletError, match=words):
        call(flights / "phoenix_hover_slow_01.csv")
