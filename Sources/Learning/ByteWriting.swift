extension [UInt8] {
  /// Appends a whole number, the lowest byte first.
  mutating func append(littleEndian value: some FixedWidthInteger) {
    var rest = value
    for _ in 0..<value.bitWidth / 8 {
      append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
  }

  /// Appends the bits of numbers, the lowest byte first.
  mutating func append(_ values: [Float]) {
    reserveCapacity(count + 4 * values.count)
    for value in values { append(littleEndian: value.bitPattern) }
  }
}

extension ArraySlice<UInt8> {
  /// The numbers whose bits these are, the lowest byte first.
  var floats: [Float] {
    stride(from: startIndex, to: endIndex - 3, by: 4).map { index in
      let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(self[index + $1]) << (8 * UInt32($1)) }
      return Float(bitPattern: bits)
    }
  }
}
