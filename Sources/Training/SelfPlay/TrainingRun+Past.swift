import Files
import Foundation
import Learning
import Tasks

extension TrainingRun {
  /// Keeps the policy as it is, if it is one of those that the learner is to play against.
  mutating func keepPast() throws {
    let iteration = ppo.progress.iteration
    guard let kept = configuration.selfPlay?.kept(by: iteration), kept.contains(iteration) else {
      return
    }
    try FileManager.default.createDirectory(
      atPath: folder.pool, withIntermediateDirectories: true)
    try policy().write(to: folder.pastPolicy(after: iteration))
    try loadPast(after: iteration)
    ppo.environment.pilots?.past?.keep(kept)
  }

  /// Takes in the policies that were kept until the checkpoint; later ones will be kept again.
  mutating func loadPast() throws {
    guard let selfPlay = configuration.selfPlay,
      ppo.environment.pilots?.past?.iterations.isEmpty == true
    else { return }
    for iteration in selfPlay.kept(by: ppo.progress.iteration) { try loadPast(after: iteration) }
  }

  /// From its file, so that it is the same whether the run was stopped meanwhile or not.
  private mutating func loadPast(after iteration: Int) throws {
    let policy = try Policy(contentsOf: folder.pastPolicy(after: iteration))
    try ppo.environment.pilots?.past?.add(policy, after: iteration)
  }
}
