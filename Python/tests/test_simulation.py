"""Worlds that are stepped by rotor speeds."""

from __future__ import annotations

import numpy as np
import pytest

import swiftlet


def hovering(worlds: int = 4, drones: int = 2, **settings: object) -> swiftlet.Simulation:
    return swiftlet.Simulation(["cf2x"] * drones, worlds, **settings)  # type: ignore[arg-type]


def test_shapes_and_start() -> None:
    simulation = hovering()
    assert simulation.position.shape == (4, 2, 3)
    assert simulation.attitude.shape == (4, 2, 4)
    assert simulation.rotor_speeds.shape == (4, 2, 4)
    assert simulation.position[3].tolist() == [[0, 0, 1], [1, 0, 1]]
    assert (simulation.attitude == [0, 0, 0, 1]).all()
    assert simulation.time.tolist() == [0, 0, 0, 0]
    assert simulation.period == 1 / 240


def test_drones_hover_at_the_speed_of_hovering_and_fall_without() -> None:
    simulation = swiftlet.Simulation("cf2x", 2, at=[[0, 0, 10]], effects=[])
    speeds = simulation.hover_rotor_speeds
    assert speeds.shape == (2, 1, 4)
    speeds[1] = 0
    simulation.write(rotor_speeds=speeds)
    simulation.step(speeds, steps=240)
    assert simulation.time.tolist() == [1, 1]
    assert np.abs(simulation.position[0, 0] - [0, 0, 10]).max() < 1e-9
    # Semi-implicit steps fall by a half step more than g t² / 2.
    fallen = 0.5 * 9.81 * (1 + 1 / 240)
    assert simulation.position[1, 0, 2] == pytest.approx(10 - fallen, abs=1e-9)


def test_many_steps_at_once_are_as_many_steps() -> None:
    one, many = hovering(3), hovering(3)
    random = np.random.default_rng(0)
    speeds = random.uniform(10_000, 20_000, (3, 2, 4))
    one.step(speeds, steps=100)
    many.step(speeds)
    for _ in range(99):
        many.step()
    assert one.position.tobytes() == many.position.tobytes()
    assert one.rotor_speeds.tobytes() == many.rotor_speeds.tobytes()


def test_worlds_are_as_they_are_alone_on_any_number_of_threads() -> None:
    random = np.random.default_rng(0)
    speeds = random.uniform(10_000, 20_000, (200, 1, 4))
    many = swiftlet.Simulation("cf2x", 200)
    threaded = swiftlet.Simulation("cf2x", 200, threads=3)
    alone = swiftlet.Simulation("cf2x", 1)
    many.step(speeds, steps=48)
    threaded.step(speeds, steps=48)
    alone.step(speeds[77:78], steps=48)
    assert many.position.tobytes() == threaded.position.tobytes()
    assert many.position[77].tobytes() == alone.position[0].tobytes()


def test_a_flight_of_a_scenario_is_the_same_simulation() -> None:
    scenario = {
        "version": 1,
        "duration": 1,
        "drones": [{"model": "cf2x", "at": [0, 0, 1], "controller": "pid"}],
    }
    flight = swiftlet.fly(scenario)
    simulation = swiftlet.Simulation("cf2x", 1, at=[[0, 0, 1]])
    pilots = swiftlet.Controllers(simulation, "pid")
    for instant in range(48):
        assert flight.position[instant].tobytes() == simulation.position[0].tobytes()
        simulation.step(pilots.rotor_speeds(), steps=5)
    assert flight.velocity[48].tobytes() == simulation.velocity[0].tobytes()


def test_states_are_written_where_a_mask_says() -> None:
    simulation = hovering(3)
    there = np.zeros((3, 2, 3))
    there[..., 2] = 5
    mask = np.array([False, True, False])
    simulation.write(position=there, velocity=[1, 2, 3], worlds=mask)
    assert simulation.position[:, :, 2].tolist() == [[1, 1], [5, 5], [1, 1]]
    assert simulation.velocity[1].tolist() == [[1, 2, 3], [1, 2, 3]]
    assert (simulation.velocity[[0, 2]] == 0).all()
    simulation.reset(mask)
    assert simulation.position[:, :, 2].tolist() == [[1, 1], [1, 1], [1, 1]]


def test_a_snapshot_of_one_world_branches_into_all() -> None:
    simulation = hovering(64)
    speeds = simulation.hover_rotor_speeds
    simulation.step(1.02 * speeds, steps=20)
    moment = simulation.snapshot(world=5)
    simulation.step(0.9 * speeds, steps=20)
    simulation.restore(moment)
    assert (simulation.time == 20 / 240).all()
    assert len({world.tobytes() for world in simulation.position}) == 1
    random = np.random.default_rng(0)
    branches = random.uniform(12_000, 17_000, speeds.shape)
    simulation.step(branches, steps=20)
    assert len({world.tobytes() for world in simulation.position}) == 64
    first = simulation.position[7].copy()
    whole = simulation.snapshot()
    simulation.restore(moment, world=3)
    simulation.step(np.broadcast_to(branches[7], speeds.shape), steps=20)
    assert simulation.position[3].tobytes() == first.tobytes()
    simulation.restore(whole)
    assert simulation.position[7].tobytes() == first.tobytes()


def test_snapshots_go_where_they_fit() -> None:
    simulation, other = hovering(4), hovering(3)
    with pytest.raises(
        swiftlet.ArgumentError, match="^the snapshot has 4 worlds, and the simulation 3$"
    ):
        other.restore(simulation.snapshot())
    with pytest.raises(
        swiftlet.ArgumentError,
        match="^the snapshot has 4 worlds; it goes into all at once$",
    ):
        simulation.restore(simulation.snapshot(), world=0)
    with pytest.raises(swiftlet.ArgumentError, match="^world is 4; expected less than 4$"):
        simulation.snapshot(world=4)


def test_pushes_and_wind_move_drones() -> None:
    simulation = swiftlet.Simulation("cf2x", 3, at=[[0, 0, 10]])
    speeds = simulation.hover_rotor_speeds
    force = np.zeros((3, 1, 3))
    force[1, 0, 1] = 0.01
    simulation.push(force)
    simulation.set_wind([[0, 0, 0], [0, 0, 0], [3, 0, 0]])
    simulation.step(speeds, steps=120)
    assert abs(simulation.velocity[0, 0, :2]).max() < 1e-9
    assert simulation.velocity[1, 0, 1] > 0.05
    assert simulation.velocity[2, 0, 0] > 0.01
    with pytest.raises(
        swiftlet.ArgumentError, match="^the wind in world 1 is 2000.0 m/s; expected at most 1000"
    ):
        simulation.set_wind([[0, 0, 0], [2000, 0, 0], [0, 0, 0]])


def test_contacts_are_counted() -> None:
    simulation = swiftlet.Simulation("cf2x", 1, at=[[0, 0, 0.05]])
    simulation.step(0.0, steps=2)
    assert simulation.contacts.tolist() == [[0]]
    simulation.step(0.0, steps=240)
    assert simulation.contacts[0, 0] > 0


def test_ranges_and_images_show_what_is_there() -> None:
    simulation = swiftlet.Simulation(
        "cf2x", 2, at=[[0, 0, 1]], obstacles=[{"box": [0.2, 2, 2], "at": [1.1, 0, 1]}]
    )
    simulation.write(position=[0.5, 0, 1], worlds=np.array([False, True]))
    distances = simulation.ranges([[1, 0, 0], [0, 0, -1], [0, 1, 0]], farthest=5)
    assert distances[:, 0, 0] == pytest.approx([1.0, 0.5], abs=1e-5)
    assert distances[:, 0, 1] == pytest.approx([1, 1], abs=1e-5)
    assert np.isinf(distances[:, 0, 2]).all()
    images = simulation.images(32, 24)
    assert images["rgb"].shape == (2, 1, 24, 32, 3)
    # Straight ahead is the box, whose id is 1.
    assert (images["segmentation"][:, 0, 12, 16] == 1).all()
    assert images["depth"][:, 0, 12, 16] == pytest.approx([0.97, 0.47], abs=1e-4)
    outside = simulation.view(1, 160, 120)
    assert outside.shape == (120, 160, 3)
    assert outside.std() > 1
    assert simulation.obstacle_poses().shape == (2, 1, 7)
    assert simulation.obstacle_poses()[1, 0, :3] == pytest.approx([1.1, 0, 1])


@pytest.mark.parametrize("controller", ["pid", "geometric"])
def test_controllers_fly_to_where_they_are_told(controller: str) -> None:
    simulation = swiftlet.Simulation(["cf2x", "cf2x"], 8)
    pilots = swiftlet.Controllers(simulation, controller)
    random = np.random.default_rng(0)
    goals = simulation.position + random.uniform(-0.3, 0.3, (8, 2, 3))
    for _ in range(48 * 8):
        simulation.step(pilots.rotor_speeds(position=goals), steps=5)
    assert np.abs(simulation.position - goals).max() < 0.05


def test_references_are_followed() -> None:
    simulation = swiftlet.Simulation("cf2x", 2, at=[[0.3, 0, 1]])
    circle = {"circle": {"center": [0, 0, 1], "radius": 0.3, "period": 10}}
    pilots = swiftlet.Controllers(simulation, "geometric", circle)
    start = pilots.setpoints(0.0)
    assert start["position"][1, 0] == pytest.approx([0.3, 0, 1])
    quarter = pilots.setpoints(2.5)
    assert quarter["position"][0, 0] == pytest.approx([0, 0.3, 1], abs=1e-9)
    for _ in range(48 * 3):
        simulation.step(pilots.rotor_speeds(), steps=5)
    now = pilots.setpoints(3.0)
    assert np.abs(simulation.position - now["position"]).max() < 0.05


def test_wrong_arguments_are_refused() -> None:
    simulation = hovering(2)
    for call, sentence in (
        (
            lambda: simulation.step(np.zeros((3, 2, 4))),
            "rotor_speeds has shape (3, 2, 4); expected (2, 2, 4)",
        ),
        (
            lambda: simulation.step(np.full((2, 2, 4), np.nan)),
            "rotor_speeds has nan in row 0, column 0; expected finite numbers",
        ),
        (lambda: simulation.step("fast"), "rotor_speeds is no array of numbers"),
        (lambda: simulation.step(steps=-1), "steps is -1; expected 0 to 1000000"),
        (
            lambda: simulation.write(position=[np.inf, 0, 0]),
            "the state in row 0 has a number that is not finite",
        ),
        (
            lambda: simulation.write(attitude=[0, 0, 0, 2]),
            "the attitude in row 0 has a squared length of 4.0; expected 1",
        ),
        (lambda: simulation.reset(np.ones(3, np.bool_)), "worlds has to be a bool array of shape (2,)"),
        (lambda: hovering(0), "options.worlds is 0; expected 1 or more"),
        (
            lambda: hovering(1, obstacles=[{"spher": 1}]),
            None,
        ),
    ):
        with pytest.raises(swiftlet.ArgumentError) as caught:
            call()  # type: ignore[no-untyped-call]
        if sentence is None:
            assert 'did you mean "sphere"?' in str(caught.value)
        else:
            assert str(caught.value) == sentence
    with pytest.raises(swiftlet.ArgumentError, match='did you mean "geometric"'):
        swiftlet.Controllers(simulation, "geometrc")
    simulation.close()
    simulation.close()
    with pytest.raises(swiftlet.ClosedError, match="^the simulation is closed$"):
        simulation.step()


def test_what_becomes_infinite_is_told() -> None:
    simulation = swiftlet.Simulation("cf2x", 2, at=[[0, 0, 10]])
    simulation.push(np.array([[[0, 0, 0]], [[1e308, 0, 0]]]))
    with pytest.raises(
        swiftlet.DivergenceError,
        match="^a number in world 1 has become infinite or not a number$",
    ):
        simulation.step(steps=2)
    assert np.isfinite(simulation.position[0]).all()
