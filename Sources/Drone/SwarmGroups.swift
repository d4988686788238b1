public import SpatialMath

/// The drones of one world or several in groups of lanes, as a step works on them.
///
/// Drone i is lane i mod n of group i / n, with n lanes. The last group is filled up with drones that count for
/// nothing: ``count`` says where the real ones end.
@usableFromInline
package struct SwarmGroups<S: GroupLanes>: Sendable {
  /// How many drones there are.
  @usableFromInline package let count: Int
  /// How many of them are in each world: drone i is in world i / dronesPerWorld.
  @usableFromInline package let dronesPerWorld: Int
  /// The numbers of the drones, a group an element.
  @usableFromInline package var parameters: [DroneParameters<S>]
  /// Whether no drone was ever given other numbers than the first had at the start.
  @usableFromInline package var areAlike: Bool
  /// The states at the start of the step, a group an element; their rotor speeds are still those of the step
  /// before.
  @usableFromInline package var states: [DroneState<S>]
  /// What the step works out for each group on its way.
  @usableFromInline package var stepValues: [StepValues<S>]
  /// Counts up where drones are given other numbers.
  @usableFromInline package var parametersVersion = 0
  /// Which drones may feel each other; `nil` where that has not been found out, and all of a world may.
  @usableFromInline package var reachLists: ReachLists<S>?
  /// Which drones are in their worlds.
  @usableFromInline package var presence: Presence<S>

  /// Drones at rest at the origin.
  ///
  /// - Parameters:
  ///   - parameters: The numbers of the drones, a group an element.
  ///   - count: How many drones there are.
  ///   - dronesPerWorld: How many of them are in each world.
  ///   - areAlike: Whether the numbers of all drones are the same.
  @inlinable
  package init(
    parameters: [DroneParameters<S>], count: Int, dronesPerWorld: Int, areAlike: Bool
  ) {
    (self.count, self.dronesPerWorld, self.areAlike) = (count, dronesPerWorld, areAlike)
    self.parameters = parameters
    states = Array(repeating: DroneState(), count: parameters.count)
    stepValues = Array(repeating: StepValues(), count: parameters.count)
    presence = Presence(groups: parameters.count)
  }

  /// No drones.
  @inlinable
  package init() { self.init(parameters: [], count: 0, dronesPerWorld: 1, areAlike: true) }

  /// Which of ``parameters`` to take for a group: of drones that are all alike the first, which stay in
  /// the nearest cache.
  @inlinable @inline(__always)
  package func parametersIndex(of group: Int) -> Int { areAlike ? 0 : group }

  /// The groups of lanes.
  @inlinable @inline(__always)
  package var groups: Range<Int> { 0..<states.count }

  /// How many worlds there are.
  @inlinable
  package var worldCount: Int { count / dronesPerWorld }

  /// The drones of one world.
  @inlinable
  package func drones(ofWorld world: Int) -> Range<Int> {
    world * dronesPerWorld..<(world + 1) * dronesPerWorld
  }

  /// The drones of a group.
  @inlinable @inline(__always)
  package func drones(ofGroup group: Int) -> Range<Int> {
    let first = group * S.laneCount
    return first..<min(first + S.laneCount, count)
  }

  /// Where a drone is. [m]
  @inlinable @inline(__always)
  package func position(of drone: Int) -> Vector<World, Double> {
    states[drone / S.laneCount].position[lane: drone % S.laneCount]
  }

  /// The state of one drone.
  @inlinable
  package subscript(drone: Int) -> DroneState<Double> {
    get { states[drone / S.laneCount][lane: drone % S.laneCount] }
    set { states[drone / S.laneCount][lane: drone % S.laneCount] = newValue }
  }

  /// Sets the height of the surface below a drone. [m]
  @inlinable
  package mutating func setSurfaceHeight(_ height: Double, of drone: Int) {
    stepValues[drone / S.laneCount].surfaceHeight[lane: drone % S.laneCount] = height
  }
}

// Which groups and lanes drones stand in.
extension SwarmGroups {
  /// The groups that have some drones.
  @inlinable @inline(__always)
  package static func groups(of drones: Range<Int>) -> Range<Int> {
    let lanes = S.laneCount
    return drones.lowerBound / lanes..<(drones.upperBound + lanes - 1) / lanes
  }

  /// Which lanes of a group are among some drones.
  @inlinable @inline(__always)
  package static func isOneOf(_ drones: Range<Int>, _ group: Int) -> S.Mask {
    let index = index(ofGroup: group)
    return (S(Double(drones.lowerBound)) .<= index) .& (index .< S(Double(drones.upperBound)))
  }

  /// Which lanes of a group are drones of a world, one drone left out.
  @inlinable @inline(__always)
  package static func isOther(than drone: Int, in world: Range<Int>, _ group: Int) -> S.Mask {
    let (index, own) = (index(ofGroup: group), S(Double(drone)))
    return isOneOf(world, group) .& ((index .< own) .| (own .< index))
  }

  @inlinable @inline(__always)
  static func index(ofGroup group: Int) -> S { S(Double(group * S.laneCount)) + S.laneNumbers }
}
