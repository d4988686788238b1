import Randomness

/// Many copies of one environment, of one agent or several, stepped together.
///
/// This is the one interface that learners use; `SingleEnvironment` and `ParallelEnvironment` are
/// views of a batch of one. A type that conforms promises, and `GymTesting` checks:
///
/// - Same seeds and actions, same bits, independent of what ran before, and alone or in a batch.
/// - A step writes every row, allocates nothing, and reads no environment's rows for another.
/// - Observations are within their space, rewards finite.
/// - An agent whose episode ends is told so once, with its last observation. From then on it has left:
///   its row is all zero and false until the whole environment begins its next episode, which is when
///   all of its agents have left.
/// - What it refuses, it refuses by a ``GymError`` before anything has changed. Actions out of bounds
///   are brought to the bound; actions that are no numbers are refused.
public protocol VectorEnvironment: ~Copyable {
  /// All that the future depends on.
  associatedtype Snapshot: Sendable, Codable

  /// The shape of the batches that it is stepped with.
  var layout: BatchLayout { get }
  /// What every agent may observe.
  var observationSpace: BoxSpace { get }
  /// What every agent may do.
  var actionSpace: Space { get }
  /// What happens to an environment whose episode has ended.
  var autoresetMode: AutoresetMode { get }

  /// Begins an episode in all environments, or in some.
  ///
  /// Rows of the environments that begin are overwritten: observations with the first ones, everything
  /// else with zero and false. Those of others stay as they are.
  ///
  /// - Parameters:
  ///   - seeds: One seed for each environment of the batch; without them, random numbers go on from
  ///     where they are.
  ///   - mask: Which environments begin, one truth value each; without it, all do.
  ///   - batch: The buffers.
  /// - Throws: What it refuses.
  mutating func reset(
    seeds: [UInt64]?, where mask: [Bool]?, into batch: inout StepBatch
  ) throws(GymError)

  /// Advances every environment by one step, by the actions in the batch.
  mutating func step(_ batch: inout StepBatch) throws(GymError)

  /// Everything that the future depends on; taking it changes nothing.
  func snapshot() throws(GymError) -> Snapshot

  /// Goes back to a snapshot of this environment or of one made alike.
  mutating func restore(_ snapshot: Snapshot) throws(GymError)

  /// Lets go of what it holds; closing twice does nothing, and all else is refused from then on.
  mutating func close()
}

extension VectorEnvironment where Self: ~Copyable {
  /// Begins an episode in every environment, each with a stream of its own of one seed.
  public mutating func reset(seed: UInt64, into batch: inout StepBatch) throws(GymError) {
    try reset(
      seeds: environmentSeeds(from: seed, count: layout.environmentCount), where: nil, into: &batch)
  }

  /// Begins an episode in every environment, with the random numbers that come next.
  public mutating func reset(into batch: inout StepBatch) throws(GymError) {
    try reset(seeds: nil, where: nil, into: &batch)
  }
}

/// The seeds of the environments of a batch, split from one: environment i has that of stream i, in
/// a batch of any size.
package func environmentSeeds(from seed: UInt64, count: Int) -> [UInt64] {
  let root = SplitMix64(seed: seed)
  return (0..<count).map { index in
    var stream = root.stream(UInt64(index))
    return stream.next()
  }
}
