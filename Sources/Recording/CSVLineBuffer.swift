/// Lines of CSV in the making: bytes that are kept and used again, so that writing a number takes
/// neither a string nor an allocation.
///
/// Numbers are written as `Double.description` writes them, digit for digit, in about two thirds of
/// its time.
package struct CSVLineBuffer {
  /// The lines, in the first ``count`` bytes; what lies behind is spare.
  package private(set) var bytes = [UInt8](repeating: 0, count: 4096)
  /// How many bytes are written.
  package private(set) var count = 0

  /// The first field of the line that was given a number that is infinite or not a number.
  private(set) var unfit: (field: Int, value: Double)?

  private var field = 0

  /// The empty buffer.
  package init() {}

  /// Empties the buffer.
  package mutating func removeAll() { (count, field, unfit) = (0, 0, nil) }

  /// Appends a field as it stands; it must not need quotes.
  mutating func append(_ text: String) {
    for byte in text.utf8 {
      reserve(2)
      put(byte)
    }
    endField()
  }

  /// Appends an empty field.
  mutating func appendEmpty() { endField() }

  /// Appends a whole number.
  mutating func append(_ value: Int) {
    reserve(24)
    if value < 0 { put(.minus) }
    putDigits(UInt64(value.magnitude))
    endField()
  }

  /// Appends a number, or notes it in ``unfit`` if it is not finite.
  package mutating func append(_ value: Double) {
    reserve(32)
    if value.isFinite {
      if value.sign == .minus { put(.minus) }
      putMagnitude(value.magnitude)
    } else if unfit == nil {
      unfit = (field, value)
    }
    endField()
  }

  /// Ends the line.
  mutating func endLine() {
    bytes[count - 1] = .newline
    field = 0
  }

  private mutating func endField() {
    put(.comma)
    field += 1
  }

  private mutating func putMagnitude(_ value: Double) {
    if value <= 0x1p53, value == Double(UInt64(value)) {
      putDigits(UInt64(value))
      put(.point)
      return put(.zero)
    }
    let decimal = ShortestDecimal(value)
    let length = Self.digitCount(decimal.significand)
    let pointPosition = length + decimal.exponent
    if pointPosition < -3 || value > 0x1p53 {
      putScientific(decimal, length: length)
    } else if pointPosition <= 0 {
      put(.zero)
      put(.point)
      putZeros(-pointPosition)
      putDigits(decimal.significand, count: length)
    } else {
      // Whole numbers up to 2⁵³ are written by now: digits stand on both sides of the point.
      putDigits(decimal.significand, count: length, pointAfter: pointPosition)
    }
  }

  /// Writes `d.ddde±xx`, with two digits of exponent at least.
  private mutating func putScientific(_ decimal: ShortestDecimal, length: Int) {
    if length == 1 {
      putDigits(decimal.significand, count: 1)
    } else {
      putDigits(decimal.significand, count: length, pointAfter: 1)
    }
    let exponent = decimal.exponent + length - 1
    put(.lowercaseE)
    put(exponent < 0 ? .minus : .plus)
    if exponent.magnitude < 10 { put(.zero) }
    putDigits(UInt64(exponent.magnitude))
  }

  private mutating func putDigits(_ value: UInt64) {
    putDigits(value, count: Self.digitCount(value))
  }

  /// Writes the digits of a number of known length with a point among them.
  @inline(__always)
  private mutating func putDigits(_ value: UInt64, count length: Int, pointAfter whole: Int) {
    let start = count
    count += 1
    putDigits(value, count: length)
    var span = bytes.mutableSpan
    for i in start..<start + whole { span[i] = span[i + 1] }
    span[start + whole] = .point
  }

  /// Writes the digits of a number of known length, from the last up, two at a time.
  @inline(__always)
  private mutating func putDigits(_ value: UInt64, count length: Int) {
    let start = count
    count += length
    var (rest, position) = (value, count)
    var span = bytes.mutableSpan
    while position >= start + 2 {
      let (quotient, pair) = rest.quotientAndRemainder(dividingBy: 100)
      let (tens, ones) = UInt32(truncatingIfNeeded: pair).quotientAndRemainder(dividingBy: 10)
      span[position - 1] = .zero + UInt8(truncatingIfNeeded: ones)
      span[position - 2] = .zero + UInt8(truncatingIfNeeded: tens)
      rest = quotient
      position -= 2
    }
    if position > start { span[start] = .zero + UInt8(truncatingIfNeeded: rest) }
  }

  private mutating func putZeros(_ number: Int) {
    for _ in 0..<number { put(.zero) }
  }

  @inline(__always)
  private mutating func put(_ byte: UInt8) {
    bytes[count] = byte
    count += 1
  }

  /// Makes room for a field and its comma.
  @inline(__always)
  private mutating func reserve(_ number: Int) {
    if bytes.count - count < number {
      bytes.append(contentsOf: repeatElement(0, count: bytes.count))
    }
  }

  /// How many decimal digits a whole number has; 0 has one.
  @inline(__always)
  private static func digitCount(_ value: UInt64) -> Int {
    // 1233 / 4096 ≈ log₁₀ 2 gives the count or one less.
    let bits = 64 - (value | 1).leadingZeroBitCount
    let guess = (bits &* 1233) >> 12
    return guess + (value >= wholePowers[guess] ? 1 : 0)
  }

  /// 10⁰ to 10¹⁹; the first counts as 0, for 0 has a digit too.
  private static let wholePowers: [UInt64] =
    [0]
    + (1...19).map { exponent in
      (0..<exponent).reduce(UInt64(1)) { power, _ in power * 10 }
    }
}
