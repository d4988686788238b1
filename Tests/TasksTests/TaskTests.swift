import Control
import Drone
import Gym
import Simulation
import SpatialMath
import Tasks
import Testing

/// Rules of single tasks, and of the environment around them.
struct TaskTests {
  @Test("an agent that crashes leaves, and the other goes on alone")
  func agentsLeaveOneByOne() throws {
    var task = MultiHoverTask()
    task.setup.model = .peersCrazyflie
    task.setup.randomisation = Randomisation()
    var environment = try TaskEnvironment(task, autoresetMode: .disabled)
    var batch = StepBatch(layout: environment.layout)
    try environment.reset(seed: 0, into: &batch)
    var leftAt: Int?
    for step in 1...60 {
      var rows = batch.rows
      for column in 0..<4 {
        rows.actions[column] = -1
        rows.actions[4 + column] = 0
      }
      try environment.step(&batch)
      if batch.terminations[0] { leftAt = step }
      #expect(!batch.terminations[1] && batch.participations[1])
      if let leftAt, step > leftAt { #expect(!batch.participations[0]) }
    }
    #expect(leftAt != nil, "with less thrust than weight, it comes down")
  }

  @Test("a world that overflows is truncated, and shows no NaN")
  func overflowIsTruncated() throws {
    var task = HoverTask()
    task.setup.physics.effects = [Explosion()]
    var environment = try TaskEnvironment(task, autoresetMode: .disabled)
    var batch = StepBatch(layout: environment.layout)
    try environment.reset(seed: 0, into: &batch)
    try environment.step(&batch)
    #expect(batch.truncations[0] && !batch.terminations[0])
    for index in batch.observations.indices { #expect(batch.observations[index].isFinite) }
    try environment.reset(into: &batch)
  }

  @Test("commands come late by the delay of the episode")
  func delaysAreFelt() throws {
    func heights(delay: Int) throws -> [Double] {
      var task = HoverTask()
      task.setup.model = .peersCrazyflie
      task.setup.actionMode = .wholeRange
      task.setup.randomisation = Randomisation(delay: delay...delay)
      var environment = try TaskEnvironment(task, autoresetMode: .disabled)
      var batch = StepBatch(layout: environment.layout)
      try environment.reset(seed: 0, into: &batch)
      return try (0..<4).map { _ in
        var rows = batch.rows
        for column in 0..<4 { rows.actions[column] = 1 }
        try environment.step(&batch)
        return environment.episode(of: 0).state(of: 0).velocity.z
      }
    }
    let (prompt, late) = (try heights(delay: 0), try heights(delay: 2))
    #expect(prompt[0] > 0 && late[0] < 0 && late[1] < late[0] && late[2] > late[1])
  }

  @Test("a heavier drone falls at full thrust as Newton says")
  func massIsFelt() throws {
    func climb(mass: Double) throws -> Double {
      var task = HoverTask()
      task.setup.physics = .accurate()
      task.setup.actionMode = .wholeRange
      task.setup.randomisation = Randomisation(mass: mass...mass)
      var environment = try TaskEnvironment(task, autoresetMode: .disabled)
      var batch = StepBatch(layout: environment.layout)
      try environment.reset(seed: 0, into: &batch)
      var rows = batch.rows
      for column in 0..<4 { rows.actions[column] = 1 }
      try environment.step(&batch)
      return 30 * environment.episode(of: 0).state(of: 0).velocity.z + 9.81
    }
    #expect(abs(try climb(mass: 1) / climb(mass: 1.25) - 1.25) < 1e-9)
  }

  @Test("what cannot be played is refused in words")
  func badSetupsAreRefused() {
    var task = HoverTask()
    task.setup.controlFrequency = 50
    #expect(throws: TaskError.self) { _ = try TaskEnvironment(task).layout }
    task = HoverTask()
    task.setup.timeLimit = .nan
    #expect(throws: TaskError.self) { _ = try TaskEnvironment(task).layout }
    task = HoverTask()
    #expect(throws: TaskError.self) { _ = try TaskEnvironment(task, count: 0).layout }
  }
}

/// Air that throws drones out of all numbers.
struct Explosion: LocalEffect {
  func add<S: Lanes>(to wrench: inout Wrench<Body, S>, on drones: FlightCondition<S>) {
    wrench.force.x = S(.infinity)
  }
}
