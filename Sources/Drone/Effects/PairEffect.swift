public import SpatialMath

/// An effect of the air between drones: what one, the source, does to another, the receiver.
///
/// The formula is written for one source and some receivers, over lanes; it is asked about all pairs of a
/// world that may be near enough, source by source in order. Worlds and distances are looked after; a drone
/// alone in its world is never asked about.
///
///     struct Attraction: PairEffect {
///       let strength: Double  // [N·m²]
///
///       func reach<S: Lanes>(of sources: FlightCondition<S>, downTo height: S) -> S { S(3) }
///
///       func add<S: Lanes>(
///         to wrench: inout Wrench<Body, S>, on receivers: FlightCondition<S>,
///         from source: EffectSource<S>
///       ) {
///         let gap = source.state.position - receivers.state.position
///         let distance = gap.norm.raised(to: S(0.1))
///         let pull = S(strength) / (distance * distance * distance)
///         wrench.force += receivers.attitude.inverse(pull * gap)
///       }
///     }
public protocol PairEffect: AerodynamicEffect {
  /// How far away along the ground some drones may be felt at most, each in its lane. [m]
  ///
  /// - Parameters:
  ///   - sources: How the drones fly, and what they are.
  ///   - height: The height of the lowest drone that may feel them. [m]
  /// - Returns: The distance, 0 or above; farther receivers may be left out. [m]
  func reach<S: Lanes>(of sources: FlightCondition<S>, downTo height: S) -> S

  /// Adds the wrench of one source on each of some receivers.
  ///
  /// - Parameters:
  ///   - wrench: The wrench on each receiver about its centre of mass, along its body's axes. [N, N·m]
  ///   - receivers: How the receivers fly, and what they are.
  ///   - source: How the source flies, and what it is, the same in all lanes.
  func add<S: Lanes>(
    to wrench: inout Wrench<Body, S>, on receivers: FlightCondition<S>, from source: EffectSource<S>
  )

  /// The effect over all pairs of a swarm; leave it to its default, which is compiled in the module of the
  /// effect, where the formula is known, so that an effect from any package runs at full speed.
  var compiled: CompiledPairEffect { get }
}

extension PairEffect {
  public var kind: AerodynamicEffectKind { .pair(compiled) }

  @inlinable public var compiled: CompiledPairEffect {
    CompiledPairEffect(
      FormulaOverPairs<Self, DoubleLanes>(self), FormulaOverPairs<Self, FloatLanes>(self))
  }
}

/// A pair effect over all pairs of a swarm, in each kind of lanes that drones stand in.
public final class CompiledPairEffect: Sendable {
  /// The effect over drones in some lanes.
  @usableFromInline
  package struct Sum<S: GroupLanes>: Sendable {
    /// Adds what each drone does to the others of its world.
    @usableFromInline package let addAllPairs: @Sendable (_ swarm: inout SwarmGroups<S>) -> Void
    /// How far away along the ground any drone may be felt, above some height. [m, for m]
    @usableFromInline
    package let longestReach: @Sendable (_ swarm: inout SwarmGroups<S>, _ height: S) -> Double

    /// Marks the groups that may feel each drone.
    @usableFromInline
    package let mark:
      @Sendable (_ lists: inout ReachLists<S>, _ swarm: inout SwarmGroups<S>) -> Void
    /// Whether who may feel whom follows from where drones are and what they are alone.
    @usableFromInline package let isByPlaceAlone: Bool

    @inlinable
    init<Force: PairForce<S>>(_ force: Force) {
      addAllPairs = { force.addAllPairs(to: &$0) }
      longestReach = { force.longestReach(in: &$0, downTo: $1) }
      mark = { force.mark(&$0, in: &$1) }
      isByPlaceAlone = Force.isByPlaceAlone
    }
  }

  @usableFromInline package let doubles: Sum<DoubleLanes>
  @usableFromInline package let floats: Sum<FloatLanes>

  /// A force in either lanes, compiled where this is.
  @inlinable
  package init(_ doubles: some PairForce<DoubleLanes>, _ floats: some PairForce<FloatLanes>) {
    (self.doubles, self.floats) = (Sum(doubles), Sum(floats))
  }
}

/// The drone that acts on others in a pair effect, the same in all lanes.
///
/// It is good for as long as the effect is asked, and no longer. Only what is asked of it is looked up.
@frozen
@safe
public struct EffectSource<S: Lanes>: BitwiseCopyable {
  @usableFromInline let drones: FlightCondition<S>
  @usableFromInline let lane: Int

  @inlinable @inline(__always)
  init(_ drones: FlightCondition<S>, lane: Int) {
    (self.drones, self.lane) = (drones, lane)
  }

  /// The state at the start of the step; its rotor speeds are still those of the step before.
  @inlinable @inline(__always)
  public var state: DroneState<S> { drones.state.map { S($0[lane: lane]) } }

  /// The attitude of ``state`` as a matrix.
  @inlinable @inline(__always)
  public var attitude: RotationMatrix<Body, World, S> {
    drones.attitude.map { S($0[lane: lane]) }
  }

  /// The rotor speeds that act over this step. [rpm]
  @inlinable @inline(__always)
  public var rotorSpeeds: PerRotor<S> { drones.rotorSpeeds.map { S($0[lane: lane]) } }

  /// The thrust of all rotors at ``rotorSpeeds``, without effects. [N]
  @inlinable @inline(__always)
  public var thrust: S { S(drones.thrust[lane: lane]) }

  /// What the drone is.
  @inlinable @inline(__always)
  public var parameters: DroneParameters<S> { drones.parameters.map { S($0[lane: lane]) } }
}
