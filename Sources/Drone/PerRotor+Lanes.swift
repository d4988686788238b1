public import SpatialMath

extension PerRotor where Value: Lanes {
  /// The sum over the rotors.
  @inlinable @inline(__always)
  public var sum: Value { r0 + r1 + (r2 + r3) }

  /// The values of the drone in one lane.
  @inlinable @inline(__always)
  public subscript(lane lane: Int) -> PerRotor<Double> {
    get { map { $0[lane: lane] } }
    set {
      r0[lane: lane] = newValue.r0
      r1[lane: lane] = newValue.r1
      r2[lane: lane] = newValue.r2
      r3[lane: lane] = newValue.r3
    }
  }

  /// Where all four values are finite.
  @inlinable @inline(__always)
  public var isFinite: Value.Mask { r0.isFinite .& r1.isFinite .& (r2.isFinite .& r3.isFinite) }
}
