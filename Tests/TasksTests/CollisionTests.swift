import Control
import Drone
import Foundation
import Gym
import Randomness
import Simulation
import SpatialMath
import Tasks
import Testing

/// Drones whose mass was drawn meet as what they are.
struct CollisionTests {
  /// Two drones that fall freely and fly at each other, their rotors at rest.
  private struct HeadOnTask: DroneTask {
    let agentCount = 2
    var setup = TaskSetup(
      model: .peersCrazyflie, physics: .accurate(), actionMode: .wholeRange,
      randomisation: Randomisation(mass: 0.5...2, inertia: 0.5...2))

    func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> NoMemory {
      for (agent, side) in [-1.0, 1].enumerated() {
        start.states[agent].position = Vector(0.2 * side, 0.01 * side, 10)
        start.states[agent].velocity = Vector(-2 * side, 0, 0)
      }
      return NoMemory()
    }

    func goal(of agent: Int, in episode: Episode<NoMemory>) -> Setpoint { Setpoint() }
    func reward(of agent: Int, in episode: Episode<NoMemory>) -> Double { 0 }
  }

  /// An environment and its buffers, some steps after a start.
  private struct Meeting: ~Copyable {
    var environment: TaskEnvironment<HeadOnTask>
    var batch: StepBatch

    init(seed: UInt64) throws {
      var environment = try TaskEnvironment(HeadOnTask(), autoresetMode: .disabled)
      var batch = StepBatch(layout: environment.layout)
      try environment.reset(seed: seed, into: &batch)
      self.environment = environment
      self.batch = batch
    }

    /// Steps with rotors at rest; whether the drones touched.
    mutating func fall(steps: Int) throws -> Bool {
      var hasTouched = false
      for _ in 0..<steps {
        var rows = batch.rows
        for index in rows.actions.indices { rows.actions[index] = -1 }
        try environment.step(&batch)
        hasTouched = hasTouched || environment.episode(of: 0).isTouching(0)
      }
      return hasTouched
    }

    var velocities: [Vector<World, Double>] {
      let episode = environment.episode(of: 0)
      return (0..<episode.agentCount).map { episode.state(of: $0).velocity }
    }

    /// The factors on the masses of the drones, out of a snapshot.
    func masses() throws -> [Double] {
      struct Shot: Decodable {
        struct World: Decodable { var agents: [Agent] }
        struct Agent: Decodable { var variation: Variation }
        struct Variation: Decodable { var mass: Double }
        var worlds: [World]
      }
      let data = try JSONEncoder().encode(environment.snapshot())
      return try JSONDecoder().decode(Shot.self, from: data).worlds[0].agents.map(\.variation.mass)
    }
  }

  @Test(
    "two of different mass that meet head-on keep their momentum", arguments: 0..<8 as Range<UInt64>
  )
  func keepsMomentum(seed: UInt64) throws {
    var meeting = try Meeting(seed: seed)
    let masses = try meeting.masses()
    #expect(abs(masses[0] - masses[1]) > 1e-3)
    #expect(try meeting.fall(steps: 12))
    let after = meeting.velocities
    #expect(after[0].x > -2 && after[1].x < 2, "\(after)")
    let sideways = Vector<World, Double>(1, 1, 0)
    let total = sideways.scaled(by: masses[0] * after[0] + masses[1] * after[1])
    #expect((total - Vector(2 * (masses[0] - masses[1]), 0, 0)).norm < 1e-9, "\(after)")
  }

  @Test("a restored snapshot knows the masses, in another environment too")
  func isRestored() throws {
    var one = try Meeting(seed: 1)
    var other = try Meeting(seed: 2)
    _ = try one.fall(steps: 1)
    try other.environment.restore(one.environment.snapshot())
    #expect(try one.fall(steps: 11))
    _ = try other.fall(steps: 11)
    #expect(one.velocities == other.velocities)
  }
}
