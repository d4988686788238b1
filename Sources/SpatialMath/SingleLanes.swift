/// Eight numbers in single precision.
///
/// The same formulas as over `Double`, at half the bytes: for learners who can do with seven digits.
@frozen
public struct SingleLanes: Lanes {
  public typealias Mask = SIMDMask<SIMD8<Int32>>

  /// The numbers. [–]
  public var numbers: SIMD8<Float>

  /// These numbers.
  @inlinable @inline(__always)
  public init(_ numbers: SIMD8<Float>) { self.numbers = numbers }

  @inlinable @inline(__always)
  public init(_ value: Double) { numbers = SIMD8(repeating: Float(value)) }

  @inlinable @inline(__always) public static var laneCount: Int { 8 }
  @inlinable @inline(__always) public static var zero: Self { Self(SIMD8<Float>.zero) }
  @inlinable @inline(__always) public static var one: Self { Self(SIMD8<Float>.one) }
  @inlinable @inline(__always)
  public static var largest: Self { Self(SIMD8(repeating: .greatestFiniteMagnitude)) }
  @inlinable @inline(__always)
  public static var fractionless: Self { Self(SIMD8(repeating: 0x1.8p23)) }
  @inlinable @inline(__always)
  public static var exponentialRange: ClosedRange<Double> { -87...88 }

  @inlinable @inline(__always)
  public subscript(lane lane: Int) -> Double {
    get { Double(numbers[lane]) }
    set { numbers[lane] = Float(newValue) }
  }

  @inlinable @inline(__always)
  public static func + (a: Self, b: Self) -> Self { Self(a.numbers + b.numbers) }
  @inlinable @inline(__always)
  public static func - (a: Self, b: Self) -> Self { Self(a.numbers - b.numbers) }
  @inlinable @inline(__always)
  public static func * (a: Self, b: Self) -> Self { Self(a.numbers * b.numbers) }
  @inlinable @inline(__always)
  public static func * (a: Double, b: Self) -> Self { Self(Float(a) * b.numbers) }
  @inlinable @inline(__always)
  public static func += (a: inout Self, b: Self) { a.numbers += b.numbers }
  @inlinable @inline(__always)
  public static func / (a: Self, b: Self) -> Self { Self(a.numbers / b.numbers) }
  @inlinable @inline(__always)
  public static prefix func - (a: Self) -> Self { Self(-a.numbers) }
  @inlinable @inline(__always)
  public static func .< (a: Self, b: Self) -> Mask { a.numbers .< b.numbers }
  @inlinable @inline(__always)
  public static func .<= (a: Self, b: Self) -> Mask { a.numbers .<= b.numbers }

  @inlinable @inline(__always)
  public func squareRoot() -> Self { Self(numbers.squareRoot()) }

  @inlinable @inline(__always)
  public func raised(to floor: Self) -> Self { replacing(with: floor, where: self .< floor) }

  @inlinable @inline(__always)
  public func lowered(to ceiling: Self) -> Self { replacing(with: ceiling, where: ceiling .< self) }

  @inlinable @inline(__always)
  public func replacing(with other: Self, where mask: Mask) -> Self {
    Self(numbers.replacing(with: other.numbers, where: mask))
  }

  @inlinable @inline(__always)
  public var magnitude: Self {
    // The same bits, without the sign.
    let bits = unsafe unsafeBitCast(numbers, to: SIMD8<UInt32>.self)
    return Self(
      unsafe unsafeBitCast(bits & SIMD8(repeating: .max >> 1), to: SIMD8<Float>.self))
  }

  @inlinable @inline(__always)
  public static func powerOfTwo(_ exponent: Self) -> Self {
    // The exponent's bits, brought to where a number has its exponent.
    let shifted = exponent.numbers + SIMD8(repeating: 0x1.8p23 + 127)
    let bits = unsafe unsafeBitCast(shifted, to: SIMD8<UInt32>.self) &<< SIMD8(repeating: 23)
    return Self(unsafe unsafeBitCast(bits, to: SIMD8<Float>.self))
  }
}
