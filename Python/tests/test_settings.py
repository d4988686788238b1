"""Settings of tasks: the keys of task files, as keyword arguments."""

from __future__ import annotations

import pathlib

import gymnasium
import numpy as np
import pytest

import swiftlet


def test_a_task_takes_all_that_its_file_could_say() -> None:
    env = gymnasium.make(
        "swiftlet/Hover-v0",
        model="cf2p",
        time_limit=1,
        rates={"control": 60},
        randomisation={"mass": [0.9, 1.1]},
    ).unwrapped
    assert isinstance(env, swiftlet.Env)
    assert env.description["model"] == "cf2p"
    assert env.description["stepLimit"] == 60
    assert env.metadata["render_fps"] == 60
    assert env.description["settings"]["randomisation"]["mass"] == [0.9, 1.1]


def test_the_settings_that_are_told_are_the_same_task() -> None:
    env = swiftlet.make("formation", drones=3, time_limit=2)
    settings = dict(env.description["settings"])
    twin = swiftlet.make(settings.pop("task"), **settings)
    assert twin.description == env.description
    assert env.reset(seed=1)[0].tobytes() == twin.reset(seed=1)[0].tobytes()


def test_a_file_is_a_task_too(tmp_path: pathlib.Path) -> None:
    file = tmp_path / "short.yaml"
    file.write_text("task: hover\ntime_limit: 2\n", encoding="utf-8")
    env = swiftlet.make(str(file))
    assert env.description["stepLimit"] == 60
    assert env.description["task"] == "hover"
    env = swiftlet.make(str(file), rates={"control": 60})
    assert env.description["stepLimit"] == 120
    file.write_text("task: hover\ntime_limits: 2\n", encoding="utf-8")
    with pytest.raises(swiftlet.ArgumentError) as caught:
        swiftlet.make(str(file))
    assert f'{file}:2: time_limits: unknown key; did you mean "time_limit"?' in str(caught.value)


def test_wrong_settings_are_refused() -> None:
    for settings, sentence in (
        ({"modle": "racer"}, 'hover: modle: unknown key; did you mean "model"?'),
        ({"drones": 3}, "drones"),
        ({"time_limit": -1}, "hover: time_limit: -1 is out of range"),
        ({"time_limit": float("nan")}, "a setting cannot be written as JSON"),
        ({"model": object()}, "a setting cannot be written as JSON"),
        ({"randomisation": {"mas": [1, 1]}}, 'randomisation.mas: unknown key; did you mean "mass"?'),
    ):
        for make in (swiftlet.make, swiftlet.make_vec):
            with pytest.raises(swiftlet.ArgumentError) as caught:
                make("hover", **settings)
            assert sentence in str(caught.value)


def test_settings_change_what_is_flown() -> None:
    plain, heavy = swiftlet.make("hover"), swiftlet.make("hover", randomisation={"mass": [2, 2]})
    plain.reset(seed=0)
    heavy.reset(seed=0)
    action = np.zeros(4, np.float32)
    for _ in range(5):
        a, b = plain.step(action)[0], heavy.step(action)[0]
    assert a.tobytes() != b.tobytes()
