/// Reads decimals from bytes: `[+-]digits[.digits][e[+-]digits]`, correctly rounded.
///
/// The digits, as a whole number w, are multiplied by the tabled power of ten, which leaves the true
/// product within 1 of a known 128-bit number. If both ends of that interval round to one double,
/// that is the answer; or else, and for more than 19 digits or results outside the normal range,
/// the standard library decides. So no answer rests on the speed of the common case.
package enum DecimalReader {
  /// The number that a stretch of bytes spells, infinite if it is too large; `nil` if they spell none.
  package static func number(in bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> Double? {
    guard let spelled = Spelling(bytes, range) else { return nil }
    if spelled.significand == 0 && spelled.digitCount <= 19 { return spelled.isNegative ? -0.0 : 0 }
    if spelled.digitCount <= 19,
      let magnitude = nearest(spelled.significand, timesTenTo: spelled.exponent)
    {
      return spelled.isNegative ? -magnitude : magnitude
    }
    var text = ""
    for i in range { text.unicodeScalars.append(Unicode.Scalar(bytes[i])) }
    return Double(text)
  }

  /// The double nearest to w · 10^exponent, if the tabled power settles it.
  private static func nearest(_ w: UInt64, timesTenTo exponent: Int) -> Double? {
    guard PowersOfTen.range.contains(exponent), exponent <= 308 else { return nil }
    let power = PowersOfTen.table[exponent]
    let shift = w.leadingZeroBitCount
    let normal = w << UInt64(shift)
    let low = normal.multipliedFullWidth(by: UInt64(truncatingIfNeeded: power)).high
    let high = normal.multipliedFullWidth(by: UInt64(truncatingIfNeeded: power >> 64))
    let product = UInt128(high.high) << 64 + UInt128(high.low) + UInt128(low)

    // 128 bits, of which 53 stay: the true product lies between product − 1 and product + 1.
    let dropped = 75 - product.leadingZeroBitCount
    let half = UInt128(1) << (dropped - 1)
    let rest = product & (half << 1 - 1)
    guard rest + 1 < half || rest > half + 1 else { return nil }
    let significand = UInt64(product >> dropped) + (rest > half ? 1 : 0)
    let binary = PowersOfTen.floorOfLog2(ofPower: exponent) - 127 + 64 - shift + dropped
    let biased = binary + 52 + 1023
    guard 0 < biased, biased < 2046 else { return nil }
    // A significand that was rounded up to 2⁵³ carries into the exponent, as it should.
    return Double(bitPattern: UInt64(biased) << 52 + (significand - 1 << 52))
  }
}

/// A decimal taken apart.
private struct Spelling {
  var isNegative = false
  /// The digits as a whole number, right for up to 19 of them.
  var significand: UInt64 = 0
  /// The number of digits from the first that is not 0.
  var digitCount = 0
  /// The power of ten of the last digit.
  var exponent = 0

  /// Takes a stretch of bytes apart; `nil` unless all of it is one decimal.
  @inline(__always)
  init?(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) {
    var i = range.lowerBound
    let end = range.upperBound
    if i < end, bytes[i] == .minus || bytes[i] == .plus {
      isNegative = bytes[i] == .minus
      i += 1
    }
    let wholeStart = i
    takeDigits(bytes, &i, end)
    var spelledDigits = i - wholeStart
    if i < end, bytes[i] == .point {
      i += 1
      let fractionStart = i
      takeDigits(bytes, &i, end)
      exponent = fractionStart - i
      spelledDigits += i - fractionStart
    }
    guard spelledDigits > 0 else { return nil }
    if i < end, bytes[i] | 0x20 == .lowercaseE {
      i += 1
      guard takeExponent(bytes, &i, end) else { return nil }
    }
    guard i == end else { return nil }
  }

  @inline(__always)
  private mutating func takeDigits(_ bytes: borrowing Span<UInt8>, _ i: inout Int, _ end: Int) {
    while i < end {
      let digit = bytes[i] &- .zero
      guard digit < 10 else { return }
      significand = significand &* 10 &+ UInt64(digit)
      if significand != 0 || digitCount > 0 { digitCount += 1 }
      i += 1
    }
  }

  private mutating func takeExponent(
    _ bytes: borrowing Span<UInt8>, _ i: inout Int, _ end: Int
  ) -> Bool {
    var sign = 1
    if i < end, bytes[i] == .minus || bytes[i] == .plus {
      sign = bytes[i] == .minus ? -1 : 1
      i += 1
    }
    let start = i
    var magnitude = 0
    while i < end, bytes[i] &- .zero < 10 {
      magnitude = min(magnitude * 10 + Int(bytes[i] &- .zero), 1_000_000)
      i += 1
    }
    exponent += sign * magnitude
    return i > start
  }
}
