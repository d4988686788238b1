public import SpatialMath

extension PerRotor where Value: Lanes {
  /// The sum over the rotors.
  @inlinable @inline(__always)
  public var sum: Value { r0 + r1 + (r2 + r3) }

  /// Lets `put` write each of some other values into those here.
  @inlinable @inline(__always)
  package mutating func update<T: Lanes>(from values: PerRotor<T>, _ put: (inout Value, T) -> Void)
  {
    self = zip(values) { updated($0, from: $1, put) }
  }

  /// The values of the drone in one lane.
  @inlinable @inline(__always)
  package subscript(lane lane: Int) -> PerRotor<Double> {
    get { map { $0[lane: lane] } }
    set { update(from: newValue) { $0[lane: lane] = $1 } }
  }

  /// Where all four values are finite.
  @inlinable @inline(__always)
  package var isFinite: Value.Mask { r0.isFinite .& r1.isFinite .& (r2.isFinite .& r3.isFinite) }
}
