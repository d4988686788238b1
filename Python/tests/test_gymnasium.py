"""The environments as Gymnasium has them."""

from __future__ import annotations

import copy
import pathlib
import pickle
import re
import subprocess
import sys
from typing import Any

import gymnasium
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env
from gymnasium.vector import AutoresetMode
from gymnasium.wrappers.vector import RecordEpisodeStatistics

import swiftlet
from swiftlet import _library

IDS = [swiftlet.environment_id(task) for task in swiftlet.tasks()]
MODES = list(AutoresetMode)


def test_every_task_of_the_catalogue_is_registered() -> None:
    assert len(IDS) > 15
    assert {"swiftlet/Hover-v0", "swiftlet/GPDMultiHover1D-v0"} <= set(IDS)
    assert set(IDS) <= set(gymnasium.registry)


def test_gymnasium_imports_the_package_where_an_id_names_it() -> None:
    code = (
        "import gymnasium\n"
        "assert 'swiftlet/Hover-v0' not in gymnasium.registry\n"
        "gymnasium.make('swiftlet:swiftlet/Hover-v0').reset(seed=0)\n"
        "gymnasium.make_vec('swiftlet:swiftlet/Hover-v0', num_envs=2).reset(seed=0)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# gym-pybullet-drones' observations have no bounds.
@pytest.mark.filterwarnings("ignore:.*A Box observation space m.*infinity")
@pytest.mark.parametrize("name", IDS)
def test_gymnasium_finds_nothing_wrong(name: str) -> None:
    check_env(gymnasium.make(name))


def _words(value: Any) -> Any:
    """All the bits of arrays, tuples and dicts of arrays."""
    if isinstance(value, dict):
        return {key: _words(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return [_words(part) for part in value]
    return np.asarray(value).tobytes()


def _actions(envs: Any, steps: int, seed: int = 0) -> Any:
    random = np.random.default_rng(seed)
    return random.uniform(-1, 1, (steps, *envs.action_space.shape)).astype(np.float32)


@pytest.mark.parametrize("name", ["swiftlet/Hover-v0", "swiftlet/MultiHover-v0"])
def test_a_batch_is_its_environments_one_by_one(name: str) -> None:
    envs = gymnasium.make_vec(name, num_envs=5, autoreset_mode=AutoresetMode.DISABLED)
    singles = [gymnasium.make(name) for _ in range(5)]
    seen, _ = envs.reset(seed=3)
    alone = [env.reset(seed=3 + index)[0] for index, env in enumerate(singles)]
    assert seen.tobytes() == np.stack(alone).tobytes()
    ended = 0
    for actions in _actions(envs, 250):
        seen, rewards, terminated, truncated, infos = envs.step(actions)
        for index, env in enumerate(singles):
            mine, reward, over, cut, info = env.step(actions[index])
            assert mine.tobytes() == seen[index].tobytes()
            assert reward == rewards[index]
            assert (over, cut) == (terminated[index], truncated[index])
            if over or cut:
                ended += 1
                assert infos["_ending"][index]
                assert info["ending"] == infos["ending"][index]
                assert info["episode_length"] == infos["episode_length"][index]
                assert info["episode_return"] == infos["episode_return"][index]
        over = terminated | truncated
        if over.any():
            seen, _ = envs.reset(options={"reset_mask": over})
            for index in np.flatnonzero(over):
                assert singles[index].reset()[0].tobytes() == seen[index].tobytes()
    assert ended > 4


def test_numbers_are_those_of_the_command(checkout: pathlib.Path) -> None:
    program = checkout / ".build/release/swiftlet"
    if not program.exists():
        pytest.skip("the command is not built")
    output = subprocess.run(
        [program, "bench", "environments", "--task", "hover", "--count", "8", "--steps", "300"]
        + ["--zero"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    envs = swiftlet.make_vec("hover", 8, autoreset_mode="SameStep")
    seeds = _library.ffi.new("uint64_t[]", 8)
    _library.check(_library.lib.swiftlet_split_seed(0, 8, seeds))
    envs.reset(seed=list(seeds))
    for _ in range(301):
        seen = envs.step(np.zeros((8, 4), np.float32))[0]
    hashed = 0xCBF29CE484222325
    for word in seen.view(np.uint32).reshape(-1).tolist():
        hashed = (hashed ^ word) * 0x100000001B3 % 2**64
    match = re.search(r"hash (\w+)", output)
    assert match is not None
    assert f"{hashed:016x}" == match[1]


def test_threads_do_not_change_a_bit() -> None:
    one, three = (swiftlet.make_vec("hover", 300, threads=threads) for threads in (1, 3))
    assert one.reset(seed=1)[0].tobytes() == three.reset(seed=1)[0].tobytes()
    for actions in _actions(one, 50):
        a, b = one.step(actions), three.step(actions)
        assert all(x.tobytes() == y.tobytes() for x, y in zip(a[:4], b[:4], strict=True))


def test_next_step_ignores_the_action_after_the_end() -> None:
    envs = swiftlet.make_vec("hover", 4, autoreset_mode=AutoresetMode.NEXT_STEP)
    other = swiftlet.make_vec("hover", 4, autoreset_mode=AutoresetMode.DISABLED)
    envs.reset(seed=0)
    other.reset(seed=0)
    last = np.zeros(4, np.bool_)
    begun = 0
    for actions in _actions(envs, 400):
        seen, rewards, terminated, truncated, _ = envs.step(actions)
        assert (rewards[last] == 0).all()
        assert not (terminated | truncated)[last].any()
        if last.any():
            first, _ = other.reset(options={"reset_mask": last})
            assert first[last].tobytes() == seen[last].tobytes()
            begun += int(last.sum())
            # The other batch cannot leave out a step of one environment alone.
            break
        other.step(actions)
        last = terminated | truncated
    assert begun > 0


def test_same_step_gives_the_last_observation_apart() -> None:
    same = swiftlet.make_vec("hover", 6, autoreset_mode=AutoresetMode.SAME_STEP)
    plain = swiftlet.make_vec("hover", 6, autoreset_mode=AutoresetMode.DISABLED)
    same.reset(seed=0)
    plain.reset(seed=0)
    ended = 0
    for actions in _actions(same, 400):
        seen, rewards, terminated, truncated, infos = same.step(actions)
        last, expected, over, cut, facts = plain.step(actions)
        assert rewards.tobytes() == expected.tobytes()
        assert terminated.tobytes() == over.tobytes()
        assert truncated.tobytes() == cut.tobytes()
        done = terminated | truncated
        if not done.any():
            assert infos == {}
            assert seen.tobytes() == last.tobytes()
            continue
        ended += int(done.sum())
        assert infos["final_obs"][done].tobytes() == last[done].tobytes()
        assert infos["_final_obs"].tolist() == done.tolist()
        assert infos["final_info"]["episode_length"].tolist() == facts["episode_length"].tolist()
        begun, _ = plain.reset(options={"reset_mask": done})
        assert seen.tobytes() == begun.tobytes()
    assert ended > 10


def test_disabled_refuses_to_step_what_has_ended() -> None:
    envs = swiftlet.make_vec("hover", 2, autoreset_mode="Disabled")
    envs.reset(seed=0)
    done = np.zeros(2, np.bool_)
    for actions in _actions(envs, 400):
        if done.any():
            break
        _, _, terminated, truncated, _ = envs.step(actions)
        done = terminated | truncated
    index = int(np.flatnonzero(done)[0])
    sentence = f"the episode of environment {index} is over: reset it before its next step"
    with pytest.raises(swiftlet.OrderError, match=f"^{sentence}$"):
        envs.step(actions)


@pytest.mark.parametrize("mode", MODES)
def test_the_wrapper_of_statistics_counts_what_we_count(mode: AutoresetMode) -> None:
    envs = RecordEpisodeStatistics(swiftlet.make_vec("hover", 16, autoreset_mode=mode))
    envs.reset(seed=0)
    ended = 0
    for actions in _actions(envs, 200):
        _, _, terminated, truncated, infos = envs.step(actions)
        done = terminated | truncated
        if done.any():
            ended += int(done.sum())
            # The wrapper counts the observation of a reset as a step with SAME_STEP.
            if mode != AutoresetMode.SAME_STEP:
                assert infos["episode"]["l"][done].tolist() == (
                    infos["episode_length"][done].tolist()
                )
                assert np.allclose(infos["episode"]["r"][done], infos["episode_return"][done])
            if mode == AutoresetMode.DISABLED:
                envs.reset(options={"reset_mask": done})
    assert ended > 10


def test_the_arrays_are_the_callers_to_keep() -> None:
    envs = swiftlet.make_vec("hover", 3)
    first, _ = envs.reset(seed=0)
    kept = first.copy()
    results = [envs.step(actions) for actions in _actions(envs, 3)]
    assert first.tobytes() == kept.tobytes()
    arrays = [array for result in results for array in result[:4]]
    assert len({array.__array_interface__["data"][0] for array in arrays}) == len(arrays)


def test_without_copies_the_next_call_overwrites() -> None:
    envs = swiftlet.make_vec("hover", 3, copy=False)
    first, _ = envs.reset(seed=0)
    second = envs.step(np.zeros((3, 4), np.float32))[0]
    assert first is second


def test_cameras_give_dicts() -> None:
    envs = gymnasium.make_vec("swiftlet/VisionHover-v0", num_envs=3, autoreset_mode="SameStep")
    seen, _ = envs.reset(seed=0)
    assert seen.keys() == {"state", "rgb"}
    assert seen["rgb"].shape == (3, 48, 64, 3)
    assert seen["rgb"].dtype == np.uint8
    assert seen["rgb"].std() > 1
    for actions in _actions(envs, 120):
        seen, _, _, _, infos = envs.step(actions)
        assert envs.observation_space.contains(seen)
        if infos:
            done = infos["_final_obs"]
            assert infos["final_obs"]["rgb"][done].std() > 1
            break
    else:
        pytest.fail("no episode has ended")


def test_images_from_outside() -> None:
    env = gymnasium.make("swiftlet/Formation-v0", render_mode="rgb_array")
    env.reset(seed=0)
    image: Any = env.render()
    assert (image.shape, image.dtype) == ((480, 640, 3), np.uint8)
    assert image.std() > 1
    with pytest.raises(
        swiftlet.ArgumentError, match=r"^render_mode is 'ansi'; expected None or one of"
    ):
        swiftlet.make("hover", render_mode="ansi")


def test_snapshots_bring_everything_back() -> None:
    env = swiftlet.make("multi-hover", drones=3)
    env.reset(seed=0)
    actions = 0.1 * _actions(env, 40)
    for action in actions[:10]:
        env.step(action)
    snapshot = env.snapshot()
    first = [env.step(action)[0].tobytes() for action in actions[10:20]]
    env.restore(snapshot)
    assert [env.step(action)[0].tobytes() for action in actions[10:20]] == first


def test_wrong_actions_are_refused() -> None:
    env, envs = swiftlet.make("hover"), swiftlet.make_vec("hover", 3)
    env.reset(seed=0)
    envs.reset(seed=0)
    with pytest.raises(ValueError, match=r"^the action has shape \(3,\); expected \(4,\)$"):
        env.step(np.zeros(3, np.float32))
    with pytest.raises(ValueError, match=r"^actions have shape \(4,\); expected \(3, 4\)$"):
        envs.step(np.zeros(4, np.float32))
    with pytest.raises(
        ValueError, match=r"^the action in row 0, column 1 is nan, which is no action at all$"
    ):
        env.step(np.array([0, np.nan, 0, 0], np.float32))
    with pytest.raises(ValueError, match=r"^actions are str; expected an array of float32$"):
        env.step("up")
    with pytest.raises(
        ValueError, match=r"^actions are an array of complex128; expected an array of float32$"
    ):
        env.step(np.zeros(4, np.complex128))
    # Whole numbers and doubles are numbers.
    assert env.step([0, 0, 0, 0])[0].dtype == np.float32
    assert env.step(np.zeros(4))[0].dtype == np.float32


def test_wrong_words_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^there is no task 'hoover'; did you mean 'hover'\?$"):
        swiftlet.make("hoover")
    with pytest.raises(ValueError, match=r'^multi-hover: drnes: unknown key; did you mean "drones"\?$'):
        gymnasium.make("swiftlet/MultiHover-v0", drnes=3)
    with pytest.raises(ValueError, match=r"^a setting cannot be written as JSON: "):
        swiftlet.make("multi-hover", drones=object())
    with pytest.raises(ValueError, match=r"^num_envs is 2.5; expected a whole number$"):
        swiftlet.make_vec("hover", 2.5)  # type: ignore[arg-type]
    with pytest.raises(
        ValueError,
        match=r"^autoreset_mode is 'never'; expected one of \['NextStep', 'SameStep', 'Disabled'\]$",
    ):
        swiftlet.make_vec("hover", autoreset_mode="never")
    with pytest.raises(ValueError, match=r"^a seed is -1; expected a number from 0 to"):
        swiftlet.make_vec("hover", 2).reset(seed=[0, -1])
    with pytest.raises(ValueError, match=r"^there are 3 seeds; expected 2, one an environment$"):
        swiftlet.make_vec("hover", 2).reset(seed=[0, 1, 2])
    with pytest.raises(ValueError, match=r"^reset_mask has to be a bool array of shape \(2,\)$"):
        swiftlet.make_vec("hover", 2).reset(options={"reset_mask": np.ones(3, np.bool_)})


def test_a_closed_environment_says_so() -> None:
    env, envs = gymnasium.make("swiftlet/Hover-v0"), gymnasium.make_vec("swiftlet/Hover-v0")
    for closed in (env, envs):
        closed.reset(seed=0)
        closed.close()
        closed.close()
    for use in (
        lambda: env.step(np.zeros(4, np.float32)),
        lambda: env.reset(),
        lambda: envs.step(np.zeros((1, 4), np.float32)),
        lambda: envs.reset(),
    ):
        with pytest.raises(swiftlet.ClosedError, match="^the environment is closed$"):
            use()


def test_a_step_before_the_first_reset_is_refused() -> None:
    for env in (swiftlet.make("hover"), swiftlet.make("formation")):
        with pytest.raises(
            swiftlet.OrderError, match="^reset the environment before its first step$"
        ):
            env.step(np.zeros(env.action_space.shape, np.float32))


def test_unseeded_environments_differ() -> None:
    first, second = (swiftlet.make("hover").reset()[0] for _ in range(2))
    assert first.tobytes() != second.tobytes()


def test_what_observations_mean_is_told() -> None:
    env = swiftlet.make("hover")
    parts = env.description["observation"]
    assert sum(part["count"] for part in parts) == env.observation_space.shape[0]
    assert [part["first"] for part in parts][:2] == [0, parts[0]["count"]]
    assert all(part["meaning"] for part in parts)
    assert copy.copy(env.metadata)["render_fps"] == 30


def test_people_get_a_page_of_each_episode() -> None:
    env = swiftlet.make("multi-hover", drones=2, render_mode="human")
    env.reset(seed=0)
    assert env.replay_page is None
    over = False
    while not over:
        _, _, terminated, truncated, _ = env.step(np.full((2, 4), -1, np.float32))
        over = terminated or truncated
        assert env.render() is None
    page = env.replay_page
    assert page is not None
    assert "<html" in page.read_text(encoding="utf-8")
    first = page.read_bytes()
    env.reset()
    env.step(np.zeros((2, 4), np.float32))
    env.close()
    assert page.read_bytes() != first


def test_the_page_shows_obstacles_move() -> None:
    world = {"moving_obstacles": {"seed": 3, "count": 2}}
    env = swiftlet.make("hover", world=world, time_limit=0.5, render_mode="human")
    env.reset(seed=0)
    over = False
    while not over:
        _, _, terminated, truncated, _ = env.step(np.zeros(4, np.float32))
        over = terminated or truncated
        env.render()
    page = env.replay_page
    assert page is not None and '"movers":[0,1]' in page.read_text(encoding="utf-8")
    env.close()


@pytest.mark.parametrize("task", ["hover", "multi-hover", "vision-hover"])
def test_environments_are_pickled_where_they_are(task: str) -> None:
    for envs in (swiftlet.make(task), swiftlet.make_vec(task, 3, autoreset_mode="SameStep")):
        envs.reset(seed=0)
        for actions in 0.1 * _actions(envs, 3):
            envs.step(actions)
        twin = pickle.loads(pickle.dumps(envs))
        for actions in 0.1 * _actions(envs, 40, seed=1):
            mine, theirs = envs.step(actions), twin.step(actions)
            assert _words(mine[:4]) == _words(theirs[:4])
            if np.any(mine[2] | mine[3]) and isinstance(envs, swiftlet.Env):
                assert _words(envs.reset()) == _words(twin.reset())
    fresh = pickle.loads(pickle.dumps(swiftlet.make(task)))
    fresh.reset(seed=0)
