public import CLanes

/// Whether ``DroneLanes`` fit a register of the processor that this is built for, so that there is room
/// to step two at a time.
@inlinable @inline(__always)
package var hasWideRegisters: Bool { SWIFTLET_HAS_WIDE_REGISTERS == 1 }

/// Twice as many lanes: two of some kind, whose operations a processor does at the same time.
///
/// A step is a long chain of operations that wait for each other; two chains side by side wait half as
/// long.
@frozen @usableFromInline
package struct LanePair<S: Lanes>: Lanes {
  /// The first lanes. [–]
  @usableFromInline package var first: S
  /// The lanes after them. [–]
  @usableFromInline package var second: S

  /// These lanes.
  @inlinable @inline(__always)
  package init(_ first: S, _ second: S) { (self.first, self.second) = (first, second) }

  @inlinable @inline(__always)
  package init(_ value: Double) { (first, second) = (S(value), S(value)) }

  @inlinable @inline(__always) package static var laneCount: Int { 2 * S.laneCount }
  @inlinable @inline(__always) package static var zero: Self { Self(.zero, .zero) }
  @inlinable @inline(__always) package static var one: Self { Self(.one, .one) }
  @inlinable @inline(__always)
  package static var isSinglePrecision: Bool { S.isSinglePrecision }

  @inlinable @inline(__always)
  package subscript(lane lane: Int) -> Double {
    get { lane < S.laneCount ? first[lane: lane] : second[lane: lane - S.laneCount] }
    set {
      if lane < S.laneCount {
        first[lane: lane] = newValue
      } else {
        second[lane: lane - S.laneCount] = newValue
      }
    }
  }

  @inlinable @inline(__always)
  package static func + (a: Self, b: Self) -> Self { Self(a.first + b.first, a.second + b.second) }
  @inlinable @inline(__always)
  package static func - (a: Self, b: Self) -> Self { Self(a.first - b.first, a.second - b.second) }
  @inlinable @inline(__always)
  package static func * (a: Self, b: Self) -> Self { Self(a.first * b.first, a.second * b.second) }
  @inlinable @inline(__always)
  package static func * (a: Double, b: Self) -> Self { Self(a * b.first, a * b.second) }
  @inlinable @inline(__always)
  package static func += (a: inout Self, b: Self) { a = a + b }
  @inlinable @inline(__always)
  package static func / (a: Self, b: Self) -> Self { Self(a.first / b.first, a.second / b.second) }
  @inlinable @inline(__always)
  package static prefix func - (a: Self) -> Self { Self(-a.first, -a.second) }
  @inlinable @inline(__always)
  package static func .< (a: Self, b: Self) -> Mask {
    Mask(a.first .< b.first, a.second .< b.second)
  }
  @inlinable @inline(__always)
  package static func .<= (a: Self, b: Self) -> Mask {
    Mask(a.first .<= b.first, a.second .<= b.second)
  }

  @inlinable @inline(__always)
  package func squareRoot() -> Self { Self(first.squareRoot(), second.squareRoot()) }
  @inlinable @inline(__always)
  package var magnitude: Self { Self(first.magnitude, second.magnitude) }
  @inlinable @inline(__always)
  package func replacing(with other: Self, where mask: Mask) -> Self {
    Self(
      first.replacing(with: other.first, where: mask.first),
      second.replacing(with: other.second, where: mask.second))
  }
  @inlinable @inline(__always)
  package static func powerOfTwo(_ exponent: Self) -> Self {
    Self(.powerOfTwo(exponent.first), .powerOfTwo(exponent.second))
  }

  /// The truth values of both.
  @frozen @usableFromInline
  package struct Mask: LaneMask {
    /// Those of the first lanes.
    @usableFromInline package let first: S.Mask
    /// Those of the lanes after them.
    @usableFromInline package let second: S.Mask

    @inlinable @inline(__always)
    init(_ first: S.Mask, _ second: S.Mask) { (self.first, self.second) = (first, second) }

    @inlinable @inline(__always) package var any: Bool { (first.any || second.any) }
    @inlinable @inline(__always)
    package subscript(lane lane: Int) -> Bool {
      lane < S.laneCount ? first[lane: lane] : second[lane: lane - S.laneCount]
    }
    @inlinable @inline(__always)
    package static func .& (a: Self, b: Self) -> Self {
      Self(a.first .& b.first, a.second .& b.second)
    }
    @inlinable @inline(__always)
    package static func .| (a: Self, b: Self) -> Self {
      Self(a.first .| b.first, a.second .| b.second)
    }
    @inlinable @inline(__always)
    package static prefix func .! (a: Self) -> Self { Self(.!a.first, .!a.second) }
  }
}
