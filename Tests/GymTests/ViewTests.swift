import Gym
import GymAdapters
import GymTesting
import Testing

struct SingleEnvironmentTests {
  private func pendulum() throws -> SingleEnvironment<SyncVectorEnvironment<Pendulum>> {
    try SingleEnvironment(SyncVectorEnvironment(Pendulum(), count: 1, autoresetMode: .disabled))
  }

  @Test("keeps Gymnasium's order of seeded and unseeded resets")
  func resetsFollowTheSeed() throws {
    var environment = try pendulum()
    let first = [
      try environment.reset(seed: 123), try environment.reset(seed: nil),
      try environment.reset(seed: 123), try environment.reset(seed: nil),
    ]
    #expect(first[0] == first[2] && first[1] == first[3] && first[0] != first[1])
  }

  @Test("is truncated after 200 steps, never terminated, and then wants a reset")
  func episodeIsTruncated() throws {
    var environment = try pendulum()
    _ = try environment.reset(seed: 0)
    for step in 1...200 {
      let transition = try environment.step([0.5])
      #expect(transition.isTruncated == (step == 200) && !transition.isTerminated)
    }
    #expect(throws: GymError.episodeOver(environment: 0)) { try environment.step([0]) }
  }

  @Test("refuses what makes no sense")
  func refusesNonsense() throws {
    var environment = try pendulum()
    #expect(throws: GymError.notReset) { try environment.step([0]) }
    _ = try environment.reset(seed: 0)
    #expect(throws: GymError.wrongCount(of: "numbers of action", expected: 1, actual: 2)) {
      try environment.step([0, 0])
    }
    #expect(throws: GymError.self) { try environment.step([.nan]) }
    environment.close()
    environment.close()
    #expect(throws: GymError.closed) { try environment.step([0]) }
  }
}

struct ParallelEnvironmentTests {
  @Test("agents leave one by one, each told once, and come back only by a reset")
  func agentsLeave() throws {
    var environment = try ParallelEnvironment(
      SyncVectorEnvironment(Corridor(), count: 1, autoresetMode: .disabled))
    for seed in 0..<20 as Range<UInt64> {
      var seen = try environment.reset(seed: seed)
      #expect(environment.agents == ["agent_0", "agent_1"])
      while !environment.agents.isEmpty {
        let live = environment.agents
        // Everyone walks to the door: the velocity has the sign of door minus position.
        let actions = live.map { ($0, [10 * ((seen[$0]?[1] ?? 0) - (seen[$0]?[0] ?? 0))]) }
        let transitions = try environment.step(Dictionary(uniqueKeysWithValues: actions))
        #expect(transitions.keys.sorted() == live)
        for (agent, transition) in transitions {
          let isOver = transition.isTerminated || transition.isTruncated
          #expect(environment.agents.contains(agent) == !isOver)
          seen[agent] = transition.observation
        }
      }
    }
  }

  @Test("wants an action from each agent that is there, and from no other")
  func wantsOneActionEach() throws {
    var environment = try ParallelEnvironment(
      SyncVectorEnvironment(Corridor(), count: 1, autoresetMode: .disabled))
    _ = try environment.reset(seed: 1)
    #expect(throws: GymError.wrongAgent("agent_1")) { try environment.step(["agent_0": [0]]) }
    #expect(throws: GymError.wrongAgent("ghost")) {
      try environment.step(["agent_0": [0], "agent_1": [0], "ghost": [0]])
    }
  }
}

struct EpisodeStatisticsTests {
  @Test("returns and lengths add up over whole episodes, each agent for itself")
  func addUp() throws {
    var environment = SyncVectorEnvironment(Corridor(), count: 5)
    var batch = StepBatch(layout: environment.layout)
    var statistics = EpisodeStatistics(layout: environment.layout, capacity: 10_000)
    try environment.reset(seed: 4, into: &batch)
    var (total, steps, ends) = (Float(0), 0, 0)
    var open = [Float](repeating: 0, count: 10)
    for _ in 0..<400 {
      try environment.step(&batch)
      statistics.record(batch)
      for row in 0..<10 where batch.participations[row] {
        open[row] += batch.rewards[row]
        steps += 1
        guard batch.terminations[row] || batch.truncations[row] else { continue }
        (total, open[row], ends) = (total + open[row], 0, ends + 1)
      }
    }
    let recorded = statistics.recent.reduce(0) { $0 + $1.totalReward }
    #expect(statistics.finishedCount == ends && ends > 50)
    #expect(abs(recorded - total) < 1e-3 * abs(total))
    #expect(statistics.recent.allSatisfy { $0.isTerminated == ($0.length < 40) })
    #expect(steps >= statistics.recent.reduce(0) { $0 + $1.length })
  }
}

struct SpaceTests {
  @Test("bounds belong to a box, and NaN does not")
  func boxContains() throws {
    let box = try BoxSpace(low: [-1, 0], high: [1, 0])
    func contains(_ row: [Float]) -> Bool { box.contains(row.span) }
    #expect(contains([1, 0]) && contains([-1, 0]))
    #expect(!contains([1.5, 0]) && !contains([0, .nan]) && !contains([0]))
    #expect(throws: GymError.emptyRange(index: 0, low: 1, high: 0)) {
      try BoxSpace(low: [1], high: [0])
    }
  }

  @Test("clipping brings numbers to their bounds, and changes nothing that is within")
  func clipping() throws {
    let space = Space.box(try BoxSpace(low: [-1, 0], high: [1, 2]))
    var clipped = [Float](repeating: 9, count: 4)
    var span = clipped.mutableSpan
    try space.clip(([-3, 1, 0.5, 7] as [Float]).span, into: &span)
    #expect(clipped == [-1, 1, 0.5, 2])
  }

  @Test("choices are whole numbers below the count")
  func choices() throws {
    let space = try DiscreteSpace(choiceCount: 3)
    #expect([0, 1, 2].allSatisfy(space.contains))
    #expect(![-1, 3, 0.5, .nan, .infinity].contains(where: space.contains))
    #expect(throws: GymError.noChoice(count: 0)) { try DiscreteSpace(choiceCount: 0) }
  }
}
