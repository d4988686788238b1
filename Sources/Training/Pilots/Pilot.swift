package import Learning
package import Tasks

/// Who flies a drone of a task.
package enum Pilot: Sendable {
  /// Whoever plays: the policy that learns, or that is tried.
  case own
  /// A policy that has learned the task, by its likeliest actions.
  case policy(Policy, name: String)
  /// A policy that has learnt nothing; the seed is for chance.
  case rule(TaskPolicy, seed: UInt64)
  /// The actions of the same drone in an episode that was recorded.
  case recorded(ActionRecording)
  /// A past policy of the one that learns, drawn anew for each episode.
  case past

  /// Whether it is whoever plays.
  package var isOwn: Bool { if case .own = self { true } else { false } }

  /// What it is called.
  package var name: String {
    switch self {
    case .own: "learner"
    case .policy(_, let name): name
    case .rule(.random, let seed): seed == 0 ? "random" : "random:\(seed)"
    case .rule(let policy, _): policy.rawValue
    case .recorded(let recording): recording.path
    case .past: "past"
    }
  }
}

/// Who flies which drone of a task: one value, so that learning, learned, scripted, random and recorded agents share a
/// world.
package struct Pilots: Sendable {
  /// The pilot of each drone.
  package private(set) var pilots: [Pilot]

  /// All drones flown by whoever plays.
  package init(agentCount: Int) { pilots = Array(repeating: .own, count: agentCount) }

  /// The pilot of a drone.
  package subscript(drone: Int) -> Pilot {
    get { pilots[drone] }
    set { pilots[drone] = newValue }
  }

  /// Whether whoever plays flies all drones.
  package var areAllOwn: Bool { pilots.allSatisfy(\.isOwn) }

  /// The pilots of all drones of some worlds, by row.
  package func rows(worlds: Int) -> [Pilot] {
    (0..<worlds).flatMap { _ in pilots }
  }
}
