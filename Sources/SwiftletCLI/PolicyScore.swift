import Foundation
import Swiftlet

/// What a policy of the package is worth, beside where it comes from.
struct PolicyScore: Encodable {
  let policy: String
  let task: String
  /// How many drones it flies. [–]
  let drones: String
  /// The seed of its training.
  let seed: String
  /// After how many steps of training it was found. [–]
  let steps: String
  let result: TrialResult

  init(_ name: String, _ policy: Policy, _ result: TrialResult) {
    (self.policy, self.result) = (name, result)
    task = policy.metadata["task"] ?? ""
    drones = policy.metadata["drones"] ?? ""
    seed = policy.metadata["seed"] ?? ""
    steps = policy.metadata["steps"] ?? ""
  }
}

extension [PolicyScore] {
  /// The scores for people, a policy a line.
  var text: String {
    var table = TextTable(
      ["policy", "task", "drones", "seed", "trained steps"] + TrialResult.columns)
    for score in self {
      table.append(
        [score.policy, score.task, score.drones, score.seed, score.steps] + score.result.cells)
    }
    return table.text
  }
}
