public import SpatialMath

/// The local effects that come with the package, as one that a step is compiled with.
///
/// Their numbers stay in registers from one stage to the next. Any other effect is called, with its
/// numbers in memory.
@frozen
@usableFromInline
package struct CatalogueEffects: Sendable {
  @usableFromInline let groundEffect: GroundEffect?
  @usableFromInline let drag: RotorDrag?

  /// As many of the first effects of a list as are these, in this order; they are taken from the list.
  package init(takingFrom effects: inout ArraySlice<any LocalEffect>) {
    groundEffect = effects.first as? GroundEffect
    if groundEffect != nil { effects.removeFirst() }
    drag = effects.first as? RotorDrag
    if drag != nil { effects.removeFirst() }
  }

  /// Adds the wrench on drones.
  @inlinable @inline(__always)
  package func add<S: Lanes>(to wrench: inout Wrench<Body, S>, on drones: FlightCondition<S>) {
    groundEffect?.add(to: &wrench, on: drones)
    drag?.add(to: &wrench, on: drones)
  }
}
