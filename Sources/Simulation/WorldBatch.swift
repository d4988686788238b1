package import Drone
import SpatialMath
import Synchronization
package import Workers

/// Many worlds with as many drones each, stepped together on some threads.
///
/// Worlds stand in blocks of about 128 drones that fit the second cache. A block makes all steps of a
/// call before its thread turns to the next; which thread that is cannot be seen. Every world has the
/// bits that it would have alone.
package struct WorldBatch: ~Copyable, Sendable {
  /// How many worlds there are.
  package let worldCount: Int
  /// How many drones each has.
  package let dronesPerWorld: Int
  /// How many worlds each block has, but for the last, which may have fewer.
  package let worldsPerBlock: Int
  private let blocks: [WorldBlock<Simulator>]
  private let pool: ThreadPool

  /// Worlds at their start.
  ///
  /// - Parameters:
  ///   - worlds: What there is in each; as many drones in one as in another.
  ///   - physics: How drones move.
  ///   - frequency: How many steps make a second. [Hz]
  ///   - pool: Who steps them: the caller alone unless said otherwise.
  /// - Throws: ``SimulationError`` if Bullet refuses an obstacle or a drone's shape.
  package init(
    worlds: [WorldDescription], physics: FlightPhysics, frequency: Double,
    pool: ThreadPool = ThreadPool(threads: 1)
  ) throws(SimulationError) {
    precondition(!worlds.isEmpty, "a batch needs a world")
    worldCount = worlds.count
    dronesPerWorld = worlds[0].models.count
    precondition(
      worlds.allSatisfy { $0.models.count == worlds[0].models.count },
      "as many drones in each world")
    let ranges = Self.blocks(ofWorlds: worldCount, dronesPerWorld: dronesPerWorld)
    worldsPerBlock = ranges[0].count
    var blocks: [WorldBlock<Simulator>] = []
    for range in ranges {
      let simulator = try Simulator(
        worlds: Array(worlds[range]), physics: physics, frequency: frequency)
      blocks.append(WorldBlock(range, simulator))
    }
    self.blocks = blocks
    self.pool = pool
  }

  /// How many blocks there are.
  package var blockCount: Int { blocks.count }

  /// How many drones there are in all worlds; drone k of world w is w · ``dronesPerWorld`` + k.
  package var droneCount: Int { worldCount * dronesPerWorld }

  /// Advances all worlds by some physics steps under the commands as they stand.
  ///
  /// What went wrong is in ``faults(ofWorld:)``; a world in which something does keeps it to itself.
  package mutating func advance(steps: Int = 1) {
    forEachBlock { _, simulator in simulator.advance(steps: steps) }
  }

  /// Works on every block, on the threads of the pool and in no order.
  ///
  /// What reads or commands many drones is fastest here, while they are in the cache.
  ///
  /// - Parameter body: Is handed the worlds of a block, and the simulator that has them, the first as
  ///   its world 0.
  package mutating func forEachBlock(
    _ body: @escaping @Sendable (Range<Int>, inout Simulator) -> Void
  ) {
    let blocks = blocks
    pool.forEach(blocks.count) { index in
      blocks[index].content.withLock { body(blocks[index].worlds, &$0) }
    }
  }

  /// Works on the block of one world.
  ///
  /// - Parameters:
  ///   - world: The world.
  ///   - body: Is handed the world's index in its block, and the simulator.
  /// - Returns: What `body` returns.
  /// - Throws: What `body` throws.
  package mutating func withWorld<Result: Sendable, Failure: Error>(
    _ world: Int, _ body: (Int, inout Simulator) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let block = blocks[world / worldsPerBlock]
    return try block.content.withLock { simulator throws(Failure) in
      try body(world - block.worlds.lowerBound, &simulator)
    }
  }

  /// The state of a drone.
  package subscript(drone: Int) -> DroneState<Double> {
    let block = blocks[drone / dronesPerWorld / worldsPerBlock]
    let first = block.worlds.lowerBound * dronesPerWorld
    return block.content.withLock { $0.swarm[drone - first] }
  }

  /// The speeds that a drone's rotors are told to take from the next step on. [rpm]
  package mutating func command(_ drone: Int, rotorSpeeds: PerRotor<Double>) {
    let local = drone % dronesPerWorld
    withWorld(drone / dronesPerWorld) { world, simulator in
      simulator.command(world * simulator.swarm.dronesPerWorld + local, rotorSpeeds: rotorSpeeds)
    }
  }

  /// What is wrong with one world, nothing as a rule.
  package mutating func faults(ofWorld world: Int) -> StepFaults {
    withWorld(world) { world, simulator in simulator.faults(ofWorld: world) }
  }

  /// All that the next step of a world needs to know, as it stands now.
  package mutating func snapshot(ofWorld world: Int) -> WorldSnapshot {
    withWorld(world) { world, simulator in simulator.snapshot(ofWorld: world) }
  }

  /// Puts a world back to where it was, or where another world of its kind is.
  ///
  /// - Throws: ``SnapshotError/otherWorld`` if the snapshot is of another kind of world.
  package mutating func restore(
    _ snapshot: WorldSnapshot, toWorld world: Int
  ) throws(SnapshotError) {
    try withWorld(world) { (world, simulator) throws(SnapshotError) in
      try simulator.restore(snapshot, toWorld: world)
    }
  }

  /// Starts a world anew with its drones in some states.
  package mutating func reset(world: Int, states: [DroneState<Double>]) {
    withWorld(world) { world, simulator in simulator.reset(world: world, states: states) }
  }
}
