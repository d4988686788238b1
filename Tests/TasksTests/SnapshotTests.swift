import Foundation
import Gym
import Simulation
import Tasks
import Testing

/// Snapshots from elsewhere, or gone bad.
struct SnapshotTests {
  private static let task = HarshTask(GateRacingTask(), timeLimit: 5)

  /// The snapshot of two environments in flight, some steps after a start.
  private func fly(steps: Int) throws -> Data {
    var environment = try TaskEnvironment(Self.task, count: 2)
    var batch = StepBatch(layout: environment.layout)
    try environment.reset(seed: 1, into: &batch)
    for _ in 0..<steps { try environment.step(&batch) }
    return try JSONEncoder().encode(environment.snapshot())
  }

  /// Each number or word of a written snapshot in turn, made into something else.
  @Test("a damaged snapshot is refused or plays on in finite numbers, and never crashes")
  func damageIsRefused() throws {
    let whole = String(decoding: try fly(steps: 3), as: UTF8.self)
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

  @Test("what the simulation knows is refused where a digit of it has changed, or is none")
  func damagedBodiesAreRefused() throws {
    let whole = String(decoding: try fly(steps: 3), as: UTF8.self)
    let start = try #require(whole.firstRange(of: "\"bodies\":\"")).upperBound
    for (offset, digit) in [(0, "x"), (200, "é"), (300, "0"), (301, "7")] {
      let place = whole.index(start, offsetBy: offset)
      guard whole[place] != Character(digit) else { continue }
      var text = whole
      text.replaceSubrange(place...place, with: digit)
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(
          TaskEnvironment<HarshTask<GateRacingTask>>.Snapshot.self, from: Data(text.utf8))
      }
    }
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
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let before = try encoder.encode(calm.snapshot())
    let foreign = try JSONDecoder().decode(
      TaskEnvironment<HoverTask>.Snapshot.self, from: JSONEncoder().encode(windy.snapshot()))
    #expect(throws: GymError.self) { try calm.restore(foreign) }
    #expect(try encoder.encode(calm.snapshot()) == before)
  }
}
