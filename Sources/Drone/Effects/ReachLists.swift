public import SpatialMath

/// Groups of which some drones may feel another drone: what effects between drones look through, drone by
/// drone, while no drone has gone far from where it was listed.
@usableFromInline
package struct ReachLists<S: GroupLanes>: Sendable {
  @usableFromInline var starts: [Int] = [0]
  @usableFromInline var groups: [Int32] = []
  /// How far each drone may go from where it was listed, before the lists are made anew. [m]
  @usableFromInline package private(set) var way = 0.0
  /// Which of the groups some effect has been found to reach.
  private var isReached: [Bool] = []
  private var neighbours = NeighbourLists<S>()
  /// How far away along the ground the lists hold all drones; infinite where they do so in all of the world. [m]
  @usableFromInline package private(set) var radius = -1.0
  /// Where drones were when they were listed; nowhere those that had left. [m]
  @usableFromInline package private(set) var positions: [Vector<World, S>] = []
  /// What drones were then: see ``SwarmGroups/parametersVersion``.
  @usableFromInline package private(set) var parametersVersion = -1

  /// No lists.
  package init() {}

  /// The size of a world from which on it pays to know which drones are near each other.
  private static var manyDrones: Int { 33 }

  /// Whether worlds are so large that it has to be known how far away along the ground drones may be felt.
  package static func asksForReach(in swarm: SwarmGroups<S>) -> Bool {
    swarm.dronesPerWorld >= manyDrones
  }

  /// Whether no drone has gone far since the lists were made, and effects reach no farther.
  ///
  /// - Parameters:
  ///   - swarm: The drones.
  ///   - reach: How far away along the ground any may be felt, where that may change while they stay where they
  ///     are. [m]
  /// - Returns: Whether the lists hold all that any drone may feel in the step to come.
  // Inlinable: for a call to what is not, all that is known of the drones would be copied.
  @inlinable
  package func areGood(for swarm: SwarmGroups<S>, within reach: Double) -> Bool {
    guard positions.count == swarm.groups.count, starts.count == swarm.count + 1,
      parametersVersion == swarm.parametersVersion, reach <= radius - 2 * way
    else { return false }
    // Somewhat less, for rounding.
    let limit = S(0.9 * way) * S(0.9 * way)
    for group in swarm.groups {
      let hasStayed = (swarm.states[group].position - positions[group]).squaredNorm .<= limit
      guard (.!hasStayed).any else { continue }
      let isDrone = SwarmGroups<S>.isOneOf(0..<swarm.count, group) .& swarm.presence[group: group]
      guard !(.!hasStayed .& isDrone).any else { return false }
    }
    return true
  }

  /// Begins new lists with all groups that have drones in reach along the ground; effects then mark those that
  /// they reach, by ``PairForce/mark(_:in:)``.
  ///
  /// - Parameters:
  ///   - swarm: The drones.
  ///   - reach: How far away along the ground any may be felt before one has gone farther than `way`. [m]
  ///   - way: How far each drone may go before the lists are made anew. [m]
  @specialized(where S == DoubleLanes)
  @specialized(where S == FloatLanes)
  package mutating func begin(for swarm: SwarmGroups<S>, within reach: Double, way: Double) {
    starts.removeAll(keepingCapacity: true)
    groups.removeAll(keepingCapacity: true)
    positions.removeAll(keepingCapacity: true)
    isReached.removeAll(keepingCapacity: true)
    starts.append(0)
    parametersVersion = swarm.parametersVersion
    self.way = way
    if Self.asksForReach(in: swarm) {
      radius = Self.provision * reach + 2 * way
      neighbours.find(in: swarm, within: radius, distance: .sideways)
      for drone in 0..<swarm.count { listNeighbours(of: drone) }
    } else {
      radius = .infinity
      for drone in 0..<swarm.count {
        let world = swarm.drones(ofWorld: drone / swarm.dronesPerWorld)
        for group in SwarmGroups<S>.groups(of: world) { groups.append(Int32(group)) }
        starts.append(groups.count)
      }
    }
    for group in swarm.groups {
      let nowhere = Vector<World, S>(S(.nan), S(.nan), S(.nan))
      positions.append(
        nowhere.replacing(
          with: swarm.states[group].position, where: swarm.presence[group: group]))
    }
    for _ in groups { isReached.append(false) }
  }

  /// How far drones may go before lists are made anew, if any may be felt so far away along the ground. [m]
  package static func way(forReach reach: Double) -> Double { max(0.05, 0.1 * reach) }

  /// How much farther lists reach than they are asked to, since reaches change. [–]
  private static var provision: Double { 1.1 }

  private mutating func listNeighbours(of drone: Int) {
    var last: Int32 = -1
    for other in neighbours[drone] where other / Int32(S.laneCount) != last {
      last = other / Int32(S.laneCount)
      groups.append(last)
    }
    starts.append(groups.count)
  }

  /// Marks the groups listed for a drone that satisfy a condition.
  @usableFromInline
  mutating func mark(of drone: Int, where isFelt: (Int) -> Bool) {
    for place in starts[drone]..<starts[drone + 1] where !isReached[place] {
      isReached[place] = isFelt(Int(groups[place]))
    }
  }

  /// Keeps the marked groups alone.
  @specialized(where S == DoubleLanes)
  @specialized(where S == FloatLanes)
  package mutating func finish() {
    var (count, start) = (0, 0)
    for drone in 0..<starts.count - 1 {
      let end = starts[drone + 1]
      for place in start..<end where isReached[place] {
        groups[count] = groups[place]
        count += 1
      }
      (start, starts[drone + 1]) = (end, count)
    }
    groups.removeLast(groups.count - count)
  }
}

extension PairForce {
  /// Marks the groups that may feel a drone before either has gone farther than lists allow.
  @inlinable
  func mark(_ lists: inout ReachLists<S>, in swarm: inout SwarmGroups<S>) {
    let dronesPerWorld = swarm.dronesPerWorld
    let way = S(2 * lists.way)
    unsafe swarm.withGroups { groups in
      for group in unsafe 0..<groups.count where unsafe groups.isAnyPresent(in: group) {
        let sources = unsafe source(groups.condition(of: group))
        for drone in unsafe groups.drones(ofGroup: group) where unsafe groups.isPresent(drone) {
          let source = sources.repeated(lane: drone % S.laneCount)
          let first = drone / dronesPerWorld * dronesPerWorld
          lists.mark(of: drone) { receivers in
            let isFelt = unsafe mayReach(
              groups.states[receivers].position, from: source, within: way)
            let others = SwarmGroups<S>.isOther(
              than: drone, in: first..<first + dronesPerWorld, receivers)
            return (isFelt .& others).any
          }
        }
      }
    }
  }
}
