public import SpatialMath

/// An effect of the air that asks nothing of other drones: what a drone's own motion, the air around it
/// and the surface below it make of it.
///
/// Write the formula once, over lanes; it runs for all drones of the lanes together, in double and in
/// single precision.
///
///     struct SideBreeze: LocalEffect {
///       let force: Double  // [N], along the world's x axis
///
///       func add<S: Lanes>(
///         to wrench: inout Wrench<Body, S>, on drones: FlightCondition<S>
///       ) {
///         wrench.force += drones.attitude.inverse(Vector(S(force), .zero, .zero))
///       }
///     }
public protocol LocalEffect: AerodynamicEffect {
  /// Adds the wrench on drones.
  ///
  /// - Parameters:
  ///   - wrench: The wrench on each drone about its centre of mass, along its body's axes. [N, N·m]
  ///   - drones: How the drones fly, and what they are.
  func add<S: Lanes>(
    to wrench: inout Wrench<Body, S>, on drones: FlightCondition<S>)

  /// The effect in each kind of lanes that a step is computed in; leave it to its default, which is compiled
  /// in the module of the effect, where the formula is known, so that an effect from any package runs at
  /// full speed.
  var compiled: CompiledEffect { get }
}

extension LocalEffect {
  public var kind: AerodynamicEffectKind { .local(self) }

  @inlinable public var compiled: CompiledEffect { CompiledEffect(self) }
}

/// A local effect in each kind of lanes that a step is computed in.
public final class CompiledEffect: Sendable {
  /// The effect over drones in some lanes.
  @usableFromInline
  package typealias Addition<S: Lanes> =
    @Sendable (_ wrench: inout Wrench<Body, S>, _ drones: FlightCondition<S>) -> Void

  @usableFromInline package let doubles: Addition<DoubleLanes>
  @usableFromInline package let doublePairs: Addition<LanePair<DoubleLanes>>
  @usableFromInline package let floats: Addition<FloatLanes>
  @usableFromInline package let floatPairs: Addition<LanePair<FloatLanes>>

  /// An effect, compiled where this is.
  @inlinable
  package init(_ effect: some LocalEffect) {
    doubles = { effect.add(to: &$0, on: $1) }
    doublePairs = { effect.add(to: &$0, on: $1) }
    floats = { effect.add(to: &$0, on: $1) }
    floatPairs = { effect.add(to: &$0, on: $1) }
  }
}
