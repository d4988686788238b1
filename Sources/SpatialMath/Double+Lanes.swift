extension Bool: LaneMask {
  @inlinable @inline(__always) public var any: Bool { self }
  @inlinable @inline(__always) public subscript(lane lane: Int) -> Bool { self }
  @inlinable @inline(__always) public static func .& (a: Bool, b: Bool) -> Bool { a && b }
  @inlinable @inline(__always) public static func .| (a: Bool, b: Bool) -> Bool { a || b }
  @inlinable @inline(__always) public static prefix func .! (a: Bool) -> Bool { !a }
}

extension Double: Lanes {
  @inlinable @inline(__always) public static var one: Double { 1 }
  @inlinable @inline(__always) public static var laneCount: Int { 1 }
  @inlinable @inline(__always) public static var isSinglePrecision: Bool { false }

  @inlinable @inline(__always)
  public subscript(lane lane: Int) -> Double {
    get { self }
    set { self = newValue }
  }

  @inlinable @inline(__always) public static func .< (a: Double, b: Double) -> Bool { a < b }
  @inlinable @inline(__always) public static func .<= (a: Double, b: Double) -> Bool { a <= b }

  @inlinable @inline(__always)
  public func replacing(with other: Double, where mask: Bool) -> Double { mask ? other : self }

  @inlinable @inline(__always)
  public static func powerOfTwo(_ exponent: Double) -> Double {
    Double(bitPattern: (exponent + (0x1.8p52 + 1023)).bitPattern << 52)
  }
}
