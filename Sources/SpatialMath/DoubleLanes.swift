public import CLanes

/// Four numbers in double precision.
@frozen @usableFromInline
package struct DoubleLanes: Lanes {
  /// The numbers. [–]
  @usableFromInline package var numbers: SIMD4<Double>

  /// These numbers.
  @inlinable @inline(__always)
  package init(_ numbers: SIMD4<Double>) { self.numbers = numbers }

  @inlinable @inline(__always)
  package init(_ value: Double) { numbers = splat(value) }

  @inlinable @inline(__always) package static var laneCount: Int { 4 }
  @inlinable @inline(__always) package static var zero: Self { Self(0) }
  @inlinable @inline(__always) package static var one: Self { Self(1) }
  @inlinable @inline(__always) package static var isSinglePrecision: Bool { false }

  @inlinable @inline(__always)
  package subscript(lane lane: Int) -> Double {
    get { numbers[lane] }
    set { numbers[lane] = newValue }
  }

  @inlinable @inline(__always)
  package static func + (a: Self, b: Self) -> Self { Self(sum(a.numbers, b.numbers)) }
  @inlinable @inline(__always)
  package static func - (a: Self, b: Self) -> Self { Self(difference(a.numbers, b.numbers)) }
  @inlinable @inline(__always)
  package static func * (a: Self, b: Self) -> Self { Self(product(a.numbers, b.numbers)) }
  @inlinable @inline(__always)
  package static func * (a: Double, b: Self) -> Self { Self(product(splat(a), b.numbers)) }
  @inlinable @inline(__always)
  package static func += (a: inout Self, b: Self) { a = a + b }
  @inlinable @inline(__always)
  package static func / (a: Self, b: Self) -> Self { Self(quotient(a.numbers, b.numbers)) }
  @inlinable @inline(__always)
  package static prefix func - (a: Self) -> Self { Self(negative(a.numbers)) }
  @inlinable @inline(__always)
  package static func .< (a: Self, b: Self) -> Mask { Mask(isLess(a.numbers, b.numbers)) }
  @inlinable @inline(__always)
  package static func .<= (a: Self, b: Self) -> Mask { Mask(isAtMost(a.numbers, b.numbers)) }

  @inlinable @inline(__always)
  package func squareRoot() -> Self { Self(CLanes.squareRoot(numbers)) }
  @inlinable @inline(__always)
  package var magnitude: Self { Self(CLanes.magnitude(numbers)) }

  @inlinable @inline(__always)
  package func replacing(with other: Self, where mask: Mask) -> Self {
    Self(choose(where: mask.bits, other.numbers, otherwise: numbers))
  }

  @inlinable @inline(__always)
  package static func powerOfTwo(_ exponent: Self) -> Self {
    // The exponent's bits, brought to where a number has its exponent.
    Self(shifted((exponent + Self(0x1.8p52 + 1023)).numbers, left: 52))
  }

  /// The numbers in single precision. [–]
  @inlinable @inline(__always) package var narrowed: SIMD4<Float> { narrow(numbers) }

  /// Numbers in single precision. [–]
  @inlinable @inline(__always)
  package init(widening numbers: SIMD4<Float>) { self.numbers = widen(numbers) }

  /// The truth values of four numbers.
  @frozen
  @usableFromInline
  package struct Mask: LaneMask, Sendable, BitwiseCopyable {
    @usableFromInline let bits: SIMD4<Int>

    @inlinable @inline(__always) init(_ bits: SIMD4<Int>) { self.bits = bits }

    @inlinable @inline(__always) package var any: Bool { isAny(bits) }
    @inlinable @inline(__always) package subscript(lane lane: Int) -> Bool { bits[lane] != 0 }
    @inlinable @inline(__always)
    package static func .& (a: Self, b: Self) -> Self { Self(both(a.bits, b.bits)) }
    @inlinable @inline(__always)
    package static func .| (a: Self, b: Self) -> Self { Self(either(a.bits, b.bits)) }
    @inlinable @inline(__always)
    package static prefix func .! (a: Self) -> Self { Self(opposite(a.bits)) }
  }
}

extension DoubleLanes: GroupLanes {
  @inlinable @inline(__always)
  package static var laneNumbers: Self { Self(SIMD4(0, 1, 2, 3)) }

  @inlinable @inline(__always)
  package var least: Double { CLanes.least(numbers) }
}
