import Control
import Drone
import Gym
import Parameters
import SpatialMath
import Tasks
import Testing

/// Races through gates.
struct RaceTests {
  @Test("a gate is passed through its opening, from behind alone")
  func gatesHaveASide() {
    let gate = RaceTrack.Gate(at: Vector(1, 2, 1), yaw: 0)
    #expect(gate.isPassed(from: Vector(0.9, 2, 1), to: Vector(1.1, 2, 1), through: 0.4))
    #expect(!gate.isPassed(from: Vector(1.1, 2, 1), to: Vector(0.9, 2, 1), through: 0.4))
    #expect(!gate.isPassed(from: Vector(0.9, 2.3, 1), to: Vector(1.1, 2.3, 1), through: 0.4))
    #expect(!gate.isPassed(from: Vector(0.9, 2, 1.3), to: Vector(1.1, 2, 1.3), through: 0.4))
    // Turned to the left by a quarter, along y.
    let turned = RaceTrack.Gate(at: Vector(1, 2, 1), yaw: .pi / 2)
    #expect(turned.isPassed(from: Vector(1, 1.9, 1), to: Vector(1, 2.1, 1), through: 0.4))
    #expect(!turned.isPassed(from: Vector(1, 2.1, 1), to: Vector(1, 1.9, 1), through: 0.4))
    #expect((turned.local(Vector(0, 3, 4)) - Vector(3, 0, 4)).norm < 1e-12)
    #expect((turned.local(Vector(-2, 0, 0)) - Vector(0, 2, 0)).norm < 1e-12)
  }

  /// Where the first obstacles stand and what drones see in some races at their start.
  private func starts(level: Int) throws -> [(gate: Vector<World, Double>, seen: [Float])] {
    let task = GateRacingTask(level: level)
    let count = 20
    var environment = try TaskEnvironment(task, count: count)
    var batch = StepBatch(layout: environment.layout)
    try environment.reset(seed: 4, into: &batch)
    let width = environment.layout.observationCount
    return (0..<count).map { world in
      let sides = environment.episode(of: world).obstacles[0..<2].map(\.position)
      let seen = (0..<width).map { batch.observations[world * width + $0] }
      return (0.5 * (sides[0] + sides[1]), seen)
    }
  }

  @Test("gates stand as drawn below level 2, and within 0.15 m of that from there on")
  func levels() throws {
    let drawn = Vector<World, Double>(0.5, 0.25, 0.7)
    for level in 0..<2 {
      #expect(try starts(level: level).allSatisfy { ($0.gate - drawn).norm < 1e-12 })
    }
    for level in 2..<4 {
      let offsets = try starts(level: level).map { $0.gate - drawn }
      #expect(offsets.allSatisfy { max(abs($0.x), abs($0.y), abs($0.z)) <= 0.15 })
      #expect(Set(offsets.map(\.x)).count == offsets.count)
    }
  }

  @Test("at level 3 a gate is seen where it is drawn until it is near")
  func sight() throws {
    // Body rates, last action, then the position seen from the gate: the start is 2 m from the first.
    func places(level: Int) throws -> [[Float]] {
      try starts(level: level).map { Array($0.seen[7..<10]) }
    }
    let (moved, hidden) = (try places(level: 2), try places(level: 3))
    func spread(_ places: [[Float]]) -> Float {
      (places.map { $0[2] }.max() ?? 0) - (places.map { $0[2] }.min() ?? 0)
    }
    // Heights differ by those of gates and drones, or of drones alone: 0.02 m.
    #expect(spread(moved) * 3 > 0.1 && spread(hidden) * 3 < 0.041)
  }

  @Test("while it is learned, races begin at any gate; otherwise at the start")
  func learned() throws {
    func starts(_ task: GateRacingTask) throws -> [Vector<World, Double>] {
      var environment = try TaskEnvironment(task, count: 64)
      var batch = StepBatch(layout: environment.layout)
      try environment.reset(seed: 1, into: &batch)
      return (0..<64).map { environment.episode(of: $0).position(of: 0) }
    }
    let start = Vector<World, Double>(-1.5, 0.75, 0.05)
    let task = GateRacingTask()
    #expect(try starts(task).allSatisfy { ($0 - start).norm < 0.15 })
    let elsewhere = try starts(task.asLearned(after: 0)).count { ($0 - start).norm > 0.5 }
    #expect(30...60 ~= elsewhere)
  }

  @Test("a crash costs little at first, and its whole price from three quarters of the training on")
  func crashesBecomeDear() {
    let task = GateRacingTask()
    let prices = [0, 0.25, 0.5, 0.75, 1].map { task.asLearned(after: $0).crash }
    #expect(prices == [2, 2, 4, 6, 6] && task.crash == 6)
  }

  @Test("flying faster than the limit costs as much as it is faster")
  func speed() throws {
    func firstReward(limit: Double) throws -> (reward: Double, speed: Double) {
      var task = GateRacingTask()
      task.speedLimit = limit
      var environment = try TaskEnvironment(task)
      var batch = StepBatch(layout: environment.layout)
      try environment.reset(seed: 5, into: &batch)
      for index in 0..<4 { batch.actions[index] = 0.5 }
      for _ in 0..<5 { try environment.step(&batch) }
      return (Double(batch.rewards[0]), environment.episode(of: 0).state(of: 0).velocity.norm)
    }
    let (free, limited) = (try firstReward(limit: 100), try firstReward(limit: 0.01))
    #expect(limited.speed == free.speed && free.speed > 0.1)
    #expect(abs(free.reward - limited.reward - (free.speed - 0.01) / 48) < 1e-6)
  }

  @Test("a task that takes the place of another is played from then on")
  func replacing() throws {
    let task = GateRacingTask()
    var environment = try TaskEnvironment(task, count: 64)
    var batch = StepBatch(layout: environment.layout)
    func startsElsewhere() throws -> Int {
      try environment.reset(seed: 1, into: &batch)
      return (0..<64).count {
        (environment.episode(of: $0).position(of: 0) - task.track.start).norm > 0.5
      }
    }
    #expect(try startsElsewhere() == 0)
    environment.replaceTask(with: task.asLearned(after: 0))
    #expect(try startsElsewhere() > 30)
  }

  @Test("a track of a file has its own gates, and is passed as often as there are laps")
  func ownTrack() throws {
    var track = RaceTrack(
      gates: [RaceTrack.Gate(at: Vector(0.3, 0, 1), yaw: 0)], pillars: [], start: Vector(0, 0, 1))
    track.laps = 2
    let task = GateRacingTask(track: track, level: 0)
    #expect(task.ownObstacleCount == 4 && track.passes == 2)
  }
}
