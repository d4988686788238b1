import Drone
import Foundation
import Gym
import Simulation
import SpatialMath
import Tasks
import Testing

/// Episodes with airframes that are others each time.
struct AnyAirframeTests {
  private static func environment(
    count: Int, _ change: (inout AnyAirframeTask) -> Void = { _ in }
  ) throws -> TaskEnvironment<AnyAirframeTask> {
    var task = AnyAirframeTask()
    change(&task)
    return try TaskEnvironment(task, count: count)
  }

  /// The numbers that a row sees of what it has felt: the last six of its row.
  private static func felt(_ batch: borrowing StepBatch, row: Int) -> [Double] {
    let width = batch.layout.observationCount
    return ((row + 1) * width - 6..<(row + 1) * width).map { Double(batch.observations[$0]) }
  }

  @Test("each environment and each episode flies another airframe, and never a stranger's")
  func airframesDiffer() throws {
    struct Shot: Decodable {
      struct World: Decodable { var agents: [Agent] }
      struct Agent: Decodable { var variation: Seed }
      struct Seed: Decodable { var airframe: UInt64? }
      var worlds: [World]
    }
    var environment = try Self.environment(count: 8)
    var batch = StepBatch(layout: environment.layout)
    var seeds: Set<UInt64> = []
    for seed in 0..<4 as Range<UInt64> {
      try environment.reset(seed: seed, into: &batch)
      let shot = try JSONDecoder().decode(
        Shot.self, from: JSONEncoder().encode(environment.snapshot()))
      seeds.formUnion(shot.worlds.compactMap { $0.agents[0].variation.airframe })
    }
    #expect(seeds.count == 32)
    #expect(seeds.allSatisfy { $0 >= 1 << 63 })
  }

  /// Rotors at a standstill lift nothing: what falls for half a second feels nothing but drag, of less than
  /// 0.5 N·s/m a kg at no more than 5 m/s.
  @Test("what falls feels next to nothing")
  func feelsNoFall() throws {
    var environment = try Self.environment(count: 16) { task in
      task.setup.randomisation = Randomisation()
      task.setup.randomisation.drawsAirframes = true
      task.movingShare = 0
    }
    var batch = StepBatch(layout: environment.layout)
    try environment.reset(seed: 1, into: &batch)
    for row in 0..<16 { #expect(Self.felt(batch, row: row) == [0, 0, 0, 0, 0, 0]) }
    for _ in 0..<25 {
      var rows = batch.rows
      for index in rows.actions.indices { rows.actions[index] = -1 }
      try environment.step(&batch)
    }
    for row in 0..<16 {
      let falling = environment.episode(of: row).state(of: 0)
      #expect(falling.velocity.z < -1, "row \(row)")
      #expect(Self.felt(batch, row: row).allSatisfy { abs($0) < 2.5 / 40 }, "row \(row)")
    }
  }

  /// The pilot that knows each airframe holds all of them; one that flew them all alike would lose most.
  @Test("control that knows what it flies holds its place with every airframe")
  func pidFliesAll() throws {
    var environment = try Self.environment(count: 64)
    var batch = StepBatch(layout: environment.layout)
    var player = TaskPlayer(.pid, of: environment, seed: 0)
    try environment.reset(seed: 3, into: &batch)
    var ends = 0
    for _ in 0..<299 {
      player.act(in: environment, batch: &batch)
      try environment.step(&batch)
      for row in 0..<64 where batch.terminations[row] { ends += 1 }
    }
    #expect(ends <= 3, "\(ends) of 64 crashed")
  }

  @Test("a snapshot goes on to the same bits, with the same airframes and all that was felt")
  func snapshotsHaveAirframes() throws {
    var first = try Self.environment(count: 5)
    var batch = StepBatch(layout: first.layout)
    var player = TaskPlayer(.random, of: first, seed: 4)
    try first.reset(seed: 9, into: &batch)
    for _ in 0..<10 {
      player.act(in: first, batch: &batch)
      try first.step(&batch)
    }
    let shot = try first.snapshot()
    var second = try Self.environment(count: 5)
    var other = StepBatch(layout: second.layout)
    try second.reset(seed: 1, into: &other)
    try second.restore(shot)
    for _ in 0..<10 {
      player.act(in: first, batch: &batch)
      var rows = other.rows
      for index in batch.actions.indices { rows.actions[index] = batch.actions[index] }
      try first.step(&batch)
      try second.step(&other)
      for index in batch.observations.indices {
        #expect(batch.observations[index] == other.observations[index])
      }
    }
  }

  @Test("airframes are drawn where actions are throttles, and nowhere else")
  func needsThrottles() {
    let error = #expect(throws: TaskError.self) {
      _ = try Self.environment(count: 1) { $0.setup.actionMode = .wholeRange }
    }
    #expect(error?.description.contains("airframes can be drawn") == true)
  }
}
