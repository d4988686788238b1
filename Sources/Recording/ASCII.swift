/// The characters that numbers and CSV are made of.
extension UInt8 {
  static let tab: UInt8 = 0x09
  static let newline: UInt8 = 0x0a
  static let carriageReturn: UInt8 = 0x0d
  static let space: UInt8 = 0x20
  static let quote: UInt8 = 0x22
  static let plus: UInt8 = 0x2b
  static let comma: UInt8 = 0x2c
  static let minus: UInt8 = 0x2d
  static let point: UInt8 = 0x2e
  static let zero: UInt8 = 0x30
  static let lowercaseE: UInt8 = 0x65

  /// Whether it is a space, a tab, or what is left of a line's end.
  @inline(__always)
  var isBlank: Bool { self == .space || self == .tab || self == .carriageReturn }
}
