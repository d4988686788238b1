public import SpatialMath

/// The drones of one world or several.
///
/// Each world has as many drones, which stand one after another and act on each other alone.
///
/// Drones stand in groups of four lanes; drone i is lane i mod 4 of group i / 4. The last group is
/// filled up with drones that count for nothing: ``count`` says where the real ones end.
public struct Swarm: Sendable {
  /// How many drones there are.
  public let count: Int
  /// How many of them are in each world: drone i is in world i / dronesPerWorld.
  @usableFromInline package let dronesPerWorld: Int
  /// The numbers of the drones, a group an element.
  @usableFromInline package private(set) var parameters: [DroneParameters<DroneLanes>]
  /// Whether no drone was ever given other numbers than the first had at the start.
  @usableFromInline package private(set) var areAlike: Bool

  /// Which of ``parameters`` to take for a group: of drones that are all alike the first, which stay in
  /// the nearest cache.
  @inlinable @inline(__always)
  package func parametersIndex(of group: Int) -> Int { areAlike ? 0 : group }
  /// The states at the start of the step, a group an element; their rotor speeds are still those of the step
  /// before.
  @usableFromInline package var states: [DroneState<DroneLanes>]
  /// What the step works out for each group on its way.
  @usableFromInline package var stepValues: [StepValues<DroneLanes>]
  /// Which drones are near each other along the ground: at least all within the reach of all effects; `nil` where worlds
  /// are so small that all drones count as near.
  @usableFromInline package var neighbours: NeighbourLists?

  /// Which drones are in their worlds.
  @usableFromInline package var presence: Presence

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

  /// A swarm of drones at rest at the origin, all in one world unless said otherwise.
  package init(parameters drones: [DroneParameters<Double>], dronesPerWorld: Int? = nil) {
    self.dronesPerWorld = dronesPerWorld ?? drones.count
    let lanes = DroneLanes.laneCount
    let groups = (drones.count + lanes - 1) / lanes
    count = drones.count
    areAlike = drones.allSatisfy { $0.isSame(as: drones[0]) }
    states = Array(repeating: DroneState(), count: groups)
    stepValues = Array(repeating: StepValues(), count: groups)
    presence = Presence(groups: groups)
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
    @inlinable get {
      states[drone / DroneLanes.laneCount][lane: drone % DroneLanes.laneCount]
    }
    set {
      states[drone / DroneLanes.laneCount][lane: drone % DroneLanes.laneCount] =
        newValue
    }
  }
}

// What passes over all groups.
extension Swarm {
  /// The groups and their numbers where they are.
  ///
  /// Arrays that are written where they are kept are asked at every element whether they are shared, and
  /// what is read of them may be copied whole, which costs a step a quarter of its speed.
  @unsafe
  @usableFromInline
  package struct GroupPointers {
    /// The state of the first group.
    @usableFromInline package let states: UnsafeMutablePointer<DroneState<DroneLanes>>
    /// What the step works out for it.
    @usableFromInline package let values: UnsafeMutablePointer<StepValues<DroneLanes>>
    @usableFromInline let parameters: UnsafePointer<DroneParameters<DroneLanes>>
    /// How many groups there are.
    @usableFromInline package let count: Int
    @usableFromInline let presence: UnsafePointer<DroneLanes>
    @usableFromInline let areAlike: Bool
    @usableFromInline let areAllPresent: Bool
    @usableFromInline let droneCount: Int

    @inlinable @inline(__always)
    init(
      _ states: UnsafeMutablePointer<DroneState<DroneLanes>>,
      _ values: UnsafeMutablePointer<StepValues<DroneLanes>>,
      _ parameters: UnsafePointer<DroneParameters<DroneLanes>>,
      _ presence: UnsafePointer<DroneLanes>, of swarm: borrowing Swarm, count: Int
    ) {
      unsafe (self.states, self.values, self.parameters) = (states, values, parameters)
      unsafe (self.presence, areAllPresent) = (presence, swarm.presence.areAll)
      unsafe self.count = count
      unsafe areAlike = swarm.areAlike
      unsafe droneCount = swarm.count
    }

    /// The drones of a group.
    @inlinable @inline(__always)
    func drones(ofGroup group: Int) -> Range<Int> {
      let first = group * DroneLanes.laneCount
      return unsafe first..<min(first + DroneLanes.laneCount, droneCount)
    }

    /// Whether any drone of a group is in its world.
    @inlinable @inline(__always)
    package func isAnyPresent(in group: Int) -> Bool {
      unsafe areAllPresent || (DroneLanes.zero .< presence[group]).any
    }

    /// Whether a drone is in its world.
    @inlinable @inline(__always)
    func isPresent(_ drone: Int) -> Bool {
      unsafe areAllPresent
        || 0 < presence[drone / DroneLanes.laneCount][lane: drone % DroneLanes.laneCount]
    }

    /// What the drones of a group are.
    @inlinable @inline(__always)
    package func parameters(of group: Int) -> UnsafePointer<DroneParameters<DroneLanes>> {
      unsafe parameters + (areAlike ? 0 : group)
    }

    /// The drones of a group as effects see them.
    @inlinable @inline(__always)
    package func condition(of group: Int) -> FlightCondition<DroneLanes> {
      unsafe FlightCondition(
        UnsafePointer(states + group), UnsafePointer(values + group), parameters(of: group))
    }
  }

  /// Works on all groups.
  @inlinable @inline(__always)
  package mutating func withGroups(_ body: (GroupPointers) -> Void) {
    var (states, values): ([DroneState<DroneLanes>], [StepValues<DroneLanes>]) = ([], [])
    swap(&states, &self.states)
    swap(&values, &stepValues)
    unsafe states.withUnsafeMutableBufferPointer { states in
      unsafe values.withUnsafeMutableBufferPointer { values in
        unsafe parameters.withUnsafeBufferPointer { parameters in
          unsafe presence.numbers.withUnsafeBufferPointer { presence in
            guard let state = states.baseAddress, let value = values.baseAddress,
              let numbers = parameters.baseAddress, let present = presence.baseAddress
            else { return }
            unsafe body(
              GroupPointers(state, value, numbers, present, of: self, count: states.count))
          }
        }
      }
    }
    swap(&states, &self.states)
    swap(&values, &stepValues)
  }

  /// The groups that have drones of a world.
  @inlinable @inline(__always)
  package static func groups(of world: Range<Int>) -> Range<Int> {
    let lanes = DroneLanes.laneCount
    return world.lowerBound / lanes..<(world.upperBound + lanes - 1) / lanes
  }

  /// Where a drone is. [m]
  @inline(__always)
  package func position(of drone: Int) -> Vector<World, Double> {
    states[drone / DroneLanes.laneCount]
      .position[lane: drone % DroneLanes.laneCount]
  }

  /// Which lanes of a group are among some drones.
  @inlinable @inline(__always)
  package static func isOneOf(_ drones: Range<Int>, _ group: Int) -> DroneLanes.Mask {
    let index = index(ofGroup: group)
    return (DroneLanes(Double(drones.lowerBound)) .<= index)
      .& (index .< DroneLanes(Double(drones.upperBound)))
  }

  /// Which lanes of a group are drones of a world, one drone left out.
  @inlinable @inline(__always)
  package static func isOther(
    than drone: Int, in world: Range<Int>, _ group: Int
  ) -> DroneLanes.Mask {
    let (index, own) = (index(ofGroup: group), DroneLanes(Double(drone)))
    return isOneOf(world, group) .& ((index .< own) .| (own .< index))
  }

  @inlinable @inline(__always)
  static func index(ofGroup group: Int) -> DroneLanes {
    DroneLanes(Double(group * DroneLanes.laneCount)) + DroneLanes(SIMD4(0, 1, 2, 3))
  }
}
