import Drone
import Foundation
import Geometry
import Gym
import GymTesting
import Simulation
import SpatialMath
import Tasks
import Testing
import Workers

/// Obstacles of tasks that move as scheduled.
struct MovingObstacleTests {
  private static let physics: [FlightPhysics] =
    FlightPhysics.Dynamics.allCases.flatMap { dynamics in
      [FlightPhysics.Precision.double, .single].map { precision in
        var physics = FlightPhysics.accurate(dynamics: dynamics)
        physics.precision = precision
        return physics
      }
    }

  @Test(
    "a ball is where its schedule has it after each step, in each episode anew", arguments: physics)
  func places(physics: FlightPhysics) throws {
    var task = CrossingTask()
    task.setup.physics = physics
    task.setup.timeLimit = 0.7
    var environment = try TaskEnvironment(task, count: 3)
    var batch = StepBatch(layout: environment.layout)
    try environment.reset(seed: 1, into: &batch)
    var steps = [0, 0, 0]
    for step in 1...60 {
      try environment.step(&batch)
      for world in steps.indices {
        steps[world] += 1
        if steps[world] == 21 { steps[world] = 0 }
        #expect(batch.truncations[world] == (steps[world] == 0))
      }
      if step == 10 {
        try environment.reset(seeds: nil, where: [false, true, false], into: &batch)
        steps[1] = 0
      }
      for world in steps.indices {
        let obstacles = environment.episode(of: world).obstacles
        let expected = task.place(at: Double(steps[world]) / 30)
        #expect(abs(obstacles[1].position.x - expected) < 1e-9, "world \(world), step \(step)")
        #expect(obstacles[0].position == CrossingTask.pillar && obstacles[1].position.z == 1)
      }
    }
  }

  @Test(
    "a drone that one flies into crashes when it comes, and not where it stands or is not felt",
    arguments: physics, [true, false])
  func crash(physics: FlightPhysics, isMoving: Bool) throws {
    var task = CrossingTask(from: 2, to: -2, within: 2)
    task.setup.physics = physics
    task.setup.timeLimit = 1.5
    if !isMoving { task.setup.obstacles[1].motion = nil }
    var environment = try TaskEnvironment(task, autoresetMode: .disabled)
    var batch = StepBatch(layout: environment.layout)
    try environment.reset(seed: 1, into: &batch)
    var end = 0
    while !batch.terminations[0], !batch.truncations[0] {
      try environment.step(&batch)
      end += 1
    }
    let isHit = isMoving && physics.dynamics == .bullet
    #expect(batch.terminations[0] == isHit)
    // At 2 m/s it has 1.74 m to go between its surface and the drone's.
    #expect(isHit ? (26...27).contains(end) : end == 45, "\(end)")
  }

  @Test("rays see it come nearer, and go away again, whatever it is", arguments: Mover.allCases)
  func ranges(mover: Mover) throws {
    var task = CrossingTask(mover)
    task.setup.observation = [.ranges(4, reach: 4), .multiranger(reach: 4)]
    var environment = try TaskEnvironment(task)
    var batch = StepBatch(layout: environment.layout)
    try environment.reset(seed: 1, into: &batch)
    var seen: [Double] = []
    for step in 0..<40 {
      let gap = task.place(at: Double(step) / 30) - 0.2
      let drone = environment.episode(of: 0).position(of: 0).x
      for column in [0, 4] {
        let range = 4 * Double(batch.observations[column])
        #expect(abs(range - (gap - drone)) < 1e-3, "step \(step), column \(column)")
      }
      #expect(batch.observations[1] == 1 && batch.observations[2] == 1)
      seen.append(Double(batch.observations[0]))
      try environment.step(&batch)
    }
    #expect(seen[16] < 0.3 && seen[0] > 0.65 && seen[33] > 0.65)
  }

  @Test("frames show it where it is, and the last of an episode where it was then")
  func frames() throws {
    var task = CrossingTask(.box)
    task.setup.timeLimit = 0.4
    task.setup.floor = false
    task.setup.camera = .front
    task.setup.camera?.frequency = 30
    task.setup.camera?.images = [.depth(reach: 9)]
    var cinema = try Cinema(task)
    try cinema.reset(seeds: [1])
    func nearest(isFinal: Bool = false) -> Double {
      Double(cinema.numbers(isFinal: isFinal).min() ?? 9)
    }
    func depth(after step: Int) -> Double { task.place(at: Double(step) / 30) - 0.2 - 0.03 }
    for step in 0..<12 {
      #expect(abs(nearest() - depth(after: step)) < 1e-3, "step \(step)")
      try cinema.step()
    }
    #expect(abs(nearest() - depth(after: 0)) < 1e-3)
    #expect(abs(nearest(isFinal: true) - depth(after: 12)) < 1e-3)
  }

  @Test("a snapshot brings it back to where it was, to the bit, in another process too")
  func snapshot() throws {
    let task = HarshTask(CrossingTask(), timeLimit: 1)
    var first = try TaskEnvironment(task, count: 3)
    var batch = StepBatch(layout: first.layout)
    try first.reset(seed: 1, into: &batch)
    for _ in 0..<40 { try first.step(&batch) }
    let words = try JSONEncoder().encode(first.snapshot())
    var second = try TaskEnvironment(task, count: 3)
    var other = StepBatch(layout: second.layout)
    try second.restore(
      JSONDecoder().decode(TaskEnvironment<HarshTask<CrossingTask>>.Snapshot.self, from: words))
    for _ in 0..<40 {
      for world in 0..<3 {
        #expect(second.episode(of: world).obstacles == first.episode(of: world).obstacles)
      }
      try first.step(&batch)
      try second.step(&other)
      for index in batch.observations.indices {
        #expect(batch.observations[index].bitPattern == other.observations[index].bitPattern)
      }
    }
  }

  @Test("a snapshot of a world with another schedule is refused")
  func foreignSnapshot() throws {
    var here = try TaskEnvironment(CrossingTask())
    var there = try TaskEnvironment(CrossingTask(from: 3.5))
    var batch = StepBatch(layout: here.layout)
    try here.reset(seed: 1, into: &batch)
    try here.step(&batch)
    try there.reset(seed: 1, into: &batch)
    let snapshot = try here.snapshot()
    #expect(throws: GymError.self) { try there.restore(snapshot) }
    try here.restore(snapshot)
  }

  @Test("a world that is cut off keeps it where it was before the step")
  func cutOff() throws {
    var task = CrossingTask()
    task.setup.physics.effects = [Explosion()]
    var environment = try TaskEnvironment(task, autoresetMode: .disabled)
    var batch = StepBatch(layout: environment.layout)
    try environment.reset(seed: 1, into: &batch)
    try environment.step(&batch)
    #expect(batch.truncations[0] && environment.episode(of: 0).obstacles[1].position.x == 3)
  }

  @Test("environments with it keep to the rules, in batches of any size", arguments: physics)
  func conforms(physics: FlightPhysics) {
    var task = CrossingTask(from: 2, to: -0.5, within: 0.3)
    task.setup.physics = physics
    task.setup.observation.append(.ranges(8, reach: 4))
    let harsh = HarshTask(task, timeLimit: 0.5)
    let report = checkEnvironment(environmentCount: 7, steps: 60) {
      try TaskEnvironment(harsh, count: $0, autoresetMode: $1)
    }
    #expect(report.isConforming && report.unchecked.isEmpty, "\(report)")
  }

  @Test("two threads give the same bits as one")
  func threads() throws {
    func trace(threads: Int) throws -> [UInt32] {
      var task = CrossingTask(from: 2, to: -0.5, within: 0.3)
      task.setup.observation.append(.ranges(8, reach: 4))
      var environment = try TaskEnvironment(
        HarshTask(task, timeLimit: 0.5), count: 256, pool: ThreadPool(threads: threads))
      var player = TaskPlayer(.random, of: environment, seed: 5)
      var batch = StepBatch(layout: environment.layout)
      try environment.reset(seed: 3, into: &batch)
      var bits: [UInt32] = []
      for _ in 0..<30 {
        player.act(in: environment, batch: &batch)
        try environment.step(&batch)
        for index in batch.observations.indices {
          bits.append(batch.observations[index].bitPattern)
        }
      }
      return bits
    }
    #expect(try trace(threads: 1) == trace(threads: 2))
  }
}
