import Control
package import Gym
import Learning
import Randomness
package import Tasks

/// Chooses the actions of the drones that others fly than whoever plays.
package struct PilotPlayer<Task: DroneTask> {
  /// The pilot of each row.
  private let pilots: [Pilot]
  private let agentCount: Int
  private var rules: TaskPlayer<Task>
  private var learned: [LearnedPilot]
  /// An action of each row, of which those are used that the learner does not choose.
  private var actions: [Float]
  private let actionCount: Int
  /// Where the chance of each world comes from.
  var randoms: [SplitMix64]
  /// The past policies, where some drones are flown by those.
  var past: PastPilots?

  /// The pilots of a batch.
  ///
  /// - Parameters:
  ///   - pilots: The pilot of each row.
  ///   - environment: What is played.
  /// - Throws: `LearningError` where a policy does not fit.
  package init(
    _ pilots: [Pilot], of environment: borrowing TaskEnvironment<Task>
  ) throws {
    let layout = environment.layout
    precondition(pilots.count == layout.rowCount, "a pilot for each row")
    (self.pilots, agentCount) = (pilots, layout.agentCount)
    rules = TaskPlayer(.pid, of: environment, seed: 0)
    actionCount = layout.actionCount
    actions = Array(repeating: 0, count: layout.rowCount * layout.actionCount)
    randoms = environmentSeeds(from: 0, count: layout.environmentCount).map(Self.random)
    learned = try LearnedPilot.all(of: pilots, agentCount: layout.agentCount)
    let worlds = pilots.indices.filter { if case .past = pilots[$0] { true } else { false } }
    past = worlds.isEmpty ? nil : PastPilots(rows: worlds, layout: layout)
  }

  /// Chance of its own for a world of some seed.
  private static func random(of seed: UInt64) -> SplitMix64 { SplitMix64(seed: seed).stream(4) }

  /// Which rows are whoever's that plays.
  package var isOwn: [Bool] { pilots.map(\.isOwn) }

  /// Takes in that a world begins an episode.
  package mutating func begin(_ world: Int, seed: UInt64? = nil) {
    if let seed { randoms[world] = Self.random(of: seed) }
    past?.begin(world)
  }

  /// Writes the actions of all drones that others fly and that are there.
  ///
  /// - Parameters:
  ///   - environment: Where the drones are.
  ///   - isLive: Which rows take part.
  ///   - batch: The buffers, with what the drones see.
  package mutating func act(
    in environment: borrowing TaskEnvironment<Task>, where isLive: [Bool], batch: inout StepBatch
  ) {
    // Taken out and put back, so that they are written where they are.
    var actions: [Float] = []
    swap(&actions, &self.actions)
    var span = actions.mutableSpan
    for index in learned.indices {
      learned[index].act(on: batch.observations, where: isLive, into: &span)
    }
    past?.act(on: batch.observations, where: isLive, drawing: &randoms, into: &span)
    for row in pilots.indices where isLive[row] {
      var action = span._mutatingExtracting(row * actionCount..<(row + 1) * actionCount)
      write(row, in: environment, into: &action)
    }
    for row in pilots.indices where isLive[row] && !pilots[row].isOwn {
      for index in row * actionCount..<(row + 1) * actionCount {
        batch.actions[index] = actions[index]
      }
    }
    swap(&actions, &self.actions)
  }

  /// Writes the action of one drone, if a rule or a recording says it.
  private mutating func write(
    _ row: Int, in environment: borrowing TaskEnvironment<Task>,
    into action: inout MutableSpan<Float>
  ) {
    switch pilots[row] {
    case .own, .policy, .past: break
    case .rule(let rule, let seed):
      var random = rule == .random ? next(seed, in: row / agentCount) : SplitMix64(seed: 0)
      rules.act(for: row, by: rule, using: &random, in: environment, into: &action)
    case .recorded(let recording):
      let step = environment.episode(of: row / agentCount).stepCount
      recording.write(step, of: row % agentCount, into: &action)
    }
  }

  /// The chance of an action, from that of its world.
  private mutating func next(_ seed: UInt64, in world: Int) -> SplitMix64 {
    SplitMix64(seed: randoms[world].next()).stream(seed)
  }

  /// What position control remembers of each drone.
  var controlMemories: [ControlMemory] {
    get { rules.controlMemories }
    set { rules.controlMemories = newValue }
  }
}
