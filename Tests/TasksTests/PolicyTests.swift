import Gym
import Parameters
import Tasks
import Testing

/// What the policies that have learnt nothing are worth.
struct PolicyTests {
  /// The mean return of some episodes, and the share of agents that were terminated.
  private func play(
    _ task: some DroneTask, by policy: TaskPolicy, episodes: Int = 4
  ) throws -> (mean: Double, terminatedShare: Double) {
    var environment = try TaskEnvironment(task, count: episodes, autoresetMode: .nextStep)
    var player = TaskPlayer(policy, of: environment, seed: 0)
    var batch = StepBatch(layout: environment.layout)
    try environment.reset(seed: 7, into: &batch)
    var finished = Set<Int>()
    var (total, terminated) = (0.0, 0)
    var returns = Array(repeating: 0.0, count: environment.layout.rowCount)
    while finished.count < returns.count {
      player.act(in: environment, batch: &batch)
      try environment.step(&batch)
      for row in returns.indices where batch.participations[row] && !finished.contains(row) {
        returns[row] += Double(batch.rewards[row])
        guard batch.terminations[row] || batch.truncations[row] else { continue }
        finished.insert(row)
        total += returns[row]
        terminated += batch.terminations[row] ? 1 : 0
      }
    }
    return (total / Double(returns.count), Double(terminated) / Double(returns.count))
  }

  @Test("our PID is worth at least 480 of 484 in gym-pybullet-drones' hover")
  func pidHoversAsInThePeer() throws {
    let task = GPDHoverTask.hover(action: .waypoint)
    let outcome = try play(task, by: .pid, episodes: 1)
    #expect(outcome.mean >= 480 && outcome.mean <= 484, "\(outcome)")
  }

  @Test("doing nothing is worth 710.875 in gym-pybullet-drones' hover of two")
  func nothingIsWorthAsMuchForTwo() throws {
    let outcome = try play(
      GPDHoverTask.multiHover(action: .collective(authority: 0.05)), by: .zero, episodes: 1)
    #expect(abs(outcome.mean - 710.875) < 1e-3, "\(outcome)")
  }

  @Test(
    "PID beats chance",
    arguments: [
      "hover", "multi-hover", "velocity", "control", "takeoff", "fly-through-gate", "tune",
      "leader-follower", "flock", "trajectory", "landing", "any-airframe",
    ])
  func pidBeatsChance(name: String) throws {
    let entry = try #require(TaskCatalogue.standard[name])
    let chance = try play(entry.task(), by: .random)
    let pid = try play(entry.task(), by: .pid)
    #expect(pid.mean > chance.mean, "\(pid) against \(chance)")
  }

  @Test(
    "PID hovers in every action mode that can move all ways",
    arguments: [
      .rotorSpeeds(authority: 0.2), .wholeRange, .throttles, .waypoint, .displacement(reach: 0.5),
      .velocity(limit: 1), .attitude(tilt: 0.5), .bodyRates(limit: 5),
    ] as [ActionMode])
  func pidHoversByEveryAction(mode: ActionMode) throws {
    var task = HoverTask()
    task.setup.actionMode = mode
    let outcome = try play(task, by: .pid)
    #expect(outcome.terminatedShare == 0 && outcome.mean > 440, "\(outcome)")
  }
}
