import Geometry
import Gym
import SpatialMath
import Tasks
import Testing
import Worlds

/// Flights through forests.
struct NavigationTests {
  /// Some episodes at their start, and what their drones see.
  private func starts(
    _ task: NavigationTask, count: Int = 20
  ) throws -> [(poses: [Pose<Double>], position: Vector<World, Double>, seen: [Float])] {
    var environment = try TaskEnvironment(task, count: count)
    var batch = StepBatch(layout: environment.layout)
    try environment.reset(seed: 4, into: &batch)
    let width = environment.layout.observationCount
    return (0..<count).map { world in
      let episode = environment.episode(of: world)
      let seen = (0..<width).map { batch.observations[world * width + $0] }
      return (episode.obstacles, episode.position(of: 0), seen)
    }
  }

  @Test("each episode has a forest of its own, behind the drone's start")
  func forests() throws {
    let starts = try starts(NavigationTask())
    #expect(Set(starts.map(\.poses[0].position.x)).count == starts.count)
    #expect(starts.allSatisfy { $0.poses.count == 22 })
    for start in starts {
      #expect(start.position.x == -4.7 && abs(start.position.y) <= 1 && start.position.z == 1)
      #expect(start.poses.allSatisfy { ($0.position - start.position).norm > 0.4 })
    }
  }

  @Test("level rays among pillars see what the scene shows")
  func rays() throws {
    var plain = NavigationTask()
    plain.setup.observation = [.ranges(32, reach: 3, over: .pi), .ranges(24, reach: 2)]
    (plain.setup.randomisation.tilt, plain.setup.randomisation.yaw) = (0.3, 3)
    // A thing far off that is no pillar: rays are cast in the scene then.
    var drawn = plain
    drawn.setup.obstacles.append(
      RigidBody(.box(size: Vector(0.1, 0.1, 0.1)), at: Pose(position: Vector(90, 0, 9))))
    var (nearest, seen) = (Float(1), 0)
    for (a, b) in zip(try starts(plain.asLearned(after: 0)), try starts(drawn.asLearned(after: 0)))
    {
      #expect(a.position == b.position)
      for (known, expected) in zip(a.seen, b.seen) {
        // Rays in single precision, and those that graze a pillar on one side or the other.
        #expect(abs(known - expected) < 1e-4)
        nearest = min(nearest, known)
        if known < 1 { seen += 1 }
      }
    }
    #expect(nearest < 0.4 && seen > 200)
  }

  /// How an episode without pillars ends in which a drone flies to a place; `nil` if it does not.
  private func end(at place: Vector<World, Double>) throws -> (reward: Float, hasSucceeded: Bool)? {
    let task = NavigationTask(
      forest: Forest(area: Area(size: Vector(8, 4, 2.5)), density: 0, radii: 0.1...0.2, gap: 0.4))
    var environment = try TaskEnvironment(task, autoresetMode: .disabled)
    var batch = StepBatch(layout: environment.layout)
    try environment.reset(seed: 1, into: &batch)
    for _ in 0..<420 {
      let way = place - environment.episode(of: 0).position(of: 0)
      for (index, component) in [way.x, way.y, way.z].enumerated() {
        batch.actions[index] = Float(min(1, max(-1, component)))
      }
      try environment.step(&batch)
      guard batch.terminations[0] else { continue }
      return (batch.rewards[0], task.hasSucceeded(0, in: environment.episode(of: 0)))
    }
    return nil
  }

  @Test("flying near a pillar costs more the nearer it is")
  func clearance() throws {
    func firstReward(clearance: Double) throws -> (reward: Double, room: Double) {
      var task = NavigationTask()
      task.clearance = clearance
      var environment = try TaskEnvironment(task)
      var batch = StepBatch(layout: environment.layout)
      try environment.reset(seed: 2, into: &batch)
      try environment.step(&batch)
      let episode = environment.episode(of: 0)
      let room = task.forest.room(at: episode.position(of: 0), among: episode.obstacles)
      return (Double(batch.rewards[0]), room)
    }
    let (free, near) = (try firstReward(clearance: 0), try firstReward(clearance: 10))
    #expect(near.room > 0.2 && near.room < 5)
    #expect(abs(free.reward - near.reward - 0.1 * (1 - near.room / 10)) < 1e-6)
    #expect(try firstReward(clearance: 0.2).reward == free.reward)
  }

  @Test("who flies beside the forest or above it has crashed, and who arrives has not")
  func endings() throws {
    let beside = try #require(try end(at: Vector(-4.7, 3, 1)))
    #expect(beside.reward < -7.9 && !beside.hasSucceeded)
    let above = try #require(try end(at: Vector(-4.7, 0, 4)))
    #expect(above.reward < -7.9 && !above.hasSucceeded)
    let behind = try #require(try end(at: NavigationTask().target))
    #expect(behind.reward > 1.9 && behind.hasSucceeded)
    #expect(try end(at: Vector(-4.7, 0.5, 1)) == nil)
  }
}
