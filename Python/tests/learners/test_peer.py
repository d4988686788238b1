"""Policies of PPO, learned under gym-pybullet-drones' names here or in gym-pybullet-drones itself, flown in both.

It needs PyBullet, and gym-pybullet-drones on the path; ``.ci/test_learners`` sees to both where it can.
"""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import pathlib
from typing import Any

import numpy as np
import pytest
import torch
from stable_baselines3 import PPO
from stable_baselines3.common.env_util import make_vec_env

from swiftlet.gym_pybullet_drones._elsewhere import INSTEAD

OURS, THEIRS = "swiftlet.gym_pybullet_drones", "gym_pybullet_drones"


def is_there(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


pytestmark = [
    pytest.mark.skipif(
        not (is_there("pybullet") and is_there(THEIRS)),
        reason="gym-pybullet-drones or PyBullet is not installed: NO POLICY IS FLOWN IN BOTH",
    ),
    pytest.mark.filterwarnings("ignore"),
]


def environment(package: str, kind: str) -> Any:
    """The class of an environment of either package."""
    return getattr(importlib.import_module(f"{package}.envs.{kind}"), kind)


def options(package: str, act: str) -> dict[str, Any]:
    return {"act": importlib.import_module(f"{package}.utils.enums").ActionType(act)}


def flown(package: str, kind: str, act: str, model: PPO) -> tuple[float, list[Any]]:
    """The return of an episode, and what was observed in it."""
    env = environment(package, kind)(**options(package, act))
    observed, _ = env.reset(seed=42)
    total, seen, is_over = 0.0, [observed], False
    while not is_over:
        action, _ = model.predict(observed, deterministic=True)
        observed, reward, is_terminated, is_truncated, _ = env.step(action)
        total, is_over = total + float(reward), is_terminated or is_truncated
        seen.append(observed)
    env.close()
    return total, seen


CLASSES = {
    "envs.CtrlAviary": {},
    "envs.VelocityAviary": {},
    "envs.HoverAviary": {},
    "envs.MultiHoverAviary": {},
    "control.DSLPIDControl": {"drone_model": "cf2x"},
    "control.CTBRControl": {"drone_model": "racer"},
    "utils.Logger": {"logging_freq_hz": 30},
}
"""Modules, each with a class of its name, and what it is made of."""

# What belongs to PyBullet's window.
OF_THE_WINDOW = ("X_AX", "Y_AX", "Z_AX", "GUI_INPUT_TEXT", "USE_GUI_RPM", "first_render_call")
OF_THE_WINDOW += ("gui_input", "last_input_switch", "CLIENT", "RESET_TIME", "OBSTACLES")


def parameters(function: Any) -> list[tuple[str, str]]:
    """The names of parameters, and their defaults."""
    found = inspect.signature(function).parameters.values()
    return [(parameter.name, str(parameter.default).rsplit(".", 1)[-1]) for parameter in found]


@pytest.mark.parametrize("module", sorted(CLASSES))
def test_names_arguments_and_numbers_are_those_of_there(
    module: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = []
    for package in (OURS, THEIRS):
        kind = getattr(importlib.import_module(f"{package}.{module}"), module.split(".")[1])
        model = importlib.import_module(f"{package}.utils.enums").DroneModel
        options = {
            name: model(value) if name == "drone_model" else value
            for name, value in CLASSES[module].items()
        }
        made.append(kind(**options))
    ours, theirs = made
    for name, function in inspect.getmembers(type(theirs), inspect.isfunction):
        if name not in INSTEAD:
            assert parameters(getattr(type(ours), name)) == parameters(function), name
    for name, value in vars(theirs).items():
        if name in OF_THE_WINDOW:
            continue
        here = getattr(ours, name)
        if isinstance(value, (int, float, str, np.ndarray)):
            np.testing.assert_array_equal(here, value, name)
        if isinstance(value, np.ndarray):
            assert here.dtype == value.dtype, name
    for name in ("action_space", "observation_space"):
        assert getattr(ours, name, None) == getattr(theirs, name, None)


def learned(package: str, kind: str, act: str) -> PPO:
    """A policy that keeps off the floor, on which returns part: contacts are solved otherwise there."""
    for seed in range(2, 7):
        venv = make_vec_env(
            environment(package, kind), env_kwargs=options(package, act), n_envs=1, seed=0
        )
        model = PPO("MlpPolicy", venv, n_steps=1024, learning_rate=1e-3, seed=seed).learn(4096)
        _, seen = flown(OURS, kind, act, model)
        if min(observed[:, 2].min() for observed in seen) > 0.05:
            return model
    raise AssertionError("no policy keeps off the floor")


@pytest.mark.parametrize("learned_in", [OURS, THEIRS])
@pytest.mark.parametrize("kind", ["HoverAviary", "MultiHoverAviary"])
def test_a_policy_is_worth_as_much_in_both(
    learned_in: str, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    torch.set_num_threads(1)
    act = "one_d_rpm"
    model = learned(learned_in, kind, act)
    (ours, seen), (theirs, there) = (flown(package, kind, act, model) for package in (OURS, THEIRS))
    with capsys.disabled():
        print(f"\n{kind} learned in {learned_in}: return {ours:.9f} here, {theirs:.9f} there")
    assert len(seen) == len(there) > 50
    assert abs(ours - theirs) < 1e-4
    for here, other in zip(seen, there, strict=True):
        assert here.dtype == other.dtype and here.shape == other.shape
        np.testing.assert_allclose(here, other, rtol=0, atol=1e-5)
