import Control
import Drone
import Geometry
import Gym
import Randomness
import SpatialMath
import Tasks
import Testing

/// Two drones side by side before a wall, that see by rays.
private struct WallTask: DroneTask {
  let agentCount = 2
  let yaw, roll: Double
  var setup: TaskSetup

  init(_ parts: [ObservationPart], yaw: Double = 0, roll: Double = 0, floor: Bool = true) {
    (self.yaw, self.roll) = (yaw, roll)
    setup = TaskSetup(
      floor: floor,
      obstacles: [RigidBody(.box(size: Vector(0.1, 9, 9)), at: Pose(position: Vector(9, 0, 1)))],
      observation: parts)
  }

  func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> NoMemory {
    for agent in start.states.indices {
      start.states[agent].position = Vector(0, Double(agent), 1)
      start.states[agent].attitude = Rotation(RollPitchYaw(roll: roll, pitch: 0, yaw: yaw))
    }
    // The wall of this episode is nearer than that of the setup.
    start.obstacles[0].position.x = 2.05
    return NoMemory()
  }

  func goal(of agent: Int, in episode: Episode<NoMemory>) -> Setpoint { Setpoint() }
  func reward(of agent: Int, in episode: Episode<NoMemory>) -> Double { 0 }
}

struct RangePartTests {
  /// What the two drones see at first, a row each.
  private func seen(_ task: WallTask) throws -> [[Float]] {
    var environment = try TaskEnvironment(task)
    var batch = StepBatch(layout: environment.layout)
    try environment.reset(seed: 1, into: &batch)
    let (count, observations) = (environment.layout.observationCount, batch.observations)
    return (0..<2).map { row in (0..<count).map { observations[row * count + $0] } }
  }

  private let gap = Float(1 - 0.06)

  @Test("a ring sees obstacles of the episode and the other drone, as shares of its reach")
  func ring() throws {
    let rows = try seen(WallTask([.ranges(4, reach: 4)]))
    #expect(abs(rows[0][0] - 0.5) < 1e-5 && abs(rows[1][0] - 0.5) < 1e-5)
    #expect(abs(rows[0][1] - gap / 4) < 1e-3, "the other is to its left")
    #expect(rows[0][1] == rows[1][3] && rows[0][2] == 1 && rows[0][3] == 1)
  }

  @Test("a ring turns with the yaw and stays level; a multiranger tilts with the drone")
  func attitudes() throws {
    let turned = try seen(WallTask([.ranges(4, reach: 4)], yaw: .pi / 2))
    #expect(abs(turned[0][0] - gap / 4) < 1e-3 && abs(turned[0][3] - 0.5) < 1e-5)
    let rolled = WallTask([.ranges(4, reach: 4), .multiranger(reach: 4)], roll: -0.5)
    let row = try seen(rolled)[0]
    #expect(abs(row[1] - gap / 4) < 0.01, "the ring still sees the drone beside it")
    // Its left side is down: the ray to the left meets the floor at 1 m / sin 0.5.
    let (sine, _) = 0.5.sineAndCosine()
    #expect(abs(Double(row[4 + 2]) - min(1, 1 / sine / 4)) < 1e-5)
  }

  @Test("a fan sees ahead, from its right end to its left")
  func fan() throws {
    let row = try seen(WallTask([.ranges(5, reach: 4, over: .pi)]))[0]
    #expect(row[0] == 1 && abs(row[2] - 0.5) < 1e-5)
    #expect(abs(row[4] - gap / 4) < 1e-3, "the other is to its left")
    // By an eighth of a turn to the side the wall is farther by √2.
    #expect(abs(row[1] - 0.5 * Float(2).squareRoot()) < 1e-5)
    #expect(try seen(WallTask([.ranges(1, reach: 4, over: 1)]))[0][0] == row[2])
  }

  @Test("ranges that are halves at some distance tell more of what is near")
  func halves() throws {
    let shares = try seen(WallTask([.ranges(8, reach: 4)]))[0]
    let halves = try seen(WallTask([.ranges(8, reach: 4, halfAt: 0.5)]))[0]
    for (share, half) in zip(shares, halves) {
      #expect(abs(half - 0.5 / (0.5 + 4 * share)) < 1e-6)
    }
    #expect(Set(shares).count > 2)
  }

  @Test("an altitude is that over the floor by the cosine of the tilt, and 1 where there is none")
  func altitude() throws {
    let (_, cosine) = 0.5.sineAndCosine()
    let tilted = try seen(WallTask([.altitude(reach: 5)], roll: 0.5))
    #expect(abs(Double(tilted[0][0]) - 1 / cosine / 5) < 1e-5)
    #expect(try seen(WallTask([.altitude(reach: 5)], floor: false))[0] == [1])
  }

  @Test("a reach that no ray has is refused", arguments: [0, -1, .nan, .infinity, 1e9])
  func refusals(reach: Double) {
    for part in [ObservationPart.ranges(4, reach: reach), .multiranger(reach: reach)] {
      #expect(throws: TaskError.self) { _ = try TaskEnvironment(WallTask([part])) }
    }
    #expect(throws: TaskError.self) {
      _ = try TaskEnvironment(WallTask([.ranges(0, reach: 1)]))
    }
  }
}
