/// Takes numbers off the front of bytes, the least significant byte first.
struct ByteReader {
  private(set) var rest: ArraySlice<UInt8>

  init(_ bytes: some Collection<UInt8>) { rest = Array(bytes)[...] }

  /// The next integer; `nil` where the bytes end before it does.
  mutating func integer<T: FixedWidthInteger>(_: T.Type = T.self) -> T? {
    let size = T.bitWidth / 8
    guard rest.count >= size else { return nil }
    defer { rest = rest.dropFirst(size) }
    return rest.prefix(size).reversed().reduce(T.zero) { $0 << 8 | T(truncatingIfNeeded: $1) }
  }

  /// The next integer as a flag: anything but 0.
  mutating func flag() -> Bool? { integer(UInt8.self).map { $0 != 0 } }

  /// The next float; `nil` where it is missing, infinite or not a number.
  mutating func float() -> Double? {
    guard let bits = integer(UInt32.self) else { return nil }
    let value = Float(bitPattern: bits)
    return value.isFinite ? Double(value) : nil
  }

  /// The next floats; `nil` where one is missing, infinite or not a number.
  mutating func floats(_ count: Int) -> [Double]? {
    let values = (0..<count).compactMap { _ in float() }
    return values.count == count ? values : nil
  }

  /// The next 16-bit integers, times a unit; `nil` where one is missing.
  mutating func scaled(_ count: Int, by unit: Double) -> [Double]? {
    let values = (0..<count).compactMap { _ in integer(Int16.self) }
    return values.count == count ? values.map { unit * Double($0) } : nil
  }
}

extension [UInt8] {
  /// Appends an integer, the least significant byte first.
  mutating func append<T: FixedWidthInteger>(littleEndian number: T) {
    for shift in stride(from: 0, to: T.bitWidth, by: 8) {
      append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }
}
