public import SpatialMath

/// An effect of the air between drones: what one, the source, does to another, the receiver.
///
/// The formula is written for one source and a group of receivers, over lanes; it is asked about all
/// pairs of a world that may be near enough, source by source in order. Worlds and distances are looked
/// after; a drone alone in its world is never asked about.
///
///     struct Attraction: PairEffect {
///       let strength: Double  // [N·m²]
///
///       func reach(
///         of sources: FlightCondition<DroneLanes>, downTo height: DroneLanes
///       ) -> DroneLanes { DroneLanes(3) }
///
///       func add(
///         to wrench: inout Wrench<Body, DroneLanes>, on receivers: FlightCondition<DroneLanes>,
///         from source: DroneState<DroneLanes>
///       ) {
///         let gap = source.position - receivers.state.position
///         let distance = gap.norm.raised(to: DroneLanes(0.1))
///         let pull = DroneLanes(strength) / (distance * distance * distance)
///         wrench.force += receivers.attitude.inverse(pull * gap)
///       }
///     }
public protocol PairEffect: AerodynamicEffect {
  /// What the effect asks of a source, worked out once for all receivers: its state, unless there is more
  /// to be worked out.
  associatedtype Source: PairSource = DroneState<DroneLanes>

  /// How far away along the ground some drones may be felt at most, each in its lane. [m]
  ///
  /// - Parameters:
  ///   - sources: How the drones fly, and what they are.
  ///   - height: The height of the lowest drone that may feel them. [m]
  /// - Returns: The distance, 0 or above; farther receivers may be left out. [m]
  func reach(
    of sources: FlightCondition<DroneLanes>, downTo height: DroneLanes
  ) -> DroneLanes

  /// Works out what the effect asks of some drones as sources, each in its lane.
  ///
  /// - Parameter drones: How the drones fly, and what they are.
  /// - Returns: What is asked of each.
  func source(_ drones: FlightCondition<DroneLanes>) -> Source

  /// Where drones at some positions may feel a source, for little: everywhere, unless said otherwise.
  ///
  /// - Parameters:
  ///   - positions: Where the receivers are. [m]
  ///   - source: A source, the same in all lanes.
  /// - Returns: A truth value a lane; where it is false nothing is added.
  func mayReach(_ positions: Vector<World, DroneLanes>, from source: Source) -> DroneLanes.Mask

  /// Adds the wrench of one source on each of some receivers.
  ///
  /// - Parameters:
  ///   - wrench: The wrench on each receiver about its centre of mass, along its body's axes. [N, N·m]
  ///   - receivers: How the receivers fly, and what they are.
  ///   - source: The source, the same in all lanes.
  func add(
    to wrench: inout Wrench<Body, DroneLanes>, on receivers: FlightCondition<DroneLanes>,
    from source: Source)

  /// Adds the wrenches of all pairs; leave it to its default, which is compiled in the module of the
  /// effect, where the formula is known.
  func addAllPairs(to swarm: inout Swarm)
  /// The longest reach of all drones, at least; leave it to its default, for the same reason.
  func longestReach(in swarm: inout Swarm, downTo height: DroneLanes) -> Double
}

/// What a ``PairEffect`` asks of sources, each in its lane.
public protocol PairSource: Sendable, BitwiseCopyable {
  /// What it asks of the source in one lane, in all lanes.
  func repeated(lane: Int) -> Self
}

extension DroneState: PairSource where S == DroneLanes {
  @inlinable @inline(__always)
  public func repeated(lane: Int) -> Self { map { S($0[lane: lane]) } }
}

extension PairEffect {
  public var kind: AerodynamicEffectKind { .pair(self) }

  @inlinable
  public func mayReach(
    _ positions: Vector<World, DroneLanes>, from source: Source
  ) -> DroneLanes.Mask { .zero .<= DroneLanes.zero }

  @inlinable
  public func addAllPairs(to swarm: inout Swarm) {
    addPairs(to: &swarm)
  }

  @inlinable
  public func longestReach(in swarm: inout Swarm, downTo height: DroneLanes) -> Double {
    var longest = DroneLanes.zero
    unsafe swarm.withGroups { groups in
      for group in unsafe 0..<groups.count {
        let reach = unsafe reach(of: groups.condition(of: group), downTo: height)
        longest = longest.replacing(with: reach, where: longest .< reach)
      }
    }
    return longest.numbers.max()
  }
}

extension PairEffect where Source == DroneState<DroneLanes> {
  @inlinable
  public func source(_ drones: FlightCondition<DroneLanes>) -> Source { drones.state }
}
