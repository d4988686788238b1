import CAllocations
import Foundation
import Gym
import Learning
import Tasks
import Testing
import Training
import Workers

/// Worlds in which others fly some of the drones.
struct PilotedEnvironmentTests {
  private typealias Worlds = PilotedEnvironment<MultiHoverTask>

  /// Five drones: the learner's, one by a policy, one by PID control, one by chance, and the learner's again.
  private static func worlds(_ count: Int, threads: Int = 1) throws -> Worlds {
    let task = MultiHoverTask(agentCount: 5)
    var pilots = Pilots(agentCount: 5)
    pilots[1] = .policy(try PilotsTests.policy(of: task, named: "multi-hover"), name: "p")
    (pilots[2], pilots[3]) = (.rule(.pid, seed: 0), .rule(.random, seed: 2))
    return try PilotedEnvironment(
      TaskEnvironment(task, count: count, pool: ThreadPool(threads: threads)),
      pilots.rows(worlds: count))
  }

  /// Actions of the learner that let its drones crash now and then, each world in its own way.
  private static func act(_ step: Int, seeds: [UInt64], into batch: inout StepBatch) {
    let width = batch.layout.actionCount
    for row in 0..<batch.layout.rowCount {
      let world = seeds[row / batch.layout.agentCount]
      let number = Float((step / 40 + row % 5 + Int(world)) % 5) / 2 - 1
      for column in 0..<width { batch.actions[row * width + column] = number }
    }
  }

  /// All that the learner is told in some steps, world by world.
  private static func trace(
    _ worlds: inout Worlds, _ batch: inout StepBatch, seeds: [UInt64], steps: Range<Int>
  ) throws -> [[UInt32]] {
    var bits = seeds.map { _ in [UInt32]() }
    let layout = batch.layout
    for step in steps {
      act(step, seeds: seeds, into: &batch)
      try worlds.step(&batch)
      for world in seeds.indices {
        for row in layout.rows(of: world) {
          bits[world].append(batch.rewards[row].bitPattern)
          bits[world].append(batch.terminations[row] ? 1 : batch.truncations[row] ? 2 : 0)
          let seen = row * layout.observationCount..<(row + 1) * layout.observationCount
          for index in seen { bits[world].append(batch.observations[index].bitPattern) }
        }
      }
    }
    return bits
  }

  private static func trace(_ seeds: [UInt64], threads: Int = 1) throws -> [[UInt32]] {
    var worlds = try worlds(seeds.count, threads: threads)
    var batch = StepBatch(layout: worlds.layout)
    try worlds.reset(seeds: seeds, where: nil, into: &batch)
    return try trace(&worlds, &batch, seeds: seeds, steps: 0..<150)
  }

  @Test("a world goes the same alone and among others, on one thread and on two")
  func bits() throws {
    let seeds = (0..<70).map { UInt64($0 * $0) }
    let all = try Self.trace(seeds)
    #expect(Set(all).count == 70)
    #expect(try Self.trace(seeds, threads: 2) == all)
    for world in [0, 7, 69] { #expect(try Self.trace([seeds[world]]) == [all[world]]) }
  }

  @Test("the rows of others are zero and false, and an episode ends with the learner's last drone")
  func hiddenRows() throws {
    var worlds = try Self.worlds(6)
    var batch = StepBatch(layout: worlds.layout)
    try worlds.reset(seed: 3, into: &batch)
    let known = worlds.ownRows
    let own = try #require(known)
    #expect(own == (0..<30).map { [0, 4].contains($0 % 5) })
    var live = LiveAgents(layout: worlds.layout, mode: .sameStep, isOwn: own)
    var endings = 0
    for step in 0..<300 {
      Self.act(step, seeds: (0..<6).map(UInt64.init), into: &batch)
      try worlds.step(&batch)
      for row in own.indices {
        // Nobody leaves without being told, or comes back before the next episode.
        #expect(batch.participations[row] == live.isLive[row], "step \(step), row \(row)")
        guard !own[row] else { continue }
        let seen = (0..<batch.layout.observationCount).map {
          row * batch.layout.observationCount + $0
        }
        #expect(batch.rewards[row] == 0 && !batch.terminations[row] && !batch.truncations[row])
        #expect(seen.allSatisfy { batch.observations[$0] == 0 && batch.finalObservations[$0] == 0 })
      }
      live.update(batch)
      endings += live.hasEnded.count { $0 }
    }
    #expect(endings > 6)
  }

  @Test("a snapshot restored elsewhere goes on to the same bits")
  func snapshots() throws {
    let seeds: [UInt64] = [5, 6, 7]
    var worlds = try Self.worlds(3)
    var batch = StepBatch(layout: worlds.layout)
    try worlds.reset(seeds: seeds, where: nil, into: &batch)
    _ = try Self.trace(&worlds, &batch, seeds: seeds, steps: 0..<50)
    let data = try JSONEncoder().encode(worlds.snapshot())
    let expected = try Self.trace(&worlds, &batch, seeds: seeds, steps: 50..<120)
    var others = try Self.worlds(3)
    try others.reset(seed: 99, into: &batch)
    try others.restore(JSONDecoder().decode(Worlds.Snapshot.self, from: data))
    #expect(try Self.trace(&others, &batch, seeds: seeds, steps: 50..<120) == expected)
  }

  @Test("a snapshot of worlds with other pilots is refused")
  func foreignSnapshots() throws {
    let task = MultiHoverTask(agentCount: 5)
    var worlds = try Self.worlds(2)
    var plain = try PilotedEnvironment(
      TaskEnvironment(task, count: 2), Pilots(agentCount: 5).rows(worlds: 2))
    var batch = StepBatch(layout: worlds.layout)
    try worlds.reset(seed: 1, into: &batch)
    try plain.reset(seed: 1, into: &batch)
    let (one, other) = (try worlds.snapshot(), try plain.snapshot())
    #expect(throws: GymError.self) { try plain.restore(one) }
    #expect(throws: GymError.self) { try worlds.restore(other) }
    try worlds.restore(one)
  }

  @Test("where nobody learns, nothing is to be learned")
  func needsLearners() throws {
    let task = MultiHoverTask(agentCount: 2)
    let pilots = try Pilots(["0-1=zero"], of: task, named: "multi-hover")
    #expect(throws: LearningError.self) {
      _ = try PilotedEnvironment(TaskEnvironment(task, count: 3), pilots.rows(worlds: 3))
    }
  }

  /// Half a kilometre apart, drones neither feel nor see each other: whatever drone 1 does must be all the same to the one
  /// that learns.
  @Test("drones that others fly teach nothing")
  func othersDoNotTeach() throws {
    func weights(_ setting: String) throws -> (Policy, Double) {
      var task = MultiHoverTask(agentCount: 2)
      task.spacing = 500
      task.setup.observation = ObservationPart.standard
      var options = PPOOptions()
      (options.horizon, options.totalSteps) = (64, 64 * 16 * 3)
      let environment = try PilotedEnvironment(
        TaskEnvironment(task, count: 16),
        Pilots([setting], of: task, named: "multi-hover").rows(worlds: 16))
      let own = environment.ownRows
      var ppo = try PPO(environment, options: options, seed: 3, learning: own)
      while !ppo.isFinished { try ppo.iterate() }
      return (ppo.policy(), ppo.progress.meanLength ?? 0)
    }
    let (still, length) = try weights("1=zero")
    #expect(length > 2)
    #expect(try weights("1=random").0 == still)
    #expect(try weights("1=pid").0 == still)
    #expect(try weights("1=learner").0 != still)
  }

  @Test(
    "a step takes nothing from the heap",
    .enabled(if: allocations_are_counted(), "this build counts allocations"))
  func memory() throws {
    var worlds = try Self.worlds(32)
    var batch = StepBatch(layout: worlds.layout)
    let seeds = (0..<32).map(UInt64.init)
    var allocations = 0
    for isCounted in [false, true] {
      try worlds.reset(seed: 1, into: &batch)
      for step in 0..<100 {
        Self.act(step, seeds: seeds, into: &batch)
        let before = allocations_of_this_thread()
        try worlds.step(&batch)
        if isCounted { allocations += Int(allocations_of_this_thread() - before) }
      }
    }
    #expect(allocations == 0)
  }
}
