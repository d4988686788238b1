"""Models and logs of real flights: how true a model is to them, and what they tell of a vehicle."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy.typing as npt

from .__main__ import program
from .errors import ArgumentError, FileError
from .flight_logs import LogSource, as_files

Table = list[dict[str, Any]]
"""Rows of a table, each by the names of its columns: what ``pandas.DataFrame`` takes."""


def score(
    model: str | os.PathLike[str],
    logs: LogSource | Sequence[LogSource],
    *,
    observer: str | os.PathLike[str] = "nanobench",
    voltage: float | None = None,
    law: str = "listed",
    shaken: int = 0,
) -> Score:
    """Says how true a model is to logs of real flights, as ``swiftlet score`` does.

    ::

        found = swiftlet.score("cf2x_nanobench", glob.glob("flights/nanobench_*.csv"))
        found.response["roll"]                   # the share of roll acceleration that pulses explain
        pandas.DataFrame(found.predictions)
        found.plot().savefig("score.png")

    :param model: a model's name, or a URDF file
    :param logs: a log or several: files (CSV, what a Crazyflie wrote to its SD card, PX4's ``.ulg``), or
        ``FlightLog``
    :param observer: where logs come from, ``"nanobench"`` (motion capture and radio) or ``"phoenix"`` (estimates
        on board, loud control), or a JSON file with the numbers of an observer
    :param voltage: the battery's voltage, for logs that do not say it [V]
    :param law: which law flew the logs: pid, mellinger, none, or listed, as ``flights.csv`` beside each log says
    :param shaken: how often each log is flown again with random torque; once in calm by default
    :raises ArgumentError: with what is wrong, and where
    """
    options = [f"--observer={os.fspath(observer)}", f"--law={law}", f"--shaken={shaken}"]
    if voltage is not None:
        options.append(f"--voltage={voltage}")
    with as_files(logs) as paths:
        return Score(_report("score", os.fspath(model), *paths, *options))


def identify(
    logs: LogSource | Sequence[LogSource],
    *,
    model: str | os.PathLike[str] = "cf2x_L250",
    output: str | os.PathLike[str] | None = None,
) -> Identification:
    """Finds the constants of a vehicle from logs of its flights, as ``swiftlet identify`` does.

    ::

        found = swiftlet.identify(["a.csv", "b.ulg"], model="cf2x_L250", output="mine.urdf")
        found["rise"].value, found["rise"].spread
        found.advice                             # what flights would tell more

    :param logs: a log or several, with pulses, voltage, position, attitude, velocity and body rates
    :param model: a model of its kind, a name or a URDF file: mass, arms and curves are taken from it
    :param output: a URDF file to write what was found to
    :raises ArgumentError: with what is wrong, and where
    """
    options = [f"--model={os.fspath(model)}"]
    if output is not None:
        options.append(f"--output={os.fspath(output)}")
    with as_files(logs) as paths:
        return Identification(_report("identify", *paths, *options))


class Score:
    """How true a model is to logs, as tables, and as plots where matplotlib is installed."""

    def __init__(self, report: dict[str, Any]) -> None:
        self.report = report
        """All numbers, as ``swiftlet score --json`` prints them."""
        self.starts: int = report["starts"]
        """How many predictions were made."""
        self.predictions: Table = [
            {"predictor": predictor, "horizon": horizon, **errors}
            for predictor, key in (("naive", "naive"), ("model", "model"), ("law", "underControl"))
            for horizon, errors in zip(report["horizons"], report[key], strict=True)
            if report["starts"] > 0
        ]
        """Mean errors some time after a start [s]: position [m], velocity [m/s], attitude [rad], rates [rad/s];
        of the guess that nothing changes (naive), of the model, and of the model that knows that a law answers
        (law)."""
        self.response: dict[str, float] = report["response"]
        """R² of roll, pitch, yaw and thrust accelerations between 0.5 and 10 Hz."""
        self.hover: Table = report["hover"]
        """Thrust over weight in slow level flight, by the battery's voltage."""
        self.closed_loop: Table = report["closedLoop"]
        """Flights flown again: ratio (tracking over the real), shape, and agitation about three axes."""

    def plot(self) -> Any:
        """The tables as a figure of matplotlib; ``swiftlet score --plot`` draws flights over each other.

        :raises ImportError: where matplotlib is not installed
        """
        figure, rows = _page(2)
        for axes, (name, unit) in zip(
            rows[0],
            (("position", "m"), ("velocity", "m/s"), ("attitude", "rad"), ("rates", "rad/s")),
            strict=True,
        ):
            for predictor in ("naive", "model", "law"):
                table = [row for row in self.predictions if row["predictor"] == predictor]
                axes.plot(
                    [row["horizon"] for row in table], [row[name] for row in table], "o-", label=predictor
                )
            _label(axes, f"{name} error [{unit}]", "after [s]")
        response, hover, tracking, agitation = rows[1]
        response.bar(list(self.response), list(self.response.values()))
        _label(response, "R² of accelerations", "")
        hover.plot([row["voltage"] + 0.1 for row in self.hover], [row["ratio"] for row in self.hover], "o-")
        _label(hover, "thrust/weight at hover", "battery [V]")
        flown = [row for row in self.closed_loop if row["isWhole"]]
        for name in ("ratio", "shape"):
            tracking.plot([row[name] for row in flown], "o", label=name)
        _label(tracking, "flown again: tracking/real, shape", "flight")
        for index, axis in enumerate(("roll", "pitch", "yaw")):
            agitation.plot([row["agitation"][index] for row in flown], "o", label=axis)
        _label(agitation, "flown again: rates/real", "flight")
        return figure

    def __repr__(self) -> str:
        shares = ", ".join(f"{name} {share:.3f}" for name, share in self.response.items())
        return f"Score({self.starts} predictions; explained: {shares})"


@dataclass(frozen=True)
class Constant:
    """A constant of a vehicle."""

    value: float
    """What was found, in the unit that ``swiftlet identify`` prints; NaN where nothing was."""
    spread: float
    """Its standard deviation: by leaving out flights in turn, and by clocks that are 2 ms apart."""
    verdict: str
    """How surely it is told: told (within a tenth), roughly (within a third), or not told."""


class Identification:
    """What logs tell of a vehicle: ``found["rise"]`` is a constant."""

    def __init__(self, report: dict[str, Any]) -> None:
        self.report = report
        """All numbers, as ``swiftlet identify --json`` prints them."""
        self.constants: dict[str, Constant] = {
            row["constant"]: Constant(
                value=row.get("value", float("nan")),
                spread=row.get("spread", float("nan")),
                verdict=row["verdict"],
            )
            for row in report["constants"]
        }
        """The constants by their names."""
        self.explained: dict[str, float] = report["explained"]
        """The shares of acceleration between 0.2 and 10 Hz that are explained."""
        self.profile: Table = [
            {"objective": point["objective"], **point["constants"]} for point in report["profile"]
        ]
        """How dead time trades against the rest: a lower objective explains more."""
        self.advice: list[str] = report["advice"]
        """What flights would tell more."""

    def __getitem__(self, name: str) -> Constant:
        if name not in self.constants:
            raise ArgumentError(f"there is no constant {name!r}; there are {list(self.constants)}")
        return self.constants[name]

    def plot(self) -> Any:
        """How dead time trades against the rest, as a figure of matplotlib.

        :raises ImportError: where matplotlib is not installed
        """
        figure, rows = _page(1)
        times = [point["deadTime"] for point in self.profile]
        for axes, name in zip(rows[0], ("objective", "rise", "fall", "rollGain"), strict=True):
            axes.plot(times, [point[name] for point in self.profile], "o-")
            _label(axes, name, "dead time [ms]")
        return figure

    def __repr__(self) -> str:
        told = [name for name, constant in self.constants.items() if constant.verdict != "not told"]
        return f"Identification({', '.join(told)})"


def _report(*arguments: str) -> dict[str, Any]:
    """What a command of the program prints as JSON."""
    done = subprocess.run(
        [program(), *arguments, "--json"], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise (FileError if done.returncode == 3 else ArgumentError)(done.stderr.strip())
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _page(rows: int) -> tuple[Any, npt.NDArray[Any]]:
    """A figure with rows of four graphs."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise ImportError("plots need matplotlib: pip install matplotlib") from None
    figure = Figure(figsize=(14, 3 * rows), layout="constrained")
    return figure, figure.subplots(rows, 4, squeeze=False)


def _label(axes: Any, title: str, horizontal: str) -> None:
    axes.set_title(title, fontsize="medium")
    axes.set_xlabel(horizontal)
    if axes.get_legend_handles_labels()[0]:
        axes.legend(fontsize="small")
