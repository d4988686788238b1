extension Bool: LaneMask {
  @inlinable @inline(__always) public var any: Bool { self }
  @inlinable @inline(__always) public subscript(lane lane: Int) -> Bool { self }
  @inlinable @inline(__always) public static func .& (a: Bool, b: Bool) -> Bool { a && b }
  @inlinable @inline(__always) public static func .| (a: Bool, b: Bool) -> Bool { a || b }
  @inlinable @inline(__always) public static prefix func .! (a: Bool) -> Bool { !a }
}

extension SIMDMask: LaneMask {
  @inlinable @inline(__always) public var any: Bool { Swift.any(self) }
  @inlinable @inline(__always) public subscript(lane lane: Int) -> Bool { self[lane] }
}

extension Double: Lanes {
  @inlinable @inline(__always) public static var one: Double { 1 }
  @inlinable @inline(__always) public static var laneCount: Int { 1 }

  @inlinable @inline(__always) public static var largest: Double { .greatestFiniteMagnitude }
  @inlinable @inline(__always) public static var fractionless: Double { 0x1.8p52 }
  @inlinable @inline(__always)
  public static var exponentialRange: ClosedRange<Double> { -708...709 }

  @inlinable @inline(__always)
  public subscript(lane lane: Int) -> Double {
    get { self }
    set { self = newValue }
  }

  @inlinable @inline(__always)
  public func raised(to floor: Double) -> Double { self < floor ? floor : self }

  @inlinable @inline(__always)
  public func lowered(to ceiling: Double) -> Double { self > ceiling ? ceiling : self }

  @inlinable @inline(__always) public static func .< (a: Double, b: Double) -> Bool { a < b }
  @inlinable @inline(__always) public static func .<= (a: Double, b: Double) -> Bool { a <= b }

  @inlinable @inline(__always)
  public func replacing(with other: Double, where mask: Bool) -> Double { mask ? other : self }

  @inlinable @inline(__always)
  public static func powerOfTwo(_ exponent: Double) -> Double {
    Double(bitPattern: (exponent + (0x1.8p52 + 1023)).bitPattern << 52)
  }
}

extension SIMD4: Lanes where Scalar == Double {
  public typealias Mask = SIMDMask<SIMD4<Int64>>

  @inlinable @inline(__always) public static var largest: Self { Self(.greatestFiniteMagnitude) }
  @inlinable @inline(__always) public static var fractionless: Self { Self(0x1.8p52) }
  @inlinable @inline(__always)
  public static var exponentialRange: ClosedRange<Double> { -708...709 }

  @inlinable @inline(__always) public static var laneCount: Int { scalarCount }
  @inlinable @inline(__always) public init(_ value: Double) { self.init(repeating: value) }

  @inlinable @inline(__always)
  public subscript(lane lane: Int) -> Double {
    get { self[lane] }
    set { self[lane] = newValue }
  }

  @inlinable @inline(__always)
  public func raised(to floor: Self) -> Self { replacing(with: floor, where: self .< floor) }

  @inlinable @inline(__always)
  public func lowered(to ceiling: Self) -> Self {
    replacing(with: ceiling, where: self .> ceiling)
  }

  @inlinable @inline(__always)
  public var magnitude: Self {
    // The same bits, without the sign.
    unsafe unsafeBitCast(
      unsafeBitCast(self, to: SIMD4<UInt64>.self) & SIMD4<UInt64>(repeating: .max >> 1),
      to: Self.self)
  }

  @inlinable @inline(__always)
  public static func powerOfTwo(_ exponent: Self) -> Self {
    let shifted = exponent + Self(repeating: 0x1.8p52 + 1023)
    // The exponent's bits, brought to where a number has its exponent.
    return unsafe unsafeBitCast(
      unsafeBitCast(shifted, to: SIMD4<UInt64>.self) &<< SIMD4<UInt64>(repeating: 52),
      to: Self.self)
  }
}
