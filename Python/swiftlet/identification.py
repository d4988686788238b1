"""Models and logs of real flights: how true a model is to them, and what they tell of a vehicle."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ._library import check, ffi, lib, text
from .errors import ArgumentError
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
    options = {"observer": os.fspath(observer), "law": law, "shaken": shaken, "traces": True}
    if voltage is not None:
        options["voltage"] = voltage
    with as_files(logs) as paths:
        return Score(_report(lib.swiftlet_score, [os.fsencode(model)], paths, options))


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
    options: dict[str, Any] = {"model": os.fspath(model), "traces": True}
    if output is not None:
        options["output"] = os.fspath(output)
    with as_files(logs) as paths:
        return Identification(_report(lib.swiftlet_identify, [], paths, options))


class Score:
    """How true a model is to logs, as tables, and as plots where matplotlib is installed."""

    def __init__(self, report: dict[str, Any]) -> None:
        self._traces = report.pop("traces", {"accelerations": [], "flights": []})
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
        """The tables and flights as a figure of matplotlib.

        :raises ImportError: where matplotlib is not installed
        """
        flights = self._traces["flights"][:3]
        figure, rows = _page(2 + len(flights))
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
        _plot_accelerations(rows[1], self._traces["accelerations"])
        for row, flight in zip(rows[2:], flights, strict=True):
            _plot_flight(row, flight)
        return figure

    def __repr__(self) -> str:
        shares = ", ".join(f"{name} {share:.3f}" for name, share in self.response.items())
        return f"Score({self.starts} predictions; explained: {shares})"


@dataclass(frozen=True)
class Constant:
    """A constant of a vehicle."""

    summary: str
    """What it is, with its unit."""
    value: float
    """What was found; NaN where nothing was."""
    spread: float
    """Its standard deviation: by leaving out flights in turn, and by clocks that are 2 ms apart."""
    verdict: str
    """How surely it is told: told (within a tenth), roughly (within a third), or not told."""


class Identification:
    """What logs tell of a vehicle: ``found["rise"]`` is a constant."""

    def __init__(self, report: dict[str, Any]) -> None:
        self._accelerations = report.pop("accelerations", [])
        self.report = report
        """All numbers, as ``swiftlet identify --json`` prints them."""
        self.constants: dict[str, Constant] = {
            row["constant"]: Constant(
                summary=row["summary"],
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
        """Accelerations and what pulses explain of them, and the profile, as a figure of matplotlib.

        :raises ImportError: where matplotlib is not installed
        """
        figure, rows = _page(2)
        _plot_accelerations(rows[0], self._accelerations)
        times = [point["deadTime"] for point in self.profile]
        for axes, name in zip(rows[1], ("objective", "rise", "fall", "rollGain"), strict=True):
            axes.plot(times, [point[name] for point in self.profile], "o-")
            _label(axes, name, "dead time [ms]")
        return figure

    def __repr__(self) -> str:
        told = [name for name, constant in self.constants.items() if constant.verdict != "not told"]
        return f"Identification({', '.join(told)})"


def _report(
    function: Any, first: list[bytes], paths: list[bytes], options: dict[str, Any]
) -> dict[str, Any]:
    """What a function of the library finds of logs."""
    texts = [ffi.new("char[]", path) for path in paths]
    handle = ffi.new("swiftlet_handle *")
    try:
        words = json.dumps(options, allow_nan=False).encode()
    except (TypeError, ValueError) as error:
        raise ArgumentError(f"an option cannot be written as JSON: {error}") from None
    check(function(*first, ffi.new("char *[]", texts), len(texts), words, handle))
    try:
        found: dict[str, Any] = json.loads(text(lib.swiftlet_report_text, handle[0]))
    finally:
        lib.swiftlet_close(handle[0])
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


def _plot_accelerations(row: npt.NDArray[Any], series: list[dict[str, Any]]) -> None:
    """Five seconds from the middle of the first log's accelerations."""
    for axes, channel in zip(row, ("roll", "pitch", "yaw", "thrust"), strict=True):
        found = next((one for one in series if one["channel"] == channel and one["times"]), None)
        if found is None:
            axes.set_axis_off()
            continue
        times = np.array(found["times"])
        shown = np.abs(times - times[len(times) // 2]) <= 2.5
        for name in ("logged", "explained"):
            axes.plot(times[shown], np.array(found[name])[shown], label=name)
        unit = "m/s²" if channel == "thrust" else "rad/s²"
        _label(axes, f"{found['log']}: {channel} [{unit}]", "t [s]")


def _plot_flight(row: npt.NDArray[Any], flight: dict[str, Any]) -> None:
    """A real flight and the same flown again: from above, and along three axes."""
    real, flown = flight["real"], flight["flown"]
    for axes, (x, y) in zip(row, (("x", "y"), ("t", "x"), ("t", "y"), ("t", "z")), strict=True):
        axes.plot(real[x], real[y], label="real")
        axes.plot(flown[x], flown[y], label="simulated")
        wanted = real["t"] if x == "t" else real["ref_x"]
        axes.plot(wanted, real[f"ref_{y}"], "--", label="setpoint", linewidth=1)
        _label(axes, f"{flight['log']}: {y} [m]", "t [s]" if x == "t" else f"{x} [m]")
