public import SpatialMath

/// The drones of one world or several in the middle of a step, as aerodynamic effects see them.
///
/// Each world has as many drones, which stand one after another and act on each other alone.
///
/// Drones stand in groups of four lanes; drone i is lane i mod 4 of group i / 4. The last group is
/// filled up with drones that count for nothing: ``count`` says where the real ones end.
public struct Swarm: Sendable {
  /// How many drones there are.
  public let count: Int
  /// How many of them are in each world: drone i is in world i / dronesPerWorld.
  public let dronesPerWorld: Int
  /// The numbers of the drones, a group an element.
  public private(set) var parameters: [DroneParameters<DroneLanes>]
  /// Whether no drone was ever given other numbers than the first had at the start.
  public private(set) var areAlike: Bool

  /// Which of ``parameters`` to take for a group: of drones that are all alike the first, which stay in
  /// the nearest cache.
  @inlinable @inline(__always)
  public func parametersIndex(of group: Int) -> Int { areAlike ? 0 : group }
  /// The states at the start of the step, a group an element; their rotor speeds are still those of
  /// the step before.
  public package(set) var states: [DroneState<DroneLanes>]
  /// The attitudes of ``states`` as matrices.
  public package(set) var attitudes: [RotationMatrix<Body, World, DroneLanes>]
  /// The rotor speeds that act over this step. [rpm]
  public package(set) var rotorSpeeds: [PerRotor<DroneLanes>]
  /// The thrust of all rotors of each drone at ``rotorSpeeds``, without effects. [N]
  public package(set) var thrusts: [DroneLanes]
  /// The velocity of the air around each drone, in the world. [m/s]
  public package(set) var winds: [Vector<World, DroneLanes>]
  /// The height of the surface below each drone, in the world. [m]
  public package(set) var surfaceHeights: [DroneLanes]
  /// Who is near whom along the ground: at least all within the reach of all effects; `nil` where worlds
  /// are so small that everybody counts as near.
  public package(set) var neighbours: NeighbourLists?

  /// The groups of lanes.
  @inlinable
  public var groups: Range<Int> { 0..<states.count }

  /// How many worlds there are.
  @inlinable
  public var worldCount: Int { count / dronesPerWorld }

  /// The drones of one world.
  @inlinable
  public func drones(ofWorld world: Int) -> Range<Int> {
    world * dronesPerWorld..<(world + 1) * dronesPerWorld
  }

  /// A swarm of drones at rest at the origin, all in one world unless said otherwise.
  package init(parameters drones: [DroneParameters<Double>], dronesPerWorld: Int? = nil) {
    self.dronesPerWorld = dronesPerWorld ?? drones.count
    let lanes = DroneLanes.laneCount
    let groups = (drones.count + lanes - 1) / lanes
    count = drones.count
    areAlike = drones.allSatisfy { $0.isSame(as: drones[0]) }
    states = Array(repeating: DroneState(), count: groups)
    attitudes = Array(repeating: RotationMatrix(.identity), count: groups)
    rotorSpeeds = Array(repeating: PerRotor(repeating: .zero), count: groups)
    thrusts = Array(repeating: .zero, count: groups)
    winds = Array(repeating: .zero, count: groups)
    surfaceHeights = Array(repeating: .zero, count: groups)
    parameters = (0..<groups).map { group in
      // A lane beyond the last drone repeats the group's first, so that it stays finite.
      var lanesOfGroup = drones[group * lanes].map { DroneLanes($0) }
      for lane in 0..<min(lanes, drones.count - group * lanes) {
        lanesOfGroup[lane: lane] = drones[group * lanes + lane]
      }
      return lanesOfGroup
    }
  }

  /// Gives a drone other numbers.
  package mutating func setParameters(_ numbers: DroneParameters<Double>, of drone: Int) {
    areAlike = areAlike && numbers.isSame(as: parameters[0][lane: 0])
    parameters[drone / DroneLanes.laneCount][lane: drone % DroneLanes.laneCount] = numbers
  }

  /// The state of one drone.
  public package(set) subscript(drone: Int) -> DroneState<Double> {
    @inlinable get { states[drone / DroneLanes.laneCount][lane: drone % DroneLanes.laneCount] }
    set {
      states[drone / DroneLanes.laneCount][lane: drone % DroneLanes.laneCount] = newValue
    }
  }
}
