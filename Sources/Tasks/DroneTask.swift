public import Control
public import Gym
public import Randomness
import SpatialMath

/// What drones are to do: the part of a decision process that is not physics.
///
/// A task is a value with short answers; ``TaskEnvironment`` plays it, in as many worlds as are asked
/// for. Whatever an episode has to remember beyond how the drones move is its ``Memory``.
public protocol DroneTask: Sendable {
  /// What an episode remembers.
  associatedtype Memory: Sendable, Codable = NoMemory

  /// How many drones take part.
  var agentCount: Int { get }
  /// The world, what drones are told and what they see.
  var setup: TaskSetup { get }
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

  /// Plays an action in some worlds. Leave it as it is: it stands among the requirements so that it is
  /// compiled for each task on its own, which makes it several times as fast.
  static func play(_ worlds: inout TaskWorlds<Self>, _ rows: inout StepRows)

  /// Begins an episode in one of some worlds. Leave it as it is, for the same reason.
  static func restart(_ worlds: inout TaskWorlds<Self>, _ world: Int, _ rows: inout StepRows)
}

extension DroneTask {
  public var agentCount: Int { 1 }
  public var setup: TaskSetup { TaskSetup() }
  public var contract: TaskContract { TaskContract("") }
  public func isPossible(_ memory: Memory) -> Bool { true }
  public func update(_ episode: inout Episode<Memory>) {}
  public func isTerminated(_ agent: Int, in episode: Episode<Memory>) -> Bool { false }
  public func isTruncated(_ agent: Int, in episode: Episode<Memory>) -> Bool { false }
  public func hasSucceeded(_ agent: Int, in episode: Episode<Memory>) -> Bool {
    let error = goal(of: agent, in: episode).position - episode.position(of: agent)
    return error.norm < 0.1 && !isTerminated(agent, in: episode)
      && !isTruncated(agent, in: episode)
  }
  public func feature(_ index: Int, of agent: Int, in episode: Episode<Memory>) -> Double { 0 }

  public static func play(_ worlds: inout TaskWorlds<Self>, _ rows: inout StepRows) {
    worlds.step(&rows)
  }

  public static func restart(
    _ worlds: inout TaskWorlds<Self>, _ world: Int, _ rows: inout StepRows
  ) {
    worlds.reset(world, into: &rows)
  }
}

/// The memory of a task that remembers nothing.
public struct NoMemory: Sendable, Codable {
  /// Nothing.
  public init() {}
}

/// A task in words: what people read before they choose it.
public struct TaskContract: Sendable {
  /// What is to be done, in a line.
  public var summary: String
  /// Where drones start.
  public var start: String
  /// What each step is worth.
  public var reward: String
  /// When an episode is over by the rules.
  public var terminated: String
  /// When it is cut off from outside, besides the time limit.
  public var truncated: String
  /// What the numbers are that only this task knows.
  public var features: String

  /// The words.
  public init(
    _ summary: String, start: String = "", reward: String = "", terminated: String = "never",
    truncated: String = "", features: String = ""
  ) {
    (self.summary, self.start, self.reward) = (summary, start, reward)
    (self.terminated, self.truncated, self.features) = (terminated, truncated, features)
  }
}
