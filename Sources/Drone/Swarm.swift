public import SpatialMath

/// The drones of one world or several.
///
/// Each world has as many drones, which stand one after another and act on each other alone.
///
/// Drones stand in groups of four lanes; drone i is lane i mod 4 of group i / 4.
public struct Swarm: Sendable {
  /// How many drones there are.
  public let count: Int
  /// How many of them are in each world: drone i is in world i / dronesPerWorld.
  @usableFromInline package let dronesPerWorld: Int
  /// The drones in groups of lanes.
  @usableFromInline package var doubles: SwarmGroups<DroneLanes>
  /// How drones that have left their worlds moved when they did, a group an element.
  private var lastStates: [DroneState<DroneLanes>]

  /// A swarm of drones at rest at the origin, all in one world unless said otherwise.
  package init(parameters drones: [DroneParameters<Double>], dronesPerWorld: Int? = nil) {
    let lanes = DroneLanes.laneCount
    let groups = (drones.count + lanes - 1) / lanes
    count = drones.count
    self.dronesPerWorld = dronesPerWorld ?? drones.count
    lastStates = Array(repeating: DroneState(), count: groups)
    let parameters = (0..<groups).map { group in
      // A lane beyond the last drone repeats the group's first, so that it stays finite.
      var lanesOfGroup = drones[group * lanes].map { DroneLanes($0) }
      for lane in 0..<min(lanes, drones.count - group * lanes) {
        lanesOfGroup[lane: lane] = drones[group * lanes + lane]
      }
      return lanesOfGroup
    }
    doubles = SwarmGroups(
      parameters: parameters, count: count, dronesPerWorld: self.dronesPerWorld,
      areAlike: drones.allSatisfy { $0.isSame(as: drones[0]) })
  }

  /// The state of one drone.
  public package(set) subscript(drone: Int) -> DroneState<Double> {
    @inlinable get { doubles[drone] }
    set { doubles[drone] = newValue }
  }

  /// Gives a drone other numbers.
  package mutating func setParameters(_ numbers: DroneParameters<Double>, of drone: Int) {
    doubles.areAlike = doubles.areAlike && numbers.isSame(as: parameters[0][lane: 0])
    let (group, lane) = (drone / DroneLanes.laneCount, drone % DroneLanes.laneCount)
    doubles.parameters[group][lane: lane] = numbers
    doubles.parametersVersion += 1
  }

  /// Sets the height of the surface below a drone. [m]
  package mutating func setSurfaceHeight(_ height: Double, of drone: Int) {
    doubles.setSurfaceHeight(height, of: drone)
  }

  /// Sets the attitude that a drone had in the step before.
  package mutating func setLinkFrame(
    _ attitude: RotationMatrix<Body, World, Double>, of drone: Int
  ) {
    let (group, lane) = (drone / DroneLanes.laneCount, drone % DroneLanes.laneCount)
    doubles.stepValues[group].linkFrame[lane: lane] = attitude
  }
}

// Drones that leave their worlds before the others.
extension Swarm {
  /// Takes a drone out of its world: it keeps its state, nothing acts on it, and it acts on nothing.
  package mutating func remove(_ drone: Int) {
    guard doubles.presence[drone] else { return }
    let (group, lane) = (drone / DroneLanes.laneCount, drone % DroneLanes.laneCount)
    lastStates[group][lane: lane] = self[drone]
    doubles.presence.remove(drone)
  }

  /// Brings a drone back into its world.
  package mutating func bringBack(_ drone: Int) {
    if !doubles.presence[drone] { doubles.presence.bringBack(drone) }
  }

  /// Gives drones that have left the states with which they did.
  package mutating func holdAbsent() {
    guard !doubles.presence.areAll else { return }
    for group in groups {
      let isPresent = doubles.presence[group: group]
      guard (.!isPresent).any else { continue }
      doubles.states[group].update(from: lastStates[group]) {
        $0 = $1.replacing(with: $0, where: isPresent)
      }
    }
  }
}

// The drones' numbers, a group an element.
extension Swarm {
  /// The numbers of the drones.
  @inlinable @inline(__always)
  package var parameters: [DroneParameters<DroneLanes>] { doubles.parameters }

  /// Whether no drone was ever given other numbers than the first had at the start.
  @inlinable @inline(__always)
  package var areAlike: Bool { doubles.areAlike }

  /// The states.
  @inlinable @inline(__always)
  package var states: [DroneState<DroneLanes>] {
    get { doubles.states }
    _modify { yield &doubles.states }
  }

  /// What a step works out for each group on its way.
  @inlinable @inline(__always)
  package var stepValues: [StepValues<DroneLanes>] {
    get { doubles.stepValues }
    _modify { yield &doubles.stepValues }
  }

  /// The groups of lanes.
  @inlinable @inline(__always)
  package var groups: Range<Int> {
    0..<(count + DroneLanes.laneCount - 1) / DroneLanes.laneCount
  }

  /// How many worlds there are.
  @inlinable
  package var worldCount: Int { count / dronesPerWorld }

  /// The drones of one world.
  @inlinable
  package func drones(ofWorld world: Int) -> Range<Int> {
    world * dronesPerWorld..<(world + 1) * dronesPerWorld
  }
}
