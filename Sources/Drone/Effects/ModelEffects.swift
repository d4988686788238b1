public import SpatialMath

/// The local effects that only some models have numbers for, as one that a step of such models is compiled
/// with.
@frozen
@usableFromInline
package struct ModelEffects: Sendable {
  @usableFromInline let speedMoment: SpeedMoment?
  @usableFromInline let rateDamping: RateDamping?
  @usableFromInline let torqueNoise: TorqueNoise?

  /// As many of the first effects of a list as are these, in this order; they are taken from the list.
  package init(takingFrom effects: inout ArraySlice<any LocalEffect>) {
    speedMoment = effects.first as? SpeedMoment
    if speedMoment != nil { effects.removeFirst() }
    rateDamping = effects.first as? RateDamping
    if rateDamping != nil { effects.removeFirst() }
    torqueNoise = effects.first as? TorqueNoise
    if torqueNoise != nil { effects.removeFirst() }
  }

  /// Whether there are none.
  package var isEmpty: Bool { speedMoment == nil && rateDamping == nil && torqueNoise == nil }

  /// Adds the wrench on drones.
  @inlinable @inline(__always)
  package func add<S: Lanes>(to wrench: inout Wrench<Body, S>, on drones: FlightCondition<S>) {
    speedMoment?.add(to: &wrench, on: drones)
    rateDamping?.add(to: &wrench, on: drones)
    torqueNoise?.add(to: &wrench, on: drones)
  }
}
