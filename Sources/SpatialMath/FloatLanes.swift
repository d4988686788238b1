public import CLanes

/// Eight numbers in single precision.
///
/// The same formulas as over `Double`, at half the bytes: for learning, where seven digits are enough.
@frozen @usableFromInline
package struct FloatLanes: Lanes {
  /// The numbers. [–]
  @usableFromInline package var numbers: SIMD8<Float>

  /// These numbers.
  @inlinable @inline(__always)
  package init(_ numbers: SIMD8<Float>) { self.numbers = numbers }

  @inlinable @inline(__always)
  package init(_ value: Double) { numbers = splat(Float(value)) }

  @inlinable @inline(__always) package static var laneCount: Int { 8 }
  @inlinable @inline(__always) package static var zero: Self { Self(0) }
  @inlinable @inline(__always) package static var one: Self { Self(1) }
  @inlinable @inline(__always) package static var isSinglePrecision: Bool { true }

  @inlinable @inline(__always)
  package subscript(lane lane: Int) -> Double {
    get { Double(numbers[lane]) }
    set { numbers[lane] = Float(newValue) }
  }

  @inlinable @inline(__always)
  package static func + (a: Self, b: Self) -> Self { Self(sum(a.numbers, b.numbers)) }
  @inlinable @inline(__always)
  package static func - (a: Self, b: Self) -> Self { Self(difference(a.numbers, b.numbers)) }
  @inlinable @inline(__always)
  package static func * (a: Self, b: Self) -> Self { Self(product(a.numbers, b.numbers)) }
  @inlinable @inline(__always)
  package static func * (a: Double, b: Self) -> Self { Self(product(splat(Float(a)), b.numbers)) }
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
    Self(shifted((exponent + Self(0x1.8p23 + 127)).numbers, left: 23))
  }

  /// The truth values of eight numbers.
  @frozen @usableFromInline
  package struct Mask: LaneMask, Sendable, BitwiseCopyable {
    @usableFromInline let bits: SIMD8<Int32>

    @inlinable @inline(__always) init(_ bits: SIMD8<Int32>) { self.bits = bits }

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

extension FloatLanes {
  /// Takes the place of half of the numbers.
  @inlinable @inline(__always)
  package mutating func put(_ half: DoubleLanes, isUpper: Bool) {
    let rest = CLanes.half(numbers, upper: !isUpper)
    let half = narrow(half.numbers)
    numbers = isUpper ? joined(rest, half) : joined(half, rest)
  }
}

extension DoubleLanes {
  /// Half of eight numbers in single precision.
  @inlinable @inline(__always)
  package init(_ single: FloatLanes, isUpper: Bool) {
    self.init(widen(half(single.numbers, upper: isUpper)))
  }
}

extension FloatLanes: GroupLanes {
  @inlinable @inline(__always)
  package static var laneNumbers: Self { Self(SIMD8(0, 1, 2, 3, 4, 5, 6, 7)) }

  @inlinable @inline(__always)
  package var least: Double { Double(CLanes.least(numbers)) }
}
