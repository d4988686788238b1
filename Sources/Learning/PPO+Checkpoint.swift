import Foundation
import Gym
package import Workers

/// All that the future of learning depends on, but for the networks.
private struct LearningState<Snapshot: Codable>: Codable {
  var seed: UInt64
  var options: PPOOptions
  var iteration: Int
  var stepCount: Int
  var adamPowers: [SIMD2<Double>]
  var observationMoments: RunningMoments
  var returnMoments: RunningMoments
  var discountedReturns: [Float]
  var live: LiveAgents
  var statistics: EpisodeStatistics
  var observations: [Float]
  var environment: Snapshot
}

extension PPO where Environment: ~Copyable {
  /// Writes all that the future depends on, at once: a reader sees the old file or the new
  /// one, even if the program is killed meanwhile.
  package func writeCheckpoint(to path: String) throws {
    var file = TensorFile()
    file.metadata = ["kind": checkpointKind, "version": "1"]
    for (index, learner) in learners.enumerated() {
      for (name, buffer) in learner.buffers(at: index) {
        file.tensors[name] = .floats(buffer.values, shape: [buffer.count])
      }
    }
    let observations = batch.observations.indices.map { batch.observations[$0] }
    let state = LearningState(
      seed: seed, options: options, iteration: progress.iteration, stepCount: progress.stepCount,
      adamPowers: learners.map(\.adam.powers), observationMoments: observationMoments,
      returnMoments: returnMoments, discountedReturns: discountedReturns, live: live,
      statistics: statistics, observations: observations, environment: try environment.snapshot())
    let encoder = PropertyListEncoder()
    encoder.outputFormat = .binary
    do {
      file.tensors["state"] = .bytes([UInt8](try encoder.encode(state)))
    } catch {
      throw LearningError.file(path: path, reason: "the state cannot be written: \(error)")
    }
    try file.write(to: path)
  }

  /// Goes on from a checkpoint: what follows is, bit for bit, what would have followed.
  ///
  /// The environment must be made as the one that learned; the options are the checkpoint's, but for
  /// the number of steps to play, which may be raised.
  ///
  /// - Parameters:
  ///   - path: Where the checkpoint is.
  ///   - environment: An environment like the one that learned.
  ///   - totalSteps: How many steps to play in all, if not as many as before.
  ///   - pool: The threads that compute: the caller's alone unless said otherwise. Nothing depends on it.
  ///   - isOwn: Which rows learn, as they did.
  /// - Returns: The learner.
  /// - Throws: `LearningError` where the file is damaged or does not fit.
  package static func resume(
    from path: String, _ environment: consuming Environment, totalSteps: Int? = nil,
    pool: ThreadPool = ThreadPool(threads: 1), learning isOwn: [Bool]? = nil
  ) throws -> PPO {
    let file = try TensorFile(contentsOf: path)
    guard file.metadata["kind"] == checkpointKind, file.metadata["version"] == "1",
      case .bytes(let bytes)? = file.tensors["state"]
    else { throw LearningError.badFile(path: path, reason: "it is no checkpoint") }
    let state: LearningState<Environment.Snapshot>
    do {
      state = try PropertyListDecoder().decode(
        LearningState<Environment.Snapshot>.self, from: Data(bytes))
    } catch {
      throw LearningError.badFile(
        path: path, reason: "its state is not one of this kind of environment")
    }
    var options = state.options
    options.totalSteps = totalSteps ?? options.totalSteps
    do {
      var ppo = try PPO(
        environment, options: options, seed: state.seed, pool: pool, learning: isOwn)
      try ppo.restore(state, path: path)
      try ppo.restoreNetworks(file, powers: state.adamPowers, path: path)
      return ppo
    } catch let error as LearningError {
      if case .badFile = error { throw error }
      throw LearningError.badFile(path: path, reason: error.description)
    } catch {
      throw LearningError.badFile(path: path, reason: "\(error)")
    }
  }

  private mutating func restore(
    _ state: LearningState<Environment.Snapshot>, path: String
  ) throws {
    guard state.observations.count == batch.observations.count,
      state.live.isLike(live), state.statistics.isLike(statistics),
      state.discountedReturns.count == discountedReturns.count,
      state.observationMoments.isLike(observationMoments),
      state.returnMoments.isLike(returnMoments)
    else { throw LearningError.badFile(path: path, reason: "it is of another batch") }
    guard 0...1_000_000_000_000 ~= state.iteration,
      0...1_000_000_000_000_000_000 ~= state.stepCount,
      state.observations.allSatisfy(\.isFinite), state.discountedReturns.allSatisfy(\.isFinite),
      state.adamPowers.allSatisfy({ $0.x.isFinite && $0.y.isFinite })
    else { throw LearningError.badFile(path: path, reason: "its numbers make no sense") }
    try environment.restore(state.environment)
    progress.iteration = state.iteration
    progress.stepCount = state.stepCount
    observationMoments = state.observationMoments
    returnMoments = state.returnMoments
    discountedReturns = state.discountedReturns
    live = state.live
    statistics = state.statistics
    var rows = batch.rows
    for index in state.observations.indices { rows.observations[index] = state.observations[index] }
  }

  private mutating func restoreNetworks(
    _ file: TensorFile, powers: [SIMD2<Double>], path: String
  ) throws(LearningError) {
    guard powers.count == learners.count else {
      throw .badFile(path: path, reason: "it has \(powers.count) networks, not \(learners.count)")
    }
    for index in learners.indices {
      for (name, buffer) in learners[index].buffers(at: index) {
        guard case .floats(let values, _)? = file.tensors[name], values.count == buffer.count else {
          throw .badFile(path: path, reason: "'\(name)' does not fit the networks of the options")
        }
        buffer.values = values
      }
      learners[index].adam.powers = powers[index]
      learners[index].transpose()
    }
  }
}

private let checkpointKind = "swiftlet-checkpoint"

extension ActorCritic {
  /// What changes as it learns, by the names it has in a file.
  fileprivate func buffers(at index: Int) -> [(String, FloatBuffer)] {
    [
      ("learners.\(index).parameters", parameters),
      ("learners.\(index).adam.mean", adam.mean),
      ("learners.\(index).adam.square", adam.square),
    ]
  }
}
