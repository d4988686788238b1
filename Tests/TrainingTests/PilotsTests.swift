import Foundation
import Gym
import Learning
import Parameters
import Recording
import SpatialMath
import Tasks
import TestSupport
import Testing
import Training
import Workers

/// Who flies whom.
struct PilotsTests {
  /// A policy for a task that has learned for an instant.
  static func policy(of task: some DroneTask, named name: String) throws -> Policy {
    var options = PPOOptions()
    options.horizon = 16
    options.initialLogDeviation = -1
    var ppo = try PPO(TaskEnvironment(task, count: 8), options: options, seed: 1)
    try ppo.iterate()
    return ppo.policy(metadata: TaskSignature(of: task, named: name).entries)
  }

  @Test(
    "what makes no sense is refused in a line that says what does",
    arguments: [
      ("3=pid", "there is no drone 3; expected 0 to 2"),
      ("2-3=pid", "there is no drone 3; expected 0 to 2"),
      ("pid", "expected DRONE=PILOT or FIRST-LAST=PILOT, with \(Pilots.words)"),
      ("2-1=pid", "expected DRONE=PILOT or FIRST-LAST=PILOT, with \(Pilots.words)"),
      ("1=", "expected DRONE=PILOT or FIRST-LAST=PILOT, with \(Pilots.words)"),
      ("1=random:-1", "the seed of chance is a whole number from 0 on"),
      ("1=hover", "its action is 'rotor_speeds(0.2)', but 'velocity(1.3)' is wanted"),
      ("1=nobody/actions.csv", "nobody/actions.csv: "),
    ])
  func refusals(setting: String, reason: String) throws {
    let error = #expect(throws: TrainingError.self) {
      try Pilots([setting], of: PursuitEvasionTask(), named: "pursuit-evasion")
    }
    let text = try #require(error).description
    #expect(text.hasPrefix("pilot \(setting): ") && text.contains(reason), "\(text)")
  }

  @Test("ranges, names and seeds are read, and the last word counts")
  func settings() throws {
    let pilots = try Pilots(
      ["0-2=random:7", "1=zero", "2=learner"], of: PursuitEvasionTask(), named: "pursuit-evasion")
    #expect(pilots.pilots.map(\.name) == ["random:7", "zero", "learner"])
    #expect(!pilots.areAllOwn && Pilots(agentCount: 2).areAllOwn)
  }

  @Test(
    "a recording with something wrong in it is refused with its line",
    arguments: [
      ("t,drone,a0,a1,a2\n", "there is no column a3"),
      ("t,drone,a0,a1,a2,a3\n0,0,0,0,0,0\n", "there are no actions of drone 1"),
      ("t,drone,a0,a1,a2,a3\n0,1,0,0,2,0\n", ":2: a2: 2.0; expected a number from -1 to 1"),
      ("t,drone,a0,a1,a2,a3\n0,1,0,0,0,0\n0.5,1,0,0,0,0\n", ":3: t: 0.5; expected 0.0333"),
      ("t,drone,a0,a1,a2,a3\n0,-1,0,0,0,0\n", ":2: drone: -1.0; expected the number of a drone"),
      ("t,drone,a0,a1,a2,a3\n0,1,0,,0,0\n", ":2: a1: nan; expected a number from -1 to 1"),
    ])
  func badRecordings(text: String, reason: String) throws {
    let folder = try TemporaryFolder()
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder.path("actions.csv")))
    let error = #expect(throws: TrainingError.self) {
      try ActionRecording(
        contentsOf: folder.path("actions.csv"), drones: 1...1, actionCount: 4, period: 1 / 30.0)
    }
    #expect(try #require(error).description.contains(reason), "\(error as Any)")
  }

  /// Plays an episode, and tells of every instant.
  private static func play(
    _ pilots: Pilots, _ policy: Policy?, recordingInto folder: RunFolder? = nil
  ) throws -> (result: TrialResult, places: [[Double]]) {
    let task = MultiHoverTask(agentCount: 3)
    var trial = try PolicyTrial(
      task, episodes: 4..<5, seed: 8, pool: ThreadPool(threads: 1), pilots: pilots)
    var writer = try folder.map { try ActionWriter(in: $0, of: task.setup) }
    var places: [[Double]] = []
    let result = try trial.run(policy) { environment, batch in
      let episode = environment.episode(of: 0)
      places.append((0..<3).map { episode.position(of: $0).z })
      try writer?.append(batch)
    }
    try writer.take()?.finish()
    return (result, places)
  }

  @Test("recorded drones repeat their flight to the bit, and hold their last action after it")
  func recordings() throws {
    let task = MultiHoverTask(agentCount: 3)
    let folder = try TemporaryFolder()
    let run = try RunFolder(at: folder.path("run"))
    let policy = try Self.policy(of: task, named: "multi-hover")
    var pilots = Pilots(agentCount: 3)
    (pilots[1], pilots[2]) = (.rule(.pid, seed: 0), .rule(.random, seed: 4))
    let flown = try Self.play(pilots, policy, recordingInto: run)
    let replayed = try Self.play(
      Pilots(["0-2=\(run.path)/actions.csv"], of: task, named: "multi-hover"), nil)
    #expect(flown.places == replayed.places && flown.places.count > 20)
    #expect(flown.result.drones?.map(\.meanReturn) == replayed.result.drones?.map(\.meanReturn))
    // By another's actions, a drone flies otherwise.
    let other = try Self.play(
      Pilots(["1-2=\(run.path)/actions.csv"], of: task, named: "multi-hover"), nil)
    #expect(other.places != flown.places)
  }

  @Test("results are of the policy's own drones, with each drone's beside them")
  func ownResults() throws {
    var pilots = Pilots(agentCount: 3)
    (pilots[0], pilots[2]) = (.rule(.pid, seed: 0), .rule(.random, seed: 0))
    let result = try Self.play(pilots, nil).result
    let drones = try #require(result.drones)
    #expect(drones.map(\.pilot) == ["pid", "learner", "random"])
    #expect(result.meanReturn == drones[1].meanReturn)
    #expect(drones[0].meanReturn > 300 && drones[2].meanReturn < drones[0].meanReturn)
  }

  @Test("each drone has chance of its own: another seed is another flight, the same seed the same")
  func chance() throws {
    func places(_ seed: UInt64) throws -> [[Double]] {
      var pilots = Pilots(agentCount: 3)
      for drone in 0..<3 { pilots[drone] = .rule(.random, seed: seed) }
      return try Self.play(pilots, nil).places
    }
    #expect(try places(1) == places(1))
    #expect(try places(1) != places(2))
  }
}
