/// The types of the numbers that logs and parameters hold.
package enum CRTPNumber: Sendable {
  case uint8, uint16, uint32, int8, int16, int32, float, half

  /// How many bytes one takes. [bytes]
  package var size: Int {
    switch self {
    case .uint8, .int8: 1
    case .uint16, .int16, .half: 2
    case .uint32, .int32, .float: 4
    }
  }

  /// The code that stands for it in logs.
  package var logCode: UInt8 {
    switch self {
    case .uint8: 1
    case .uint16: 2
    case .uint32: 3
    case .int8: 4
    case .int16: 5
    case .int32: 6
    case .float: 7
    case .half: 8
    }
  }

  /// The type that a code of logs stands for.
  package init?(logCode: UInt8) {
    let all: [CRTPNumber] = [.uint8, .uint16, .uint32, .int8, .int16, .int32, .float, .half]
    guard (1...8).contains(logCode) else { return nil }
    self = all[Int(logCode) - 1]
  }

  /// The code that stands for it in parameters.
  package var parameterCode: UInt8 {
    switch self {
    case .int8: 0
    case .int16: 1
    case .int32: 2
    case .half: 5
    case .float: 6
    case .uint8: 8
    case .uint16: 9
    case .uint32: 10
    }
  }

  /// The bytes of a number, the nearest that the type holds; 0 for what is none.
  package func bytes(of number: Double) -> [UInt8] {
    func integer<T: FixedWidthInteger>(_: T.Type) -> [UInt8] {
      let bounded = min(max(number, Double(T.min)), Double(T.max))
      var bytes: [UInt8] = []
      bytes.append(littleEndian: number.isNaN ? T.zero : T(bounded.rounded(.towardZero)))
      return bytes
    }
    var bytes: [UInt8] = []
    switch self {
    case .uint8: return integer(UInt8.self)
    case .uint16: return integer(UInt16.self)
    case .uint32: return integer(UInt32.self)
    case .int8: return integer(Int8.self)
    case .int16: return integer(Int16.self)
    case .int32: return integer(Int32.self)
    case .float: bytes.append(littleEndian: Float(number).bitPattern)
    case .half: bytes.append(littleEndian: Float16(number).bitPattern)
    }
    return bytes
  }

  /// The number at the front of some bytes; `nil` where they end before it does, or it is none.
  package func number(in bytes: some Collection<UInt8>) -> Double? {
    var reader = ByteReader(bytes)
    switch self {
    case .uint8: return reader.integer(UInt8.self).map(Double.init)
    case .uint16: return reader.integer(UInt16.self).map(Double.init)
    case .uint32: return reader.integer(UInt32.self).map(Double.init)
    case .int8: return reader.integer(Int8.self).map(Double.init)
    case .int16: return reader.integer(Int16.self).map(Double.init)
    case .int32: return reader.integer(Int32.self).map(Double.init)
    case .float: return reader.float()
    case .half:
      let value = reader.integer(UInt16.self).map { Double(Float16(bitPattern: $0)) }
      return value?.isFinite == true ? value : nil
    }
  }
}
