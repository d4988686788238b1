import Configuration
import Drone
import Foundation
package import Learning
package import Tasks

/// What a policy file says of the task that its policy learned: to be compared before the policy flies.
package struct TaskSignature: Sendable, Hashable {
  /// The entries, by their keys in the file's metadata.
  package let entries: [String: String]

  /// The same in words, for people.
  let words: [String: String]

  /// The signature of a task.
  package init(of task: some DroneTask, named name: String) {
    let setup = task.setup
    entries = [
      "task": name, "drones": "\(task.agentCount)", "model": setup.model.name,
      "physics_frequency": "\(setup.physicsFrequency)",
      "control_frequency": "\(setup.controlFrequency)", "action": setup.actionMode.stableName,
      "observation": (setup.observation.map(\.stableName) + setup.sensors.map(\.stableName))
        .joined(separator: " "),
    ]
    words = [
      "action_in_words": "\(setup.actionMode)",
      "observation_in_words":
        (setup.observation.map { "\($0.count(actionCount: setup.actionMode.count)): \($0)" }
        + setup.sensors.map { "\($0.count): \($0)" }).joined(separator: "; "),
    ]
  }

  /// What may be asked for otherwise than it was learned: a policy still sees what it saw, and its actions
  /// mean what they meant.
  private static let adjustable: Set = ["control_frequency", "model", "physics_frequency"]

  /// Refuses a policy that learned something else.
  ///
  /// - Parameters:
  ///   - policy: The policy.
  ///   - isAdjusted: Whether another model, and other rates, were asked for.
  /// - Returns: What differs because it was asked for, in a sentence each.
  /// - Throws: `unfit` with the first difference. How many drones there are may differ, as long as a
  ///   shared network flies them all.
  @discardableResult
  package func check(
    _ policy: Policy, isAdjusted: Bool = false
  ) throws(TrainingError) -> [String] {
    var differences: [String] = []
    for (key, own) in entries.sorted(by: { $0.key < $1.key }) {
      guard let its = policy.metadata[key] else {
        throw .unfit("its file does not say its '\(key)': it was not trained by 'swiftlet train'")
      }
      if key == "drones", policy.networkCount == 1 { continue }
      guard its != own else { continue }
      let word = key.replacing("_", with: " ")
      let written = String(its.prefix(400)).printable
      guard isAdjusted, Self.adjustable.contains(key) else {
        throw .unfit("its \(word) is '\(written)', but '\(own)' is wanted")
      }
      differences.append("learned with \(word) '\(written)', and plays with '\(own)'")
    }
    return differences
  }
}
