"""Policies as files for other programs: what they say, and what they fly."""

from __future__ import annotations

import pathlib
import re
import subprocess
from typing import Any

import cffi
import numpy as np
import onnxruntime
import pytest

import swiftlet
from swiftlet._library import check, lib
from swiftlet._states import StateArrays

STRICT = ["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-O2"]
# As firmware is compiled.
FIRMWARE = ["-std=gnu11", "-Wall", "-Wextra", "-Werror", "-O2", "-ffast-math"]
FREE = "-ffreestanding"


def compiled(folder: pathlib.Path, sources: list[pathlib.Path], options: list[str]) -> Any:
    """A library of some sources, and what declares its functions."""
    library = folder / f"{sources[0].stem}.so"
    subprocess.run(
        ["cc", "-shared", "-fPIC", *options, "-I", folder, "-o", library, *sources], check=True
    )
    ffi = cffi.FFI()
    return ffi, library


def c_policy(name: str, folder: pathlib.Path, **options: Any) -> Any:
    """The C policy as a function of rows of observations."""
    policy = swiftlet.Policy.load(name)
    report = policy.export(folder / "pilot.h", **options)
    source = folder / "pilot.c"
    source.write_text(
        '#include "pilot.h"\n'
        "void act(const float *observation, float *action);\n"
        "void act(const float *observation, float *action) { pilot_act(observation, action); }\n"
    )
    ffi, library = compiled(folder, [source], [*STRICT, FREE])
    ffi.cdef("void act(const float *observation, float *action);")
    functions = ffi.dlopen(str(library))

    def act(observations: Any) -> Any:
        seen = np.ascontiguousarray(observations, np.float32)
        actions = np.zeros((*seen.shape[:-1], policy.action_count), np.float32)
        rows = (seen.reshape(-1, seen.shape[-1]), actions.reshape(-1, policy.action_count))
        for observation, action in zip(*rows, strict=True):
            functions.act(
                ffi.from_buffer("float[]", observation), ffi.from_buffer("float[]", action)
            )
        return actions

    return policy, act, report


def hover(act: Any, count: int = 8, seconds: float = 60) -> Any:
    """Where the drones of some environments are, (steps, count, 3), as `act` flies them."""
    env = swiftlet.VectorEnv("hover", count, time_limit=seconds + 1)
    batch = env._batch
    states = StateArrays((count, 1))
    seen, _ = env.reset(seed=3)
    places = []
    for _ in range(round(seconds * env.metadata["render_fps"])):
        seen, _, terminated, truncated, _ = env.step(act(seen))
        assert not terminated.any() and not truncated.any()
        check(lib.swiftlet_environments_read_states(batch.handle, states.buffers))
        places.append(states.views["position"][:, 0].copy())
    env.close()
    return np.array(places)


def test_a_minute_of_hover_flown_in_c_is_that_of_the_policy(tmp_path: pathlib.Path) -> None:
    policy, act, _ = c_policy("hover", tmp_path)
    flown, expected = hover(act), hover(policy)
    assert flown.shape == (1800, 8, 3)
    # The promise is 1 mm; what holds is every bit.
    assert np.abs(flown - expected).max() < 1e-3
    assert flown.tobytes() == expected.tobytes()
    assert np.linalg.norm(flown[-1] - [0, 0, 1], axis=-1).max() < 0.15


def test_a_minute_of_hover_with_weights_of_8_bits_stays_near(tmp_path: pathlib.Path) -> None:
    policy, act, report = c_policy("hover", tmp_path, int8=True)
    flown, expected = hover(act), hover(policy)
    apart = np.linalg.norm(flown - expected, axis=-1)
    assert 1e-6 < apart.max() < 0.05
    assert report["rounding"]["largest"] < 0.05
    assert report["cost"]["constantBytes"] < 7100
    assert np.linalg.norm(flown[-1] - [0, 0, 1], axis=-1).max() < 0.15


@pytest.mark.parametrize("name", ["hover", "multi-hover", "trajectory"])
def test_onnxruntime_gives_the_actions_of_a_policy(name: str, tmp_path: pathlib.Path) -> None:
    policy = swiftlet.Policy.load(name)
    report = policy.export(tmp_path / "policy.onnx")
    assert report["format"] == "onnx"
    session = onnxruntime.InferenceSession(
        str(tmp_path / "policy.onnx"), providers=["CPUExecutionProvider"]
    )
    random = np.random.default_rng(0)
    seen = random.uniform(-1, 1, (1000, policy.observation_count)).astype(np.float32)
    (actions,) = session.run(["action"], {"observation": seen})
    # Both sum in single precision, in other orders.
    assert np.abs(actions - policy(seen)).max() < 1e-5
    assert session.get_modelmeta().custom_metadata_map["task"] == policy.metadata["task"]


def test_what_cannot_be_exported_is_refused(tmp_path: pathlib.Path) -> None:
    policy = swiftlet.Policy.load("hover")
    for file, options, words in [
        ("a.c", {}, "expected one that ends with .onnx or .h"),
        ("a.onnx", {"int8": True}, "weights of 8 bits are for headers of C"),
        ("a.h", {"network": 1}, "^the policy has no network 1; it has one, number 0$"),
        ("a.h", {"name": "1st"}, "^'1st' cannot begin names in C; expected a letter"),
    ]:
        with pytest.raises(swiftlet.ArgumentError, match=words):
            policy.export(tmp_path / file, **options)  # type: ignore[arg-type]
    with pytest.raises(swiftlet.FileError, match="could not be written: No such file or directory"):
        policy.export(tmp_path / "none" / "a.h")
    assert not list(tmp_path.iterdir())


def documented(checkout: pathlib.Path, folder: pathlib.Path, file: str) -> pathlib.Path:
    """A program of the documentation, as a file, beside the policy that it flies."""
    page = (checkout / "Documentation/Export.md").read_text(encoding="utf-8")
    (code,) = re.findall(rf"^```c\n(// {re.escape(file)}\n.*?)^```$", page, re.M | re.S)
    (folder / file).write_text(code)
    swiftlet.Policy.load("hover").export(folder / "hover.h")
    return folder / file


def one_drone() -> swiftlet.Simulation:
    """The Crazyflie of the policy, off its goal and turned, in a simulation."""
    simulation = swiftlet.Simulation("cf2x_phoenix_2021_12", at=[[0.2, -0.1, 0.9]], frequency=1000)
    yaw = 0.5
    simulation.write(
        attitude=[[[0, 0, np.sin(yaw / 2), np.cos(yaw / 2)]]],
        rotor_speeds=simulation.hover_rotor_speeds,
    )
    return simulation


def test_the_documented_controller_of_a_crazyflie_hovers(
    checkout: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    firmware = checkout / "Python/tests/firmware/crazyflie"
    controller = documented(checkout, tmp_path, "policy_controller.c")
    ffi, library = compiled(
        tmp_path, [controller, firmware / "fly.c"], [*FIRMWARE, "-I", str(firmware)]
    )
    ffi.cdef(
        "void fly(uint32_t, const double *, const double *, const double *, const double *, "
        "const double *, double *);"
    )
    functions = ffi.dlopen(str(library))
    simulation = one_drone()
    hovering = simulation.hover_rotor_speeds[0, 0, 0]
    load = 0.0319 * 9.81 / 4
    goal, thrusts = np.array([0.3, 0.1, 1.2]), np.zeros(4)
    for step in range(20_000):
        moved = [
            np.ascontiguousarray(array[0, 0])
            for array in (
                simulation.position,
                simulation.attitude,
                simulation.velocity,
                simulation.body_rates,
            )
        ]
        functions.fly(
            step, *(ffi.from_buffer("double[]", array) for array in [goal, *moved, thrusts])
        )
        simulation.step(hovering * np.sqrt(thrusts / load))
    assert np.linalg.norm(simulation.position[0, 0] - goal) < 0.15
    assert np.linalg.norm(simulation.velocity[0, 0]) < 0.2


def rotation(attitude: Any) -> Any:
    """The matrix of a quaternion x, y, z, w."""
    x, y, z, w = attitude
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
            [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
            [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
        ]
    )


def test_the_documented_task_of_betaflight_hovers(
    checkout: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    firmware = checkout / "Python/tests/firmware/betaflight"
    task = documented(checkout, tmp_path, "policy_task.c")
    ffi, library = compiled(tmp_path, [task, firmware / "fly.c"], [*FIRMWARE, "-I", str(firmware)])
    ffi.cdef(
        "void fly(uint32_t, bool, const double *, const double *, const double *, "
        "const double *, double *);"
    )
    functions = ffi.dlopen(str(library))
    simulation = one_drone()
    hovering = simulation.hover_rotor_speeds[0, 0, 0]
    throttles = np.zeros(4)

    def act(step: int, armed: bool) -> None:
        arrays = [
            np.ascontiguousarray(array)
            for array in (
                simulation.position[0, 0],
                rotation(simulation.attitude[0, 0]),
                simulation.velocity[0, 0],
                simulation.body_rates[0, 0],
            )
        ]
        buffers = (ffi.from_buffer("double[]", array) for array in [*arrays, throttles])
        functions.fly(1000 * step, armed, *buffers)

    act(0, armed=False)
    assert (throttles == 0).all()
    for step in range(0, 20_000, 33):
        act(step, armed=True)
        rear_right, front_right, rear_left, front_left = hovering * throttles / 0.35
        simulation.step([front_right, rear_right, rear_left, front_left], steps=33)
    assert np.linalg.norm(simulation.position[0, 0] - [0, 0, 1]) < 0.15
    assert np.linalg.norm(simulation.velocity[0, 0]) < 0.2
