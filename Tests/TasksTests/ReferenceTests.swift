import Control
import Drone
import Gym
import Simulation
import SpatialMath
import Tasks
import Testing

/// The hover tasks of gym-pybullet-drones, against its own recordings.
struct ReferenceTests {
  /// What came of the recorded actions.
  private struct Replay {
    var length = 0
    var isTerminated = false
    var isTruncated = false
    /// The sum of the first drone's rewards.
    var total = 0.0
    /// The largest difference in any observation or reward before the first contact.
    var difference = 0.0
    /// The first step in which a drone touched the floor.
    var firstContact: Int?
  }

  private func replay(_ episode: ReferenceEpisode) throws -> Replay {
    var environment = try TaskEnvironment(try episode.task, autoresetMode: .disabled)
    var batch = StepBatch(layout: environment.layout)
    try environment.reset(seed: 0, into: &batch)
    var replay = Replay()
    compare(batch, with: episode.steps[0], &replay)
    for step in 1..<episode.steps.count {
      var rows = batch.rows
      for (drone, row) in episode.steps[step].enumerated() {
        for (column, value) in row.action.enumerated() {
          rows.actions[drone * row.action.count + column] = Float(value)
        }
      }
      try environment.step(&batch)
      replay.length = step
      replay.total += Double(batch.rewards[0])
      if replay.firstContact == nil,
        (0..<episode.droneCount).contains(where: environment.episode(of: 0).isTouching)
      {
        replay.firstContact = step
      }
      if replay.firstContact == nil { compare(batch, with: episode.steps[step], &replay) }
      (replay.isTerminated, replay.isTruncated) = (batch.terminations[0], batch.truncations[0])
      if replay.isTerminated || replay.isTruncated { break }
    }
    return replay
  }

  /// Differences beyond what a `Float` cannot hold.
  private func compare(
    _ batch: borrowing StepBatch, with rows: [ReferenceEpisode.Row], _ replay: inout Replay
  ) {
    for (drone, row) in rows.enumerated() {
      let seen = (0..<row.observation.count).map {
        batch.observations[drone * row.observation.count + $0]
      }
      for (ours, theirs) in zip(seen + [batch.rewards[drone]], row.observation + [row.reward]) {
        let beyond = abs(Double(ours) - Double(Float(theirs))) - Double(Float(theirs).ulp)
        replay.difference = max(replay.difference, beyond)
      }
    }
  }

  /// Episodes that PID control flies are compared in ``fliesAsRecorded(episode:)``.
  ///
  /// A PID loop at 30 Hz makes much of little: the rounding of the recorded actions to `Float`, 3e-8,
  /// is 4e-7 ten steps later.
  @Test("plays as recorded", arguments: ReferenceEpisode.all.filter { !$0.isClosedLoop })
  func playsAsRecorded(episode: ReferenceEpisode) throws {
    let replay = try replay(episode)
    #expect(replay.difference <= 1e-6, "\(replay)")
    let last = try #require(episode.steps.last)
    // What follows a contact depends on how it is solved.
    guard replay.firstContact == nil else { return }
    #expect(replay.length == episode.steps.count - 1)
    #expect(replay.isTerminated == last[0].isTerminated)
    #expect(replay.isTruncated == last[0].isTruncated)
  }

  @Test("doing nothing is worth 333.8626 over 242 steps")
  func doingNothingIsWorthAsMuch() throws {
    let episode = try #require(ReferenceEpisode.all.first { $0.name == "gym_hover_one_d_rpm_zero" })
    let replay = try replay(episode)
    #expect(replay.length == 242 && replay.isTruncated)
    #expect(abs(replay.total - 333.8626269042889) < 1e-5)
  }

  /// Where PID flies, the first 40 steps: even the last bit of a `Double` is 1e-6 after 44.
  @Test(
    "flies as recorded, by actions as exact as the recorded ones", arguments: ReferenceEpisode.all)
  func fliesAsRecorded(episode: ReferenceEpisode) throws {
    let setup = try episode.task.setup
    let decoder = try ActionDecoder(setup)
    let count = episode.droneCount
    var memories = Array(repeating: LoopMemory<Double>(), count: count)
    let starts = (0..<count).map { drone in
      let place = 0.1588 * Double(drone)
      return DroneState<Double>(position: Vector(place, place, 0.1125))
    }
    var simulator = try Simulator(
      models: Array(repeating: setup.model, count: count), states: starts, physics: setup.physics,
      frequency: 240)
    for step in 1..<min(episode.steps.count, episode.isClosedLoop ? 41 : .max) {
      for (drone, row) in episode.steps[step].enumerated() {
        let action = row.action.span
        let speeds = decoder.rotorSpeeds(
          for: action, state: simulator.swarm[drone], goal: Setpoint(),
          memory: &memories[drone])
        simulator.command(drone, rotorSpeeds: speeds)
      }
      for _ in 0..<8 {
        simulator.advance()
        if (0..<count).contains(where: { simulator.contactCount(of: $0) > 0 }) { return }
      }
      for (drone, row) in episode.steps[step].enumerated() {
        for (ours, theirs) in zip(Self.numbers(of: simulator.swarm[drone]), row.observation) {
          let tolerance = 1e-6 + Double(Float(theirs).ulp)
          #expect(abs(ours - theirs) < tolerance, "step \(step), drone \(drone)")
        }
      }
    }
  }

  /// What the recordings hold of a drone.
  private static func numbers(of state: DroneState<Double>) -> [Double] {
    let angles = RollPitchYaw(state.attitude)
    let (p, v, w) = (state.position, state.velocity, state.angularVelocity)
    return [p.x, p.y, p.z, angles.roll, angles.pitch, angles.yaw, v.x, v.y, v.z, w.x, w.y, w.z]
  }
}
