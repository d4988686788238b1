/// The episodes of the worlds that are stepped together, for a task to go through.
public struct Episodes<Memory: Sendable & Codable>: Sendable {
  /// The episode under consideration.
  public var current: Episode<Memory>

  /// Episodes of which no more is known than what the task remembers of each world, until it is lent.
  @usableFromInline
  init(memories: [Memory]) {
    current = Episode(EpisodeRecords(), states: [], memories: memories, world: 0)
  }

  /// How many worlds there are. [–]
  @inlinable public var worldCount: Int { current.records.stepCounts.count }
  /// How many drones each world has. [–]
  @inlinable public var agentCount: Int { current.records.agentCount }

  /// Turns to the episode of another world.
  @inlinable
  public mutating func move(to world: Int) { current.world = world }

  /// Whether any drone of a world is active.
  @inlinable @inline(__always)
  public func isRunning(_ world: Int) -> Bool { current.records.isRunning(world) }
}
