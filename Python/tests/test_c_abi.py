"""The C interface by itself: what a program in C, or another language, may do and get wrong."""

from __future__ import annotations

import multiprocessing
import pathlib
import subprocess
import threading
from typing import Any

import numpy as np
import pytest

from swiftlet import _library
from swiftlet._library import ffi, lib, struct


class Flat:
    """Environments of a task, with all the buffers of their steps."""

    def __init__(self, task: str = "hover", count: int = 3, autoreset: int = 1) -> None:
        options = struct("swiftlet_environments_options")
        options.count, options.threads, options.autoreset = count, 1, autoreset
        handle = ffi.new("swiftlet_handle *")
        _library.check(
            lib.swiftlet_environments_create(task.encode(), ffi.NULL, options, handle)
        )
        self.handle = handle[0]
        layout = struct("swiftlet_layout")
        _library.check(lib.swiftlet_environments_layout(self.handle, layout))
        self.layout = layout
        rows = layout.environment_count * layout.agent_count
        self.actions = np.zeros((rows, layout.action_count), np.float32)
        self.observations = np.zeros((rows, layout.observation_count), np.float32)
        self.rewards = np.zeros(rows, np.float32)
        self.terminations = np.zeros(rows, np.bool_)
        self.truncations = np.zeros(rows, np.bool_)
        self.lengths = np.zeros(rows, np.int32)
        self.returns = np.zeros(rows, np.float32)
        self.endings = np.zeros(rows, np.uint8)
        self.buffers = struct("swiftlet_step_buffers")
        self._kept = [
            ("actions", "float[]", self.actions),
            ("observations", "float[]", self.observations),
            ("rewards", "float[]", self.rewards),
            ("terminations", "bool[]", self.terminations),
            ("truncations", "bool[]", self.truncations),
            ("episode_lengths", "int32_t[]", self.lengths),
            ("episode_returns", "float[]", self.returns),
            ("episode_endings", "uint8_t[]", self.endings),
        ]
        for name, kind, array in self._kept:
            setattr(self.buffers, name, ffi.from_buffer(kind, array))

    def reset(self, seeds: list[int]) -> None:
        status = lib.swiftlet_environments_reset(
            self.handle, ffi.new("uint64_t[]", seeds), ffi.NULL, self.buffers
        )
        _library.check(status)

    def step(self) -> None:
        _library.check(lib.swiftlet_environments_step(self.handle, self.buffers))


def failure(status: int) -> tuple[int, str]:
    return status, ffi.string(lib.swiftlet_last_error()).decode()


def test_the_example_in_c_compiles_and_flies(
    checkout: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    library = _library.library_path()
    link = tmp_path / "libswiftlet.so"
    link.symlink_to(library.resolve())
    program = tmp_path / "hover"
    subprocess.run(
        ["cc", "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-o", program]
        + [checkout / "Examples/C/hover.c", "-I", checkout / "Sources/CSwiftlet/include"]
        + ["-L", tmp_path, "-lswiftlet", f"-Wl,-rpath,{tmp_path}"]
        # The Swift libraries that it needs in turn are found when it runs.
        + ["-Wl,--allow-shlib-undefined"],
        check=True,
    )
    output = subprocess.run([program], check=True, capture_output=True, text=True).stdout
    assert output == f"Swiftlet {_library.version()}: 32 episodes, mean return 359.160\n"


def test_the_header_is_one_of_cpp_too(checkout: pathlib.Path, tmp_path: pathlib.Path) -> None:
    source = tmp_path / "empty.cpp"
    source.write_text('#include "CSwiftlet.h"\n')
    include = checkout / "Sources/CSwiftlet/include"
    subprocess.run(
        ["c++", "-std=c++17", "-Wall", "-Wpedantic", "-Werror", "-fsyntax-only", "-I", include]
        + [source],
        check=True,
    )


def test_null_pointers_are_refused() -> None:
    flat = Flat()
    handle = ffi.new("swiftlet_handle *")
    options = struct("swiftlet_environments_options")
    options.count = 1
    create = lib.swiftlet_environments_create
    assert failure(create(ffi.NULL, ffi.NULL, options, handle)) == (1, "task is NULL")
    assert failure(create(b"hover", ffi.NULL, ffi.NULL, handle)) == (1, "options is NULL")
    assert failure(create(b"hover", ffi.NULL, options, ffi.NULL)) == (1, "environments is NULL")
    step = lib.swiftlet_environments_step
    assert failure(step(flat.handle, ffi.NULL)) == (1, "buffers is NULL")
    for name in ("actions", "observations", "rewards", "terminations", "truncations"):
        buffers = struct("swiftlet_step_buffers")
        ffi.memmove(buffers, flat.buffers, ffi.sizeof("swiftlet_step_buffers"))
        setattr(buffers, name, ffi.NULL)
        assert failure(step(flat.handle, buffers)) == (1, f"buffers.{name} is NULL")
    assert failure(lib.swiftlet_environments_layout(flat.handle, ffi.NULL)) == (1, "layout is NULL")
    assert failure(lib.swiftlet_environments_read_states(flat.handle, ffi.NULL)) == (
        1,
        "states is NULL",
    )
    assert failure(lib.swiftlet_catalogue(ffi.NULL, ffi.NULL, 0, ffi.NULL)) == (1, "kind is NULL")


def test_options_out_of_range_are_refused() -> None:
    handle = ffi.new("swiftlet_handle *")

    def create(**values: int) -> tuple[int, str]:
        options = struct("swiftlet_environments_options")
        options.count = 1
        for name, value in values.items():
            setattr(options, name, value)
        return failure(lib.swiftlet_environments_create(b"hover", ffi.NULL, options, handle))

    assert create(struct_size=4) == (
        1,
        "options.struct_size is 4; expected 16, as sizeof gives it",
    )
    assert create(count=0) == (1, "options.count is 0; expected 1 or more environments")
    assert create(threads=-1) == (1, "options.threads is -1; expected 0 to 1024")
    assert create(autoreset=3) == (
        1,
        "options.autoreset is 3; expected SWIFTLET_NEXT_STEP, SWIFTLET_SAME_STEP or "
        "SWIFTLET_AUTORESET_DISABLED",
    )
    assert create(count=2**31 - 1) == (
        1,
        "2147483647 environments of 1 drones are more than 1000000 drones",
    )


def test_names_that_nothing_has_are_refused_with_the_nearest() -> None:
    options = struct("swiftlet_environments_options")
    options.count = 1
    handle = ffi.new("swiftlet_handle *")
    status = lib.swiftlet_environments_create(b"hovr", ffi.NULL, options, handle)
    assert failure(status) == (1, "there is no task 'hovr'; did you mean 'hover'?")
    status = lib.swiftlet_environments_create(b"\xff", ffi.NULL, options, handle)
    assert failure(status) == (1, "task is not text in UTF-8")


def test_a_step_before_the_first_reset_is_refused() -> None:
    flat = Flat()
    status = lib.swiftlet_environments_step(flat.handle, flat.buffers)
    assert failure(status) == (5, "reset the environment before its first step")


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_actions_that_are_no_numbers_are_refused_and_change_nothing(value: float) -> None:
    flat, other = Flat(), Flat()
    flat.reset([1, 2, 3])
    other.reset([1, 2, 3])
    flat.actions[1, 2] = value
    status = lib.swiftlet_environments_step(flat.handle, flat.buffers)
    shown = str(value)
    assert failure(status) == (
        1,
        f"the action in row 1, column 2 is {shown}, which is no action at all",
    )
    flat.actions[1, 2] = 0
    flat.step()
    other.step()
    assert flat.observations.tobytes() == other.observations.tobytes()


def test_closed_and_foreign_handles_are_refused() -> None:
    flat = Flat()
    flat.reset([1, 2, 3])
    snapshot = ffi.new("swiftlet_handle *")
    _library.check(lib.swiftlet_environments_snapshot(flat.handle, snapshot))
    step = lib.swiftlet_environments_step
    assert failure(step(snapshot[0], flat.buffers)) == (
        2,
        "the handle is a snapshot, not a handle of environments",
    )
    assert lib.swiftlet_close(flat.handle) == 0
    assert lib.swiftlet_close(flat.handle) == 0
    assert lib.swiftlet_close(0) == 0
    assert lib.swiftlet_close(2**64 - 1) == 0
    closed = (2, "the handle of environments is closed, or was never one")
    assert failure(step(flat.handle, flat.buffers)) == closed
    assert failure(step(0, flat.buffers)) == closed
    assert failure(step(2**64 - 1, flat.buffers)) == closed
    # Whatever comes to stand in its place is not taken for it.
    later = Flat()
    later.reset([1, 2, 3])
    assert failure(step(flat.handle, flat.buffers)) == closed


def test_one_handle_in_two_threads_is_an_error_and_not_a_race() -> None:
    flat = Flat(count=4096)
    flat.reset(list(range(4096)))
    found: list[int] = []
    started = threading.Barrier(2)

    def work() -> None:
        started.wait()
        for _ in range(50):
            found.append(lib.swiftlet_environments_step(flat.handle, flat.buffers))

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(found) == {0, 3}
    flat.step()


def test_a_thread_has_errors_of_its_own() -> None:
    lib.swiftlet_catalogue(ffi.NULL, ffi.NULL, 0, ffi.NULL)
    seen: list[str] = []
    thread = threading.Thread(
        target=lambda: seen.append(ffi.string(lib.swiftlet_last_error()).decode())
    )
    thread.start()
    thread.join()
    assert seen == [""]
    assert ffi.string(lib.swiftlet_last_error()) == b"kind is NULL"


def _use_after_fork(flat: Any, results: Any) -> None:
    status = lib.swiftlet_environments_step(flat.handle, flat.buffers)
    results.put(failure(status))
    fresh = Flat()
    fresh.reset([1, 2, 3])
    fresh.step()
    results.put(fresh.observations.tobytes())
    lib.swiftlet_close(flat.handle)


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_handles_from_before_a_fork_are_refused_and_new_ones_work() -> None:
    flat = Flat()
    flat.reset([1, 2, 3])
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    child = context.Process(target=_use_after_fork, args=(flat, results))
    child.start()
    refused, observations = results.get(timeout=60), results.get(timeout=60)
    child.join(60)
    assert child.exitcode == 0
    assert refused == (
        4,
        "the handle of environments was created before this process was forked; "
        "create another here",
    )
    flat.step()
    assert observations == flat.observations.tobytes()


def test_a_step_in_two_halves_is_the_same_step() -> None:
    whole, halved = Flat(), Flat()
    whole.reset([1, 2, 3])
    halved.reset([1, 2, 3])
    random = np.random.default_rng(0)
    states = struct("swiftlet_states")
    position = np.zeros((3, 3))
    states.position = ffi.from_buffer("double[]", position)
    for _ in range(300):
        whole.actions[:] = random.uniform(-1, 1, whole.actions.shape)
        halved.actions[:] = whole.actions
        whole.step()
        _library.check(
            lib.swiftlet_environments_step_begin(halved.handle, halved.buffers, states)
        )
        _library.check(lib.swiftlet_environments_step_end(halved.handle, ffi.NULL))
        for name in ("observations", "rewards", "terminations", "truncations", "returns"):
            assert getattr(whole, name).tobytes() == getattr(halved, name).tobytes()
    assert whole.lengths.min() < 240


def test_between_the_halves_of_a_step_all_else_is_refused() -> None:
    flat = Flat()
    flat.reset([1, 2, 3])
    end = lib.swiftlet_environments_step_end
    assert failure(end(flat.handle, ffi.NULL)) == (
        5,
        "no step has begun: call swiftlet_environments_step_begin",
    )
    begin = lib.swiftlet_environments_step_begin
    _library.check(begin(flat.handle, flat.buffers, ffi.NULL))
    snapshot = ffi.new("swiftlet_handle *")
    reset = lib.swiftlet_environments_reset(flat.handle, ffi.NULL, ffi.NULL, flat.buffers)
    refused = (5, "a step has begun and not ended: call swiftlet_environments_step_end")
    assert failure(reset) == refused
    assert failure(begin(flat.handle, flat.buffers, ffi.NULL)) == refused
    assert failure(lib.swiftlet_environments_snapshot(flat.handle, snapshot)) == refused
    _library.check(end(flat.handle, ffi.NULL))
    flat.step()


def test_rewards_and_endings_of_the_caller_count() -> None:
    flat = Flat(autoreset=1)
    flat.reset([1, 2, 3])
    _library.check(
        lib.swiftlet_environments_step_begin(flat.handle, flat.buffers, ffi.NULL)
    )
    flat.rewards[:] = [5, np.nan, 7]
    flat.terminations[:] = [True, False, False]
    _library.check(lib.swiftlet_environments_step_end(flat.handle, ffi.NULL))
    assert flat.rewards.tolist() == [5, 0, 7]
    assert flat.terminations.tolist() == [True, False, False]
    # A reward that is no number cuts off the episode.
    assert flat.truncations.tolist() == [False, True, False]
    assert flat.endings.tolist() == [1, 3, 0]
    assert flat.returns.tolist() == [5, 0, 7]
    flat.step()
    assert flat.lengths.tolist() == [1, 1, 2]


def test_a_snapshot_brings_everything_back() -> None:
    flat = Flat()
    flat.reset([1, 2, 3])
    flat.step()
    snapshot = ffi.new("swiftlet_handle *")
    _library.check(lib.swiftlet_environments_snapshot(flat.handle, snapshot))

    def fly() -> bytes:
        for _ in range(300):
            flat.step()
        return flat.observations.tobytes() + flat.returns.tobytes()

    first = fly()
    _library.check(lib.swiftlet_environments_restore(flat.handle, snapshot[0]))
    assert fly() == first
    other = Flat("velocity")
    status = lib.swiftlet_environments_restore(other.handle, snapshot[0])
    assert failure(status)[0] == 1


def test_states_are_where_observations_say() -> None:
    flat = Flat(count=7)
    flat.reset(list(range(7)))
    states = struct("swiftlet_states")
    arrays = {name: np.full((n, 7), np.nan) for name, n in
              {"position": 3, "attitude": 4, "goal_position": 3, "time": 1}.items()}
    for name, array in arrays.items():
        setattr(states, name, ffi.from_buffer("double[]", array))
    flat.step()
    _library.check(lib.swiftlet_environments_read_states(flat.handle, states))
    error = arrays["goal_position"] - arrays["position"]
    # Hover shows the position error by tanh or by a clipped scale; the sign is the same.
    seen = flat.observations[:, :3].T
    assert (np.sign(seen) == np.sign(error)).all()
    assert np.allclose((arrays["attitude"] ** 2).sum(axis=0), 1)
    assert np.allclose(arrays["time"], 1 / 30)


def test_a_view_from_outside_shows_the_drone() -> None:
    flat = Flat()
    flat.reset([1, 2, 3])
    image = np.zeros((120, 160, 3), np.uint8)
    pixels = ffi.from_buffer("uint8_t[]", image)
    _library.check(lib.swiftlet_environments_render(flat.handle, 1, 160, 120, pixels))
    middle, corner = image[45:75, 60:100], image[:10, :10]
    assert middle.std() > corner.std()
    status = lib.swiftlet_environments_render(flat.handle, 3, 160, 120, pixels)
    assert failure(status) == (1, "environment is 3; expected less than 3")
    status = lib.swiftlet_environments_render(flat.handle, 0, 0, 120, pixels)
    assert failure(status)[0] == 1


def test_creating_and_closing_does_not_leak() -> None:
    def resident() -> int:
        pages = pathlib.Path("/proc/self/statm").read_text().split()[1]
        return int(pages) * 4096

    def cycle(count: int) -> None:
        for _ in range(count):
            flat = Flat(count=64)
            flat.reset(list(range(64)))
            flat.step()
            lib.swiftlet_close(flat.handle)

    cycle(200)
    before = resident()
    cycle(2000)
    assert resident() - before < 8_000_000
