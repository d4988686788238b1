import Foundation
import Gym
import Simulation
import Tasks
import Testing

/// Snapshots from elsewhere, or gone bad.
struct SnapshotTests {
  private typealias Env = TaskEnvironment<GateRacingTask>

  private static let task = HarshTask(GateRacingTask(), timeLimit: 5)

  /// Two environments in flight, some steps after a start.
  private func fly(steps: Int) throws -> (snapshot: Data, bits: [UInt32]) {
    var environment = try TaskEnvironment(Self.task, count: 2)
    var batch = StepBatch(layout: environment.layout)
    try environment.reset(seed: 1, into: &batch)
    for _ in 0..<steps { try environment.step(&batch) }
    let data = try JSONEncoder().encode(environment.snapshot())
    return (data, bits(batch))
  }

  private func bits(_ batch: borrowing StepBatch) -> [UInt32] {
    batch.observations.indices.map { batch.observations[$0].bitPattern }
  }

  /// Each number or word of a written snapshot in turn, made into something else.
  @Test("a damaged snapshot is refused or plays on in finite numbers, and never crashes")
  func damageIsRefused() throws {
    let (data, _) = try fly(steps: 3)
    let whole = String(decoding: data, as: UTF8.self)
    let numbers = whole.matches(of: /[\[:,](-?[0-9][0-9.e+-]*)/)
    let words = ["-1", "1e300", "0", "-7.5", "9223372036854775807", "\"0\""]
    var refused = 0
    for (index, match) in numbers.enumerated() {
      var text = whole
      text.replaceSubrange(
        match.output.1.startIndex..<match.output.1.endIndex,
        with: words[index % words.count])
      var environment = try TaskEnvironment(Self.task, count: 2)
      var batch = StepBatch(layout: environment.layout)
      do {
        let snapshot = try JSONDecoder().decode(
          TaskEnvironment<HarshTask<GateRacingTask>>.Snapshot.self, from: Data(text.utf8))
        try environment.restore(snapshot)
      } catch {
        refused += 1
        continue
      }
      for _ in 0..<3 { try environment.step(&batch) }
      for index in batch.observations.indices { #expect(batch.observations[index].isFinite) }
      for row in 0..<2 { #expect(batch.rewards[row].isFinite) }
    }
    #expect(refused > 10)
  }

  @Test(
    "a snapshot of a world with another wind or other obstacles is refused, and changes nothing")
  func foreignIsRefused() throws {
    var task = HoverTask()
    task.setup.wind.turbulence = .init(intensity: 1, height: 3, airspeed: 1)
    var windy = try TaskEnvironment(task, count: 2)
    var batch = StepBatch(layout: windy.layout)
    try windy.reset(seed: 0, into: &batch)
    var calm = try TaskEnvironment(HoverTask(), count: 2)
    try calm.reset(seed: 0, into: &batch)
    let before = try JSONEncoder().encode(calm.snapshot())
    let foreign = try JSONDecoder().decode(
      TaskEnvironment<HoverTask>.Snapshot.self, from: JSONEncoder().encode(windy.snapshot()))
    #expect(throws: GymError.self) { try calm.restore(foreign) }
    let after = try JSONEncoder().encode(calm.snapshot())
    #expect(
      String(decoding: before, as: UTF8.self).count == String(decoding: after, as: UTF8.self).count)
  }
}
