public import Control
public import Gym
public import Randomness
import SpatialMath

/// What drones are to do: the part of a decision process that is not physics.
///
/// A task is a value with short answers about one drone; ``TaskEnvironment`` asks them, in as many worlds
/// as are wanted. Whatever an episode has to remember beyond how the drones move is its ``Memory``.
public protocol DroneTask: Sendable {
  /// What an episode remembers.
  associatedtype Memory: Sendable, Codable = NoMemory

  /// How many drones take part.
  var agentCount: Int { get }
  /// The world, what drones are told and what they see; files and callers may change it before the task
  /// is played.
  var setup: TaskSetup { get set }
  /// How many of the setup's first obstacles belong to the task, which may move them at the start of an
  /// episode; those that a file adds come behind them.
  var ownObstacleCount: Int { get }
  /// The task in words.
  var contract: TaskContract { get }

  /// Begins an episode.
  ///
  /// - Parameters:
  ///   - start: Where drones and obstacles are, at the origin and as in the setup; to be changed.
  ///   - random: Where random numbers come from.
  /// - Returns: What the episode remembers at its start.
  func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> Memory

  /// Whether an episode can have come to remember this; snapshots that say otherwise are refused.
  func isPossible(_ memory: Memory) -> Bool

  /// Takes in a step, before anything is asked about it.
  func update(_ episode: inout Episode<Memory>)

  /// Where a drone should be now.
  func goal(of agent: Int, in episode: Episode<Memory>) -> Setpoint

  /// What a drone gained by the step. [–]
  func reward(of agent: Int, in episode: Episode<Memory>) -> Double

  /// Whether the episode is over for a drone by the rules of the task: no reward could follow.
  func isTerminated(_ agent: Int, in episode: Episode<Memory>) -> Bool

  /// Whether a drone's episode is cut off from outside before its time.
  func isTruncated(_ agent: Int, in episode: Episode<Memory>) -> Bool

  /// Whether a drone has done what it was to do, asked about the step that ended its episode.
  ///
  /// If a task does not say otherwise: whether it is within 0.1 m of its goal, and was neither
  /// terminated nor cut off before its time.
  func hasSucceeded(_ agent: Int, in episode: Episode<Memory>) -> Bool

  /// A number that only this task knows, for ``ObservationPart/features(_:)``, between −1 and 1. [–]
  func feature(_ index: Int, of agent: Int, in episode: Episode<Memory>) -> Double

  /// Judges a step of many worlds at once. If a task does not say otherwise, it is asked drone by drone.
  ///
  /// - Parameters:
  ///   - episodes: The worlds; those in which no drone is active are to be left out.
  ///   - rows: Where the rewards, terminations and truncations of active drones go, drone by drone and
  ///     world by world; a reward that is not finite truncates the drone's episode.
  func judge(_ episodes: inout Episodes<Memory>, into rows: inout StepRows)

  /// Says of many drones at once where they should be, and their features. If a task does not say
  /// otherwise, it is asked drone by drone.
  ///
  /// - Parameters:
  ///   - worlds: The worlds in question.
  ///   - episodes: All worlds; drones seem to move as their sensors say.
  ///   - outputs: Where the answers go.
  func describe(
    _ worlds: Range<Int>, of episodes: inout Episodes<Memory>, into outputs: inout TaskOutputs)
}

extension DroneTask {
  public var agentCount: Int { 1 }
  public var ownObstacleCount: Int { 0 }
  public var contract: TaskContract { TaskContract("") }
  @inlinable public func isPossible(_ memory: Memory) -> Bool { true }
  @inlinable public func update(_ episode: inout Episode<Memory>) {}
  @inlinable
  public func isTerminated(_ agent: Int, in episode: Episode<Memory>) -> Bool { false }
  @inlinable
  public func isTruncated(_ agent: Int, in episode: Episode<Memory>) -> Bool { false }
  public func hasSucceeded(_ agent: Int, in episode: Episode<Memory>) -> Bool {
    hasEnded(agent, within: 0.1, in: episode)
  }
  @inlinable
  public func feature(_ index: Int, of agent: Int, in episode: Episode<Memory>) -> Double { 0 }

  /// Whether a drone is that near to its goal when its time is up, and neither terminated nor cut off
  /// before. [m]
  func hasEnded(_ agent: Int, within tolerance: Double, in episode: Episode<Memory>) -> Bool {
    let error = goal(of: agent, in: episode).position - episode.position(of: agent)
    return error.norm < tolerance && !isTerminated(agent, in: episode)
      && !isTruncated(agent, in: episode)
  }
}

// The loops over drones. They are inlinable, and so compiled where a task says that it is one, with its
// answers inside them.
extension DroneTask {
  @inlinable
  public func judge(_ episodes: inout Episodes<Memory>, into rows: inout StepRows) {
    judgeEach(&episodes, into: &rows)
  }

  /// Judges a step drone by drone.
  @inlinable
  package func judgeEach(_ episodes: inout Episodes<Memory>, into rows: inout StepRows) {
    for world in 0..<episodes.worldCount where episodes.isRunning(world) {
      episodes.move(to: world)
      update(&episodes.current)
      for agent in 0..<episodes.agentCount where episodes.current.isActive(agent) {
        let row = world * episodes.agentCount + agent
        let reward = Float(reward(of: agent, in: episodes.current))
        rows.rewards[row] = reward
        guard reward.isFinite else { continue }
        let isTerminated = isTerminated(agent, in: episodes.current)
        rows.terminations[row] = isTerminated
        rows.truncations[row] = !isTerminated && isTruncated(agent, in: episodes.current)
      }
    }
  }

  @inlinable
  public func describe(
    _ worlds: Range<Int>, of episodes: inout Episodes<Memory>, into outputs: inout TaskOutputs
  ) {
    for world in worlds {
      episodes.move(to: world)
      for agent in 0..<episodes.agentCount where episodes.current.isPresent(agent) {
        let row = world * episodes.agentCount + agent
        if outputs.wantsGoals {
          outputs.setGoal(goal(of: agent, in: episodes.current), ofRow: row)
        }
        guard outputs.wantsFeatures else { continue }
        for index in 0..<outputs.featureCount {
          outputs.setFeature(
            index, ofRow: row, to: feature(index, of: agent, in: episodes.current))
        }
      }
    }
  }
}

/// The memory of a task that remembers nothing.
public struct NoMemory: Sendable, Codable {
  /// Nothing.
  @inlinable public init() {}
}
