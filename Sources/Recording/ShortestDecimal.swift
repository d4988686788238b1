/// The shortest decimal that reads back as a given number: significand · 10^exponent.
///
/// Of all decimals of the fewest digits inside the interval that rounds to the number, it is the one
/// closest to it. The method is Schubfach: the interval's ends and the number are scaled by one
/// tabled power of ten and rounded to odd, after which whole-number comparisons decide exactly.
///
/// - R. Giulietti, "The Schubfach way to render doubles", 2020, §§ 8 and 9.
struct ShortestDecimal: Equatable {
  /// The decimal digits as a whole number that ends in no 0, of at most 17 digits.
  private(set) var significand: UInt64
  /// The power of ten that the significand is multiplied by.
  private(set) var exponent: Int

  /// The shortest decimal of a finite number above zero.
  init(_ value: Double) {
    let fraction = value.significandBitPattern
    let biased = Int(value.exponentBitPattern)
    let c = biased == 0 ? fraction : fraction | 1 << 52
    let q = max(biased, 1) - 1075
    // Below a power of two the numbers lie twice as close as above it.
    let isLopsided = fraction == 0 && biased > 1
    let k = Self.floorOfLog10(ofPower: q, timesThreeQuarters: isLopsided)
    let scale = Scale(exponent: -k, shift: q + PowersOfTen.floorOfLog2(ofPower: -k) + 1)
    let middle = scale.roundedToOdd(c << 2)
    // An even significand owns the ends of its interval.
    let margin = c & 1
    let low = scale.roundedToOdd((c << 2) - (isLopsided ? 1 : 2)) + margin
    let high = scale.roundedToOdd((c << 2) + 2) - margin

    (significand, exponent) = (Self.choose(low: low, middle: middle, high: high), k)
    while true {
      let (tenth, digit) = significand.quotientAndRemainder(dividingBy: 10)
      guard digit == 0 else { break }
      (significand, exponent) = (tenth, exponent + 1)
    }
  }

  /// The best whole number between two bounds, all given in quarters: a multiple of ten if there is
  /// one, or else the closest to the middle.
  @inline(__always)
  private static func choose(low: UInt64, middle: UInt64, high: UInt64) -> UInt64 {
    let s = middle >> 2
    if s >= 10 {
      let ten = s / 10 * 10
      let hasLower = low <= ten << 2
      let hasUpper = (ten + 10) << 2 <= high
      if hasLower != hasUpper { return hasLower ? ten : ten + 10 }
    }
    let hasLower = low <= s << 2
    let hasUpper = (s + 1) << 2 <= high
    if hasLower != hasUpper { return hasLower ? s : s + 1 }
    let half = s << 2 + 2
    return middle < half || (middle == half && s & 1 == 0) ? s : s + 1
  }

  /// ⌊log₁₀ 2^q⌋, or ⌊log₁₀(¾ · 2^q)⌋, for |q| up to 1500.
  @inline(__always)
  private static func floorOfLog10(ofPower q: Int, timesThreeQuarters: Bool) -> Int {
    (q &* 1_262_611 &- (timesThreeQuarters ? 524_031 : 0)) >> 22
  }
}

/// A multiplication by a power of ten and a power of two.
private struct Scale {
  /// The upper half of the power of ten.
  private let upper: UInt64
  /// The lower half of the power of ten.
  private let lower: UInt64
  /// The power of two, from 1 to 4.
  private let shift: Int

  init(exponent: Int, shift: Int) {
    let power = PowersOfTen.table[exponent]
    upper = UInt64(truncatingIfNeeded: power >> 64)
    lower = UInt64(truncatingIfNeeded: power)
    self.shift = shift
  }

  /// The whole part of the product, made odd if there is a fraction.
  ///
  /// The table's excess makes at most 1 in the word that holds the fraction, where a true fraction
  /// makes more (Giulietti, § 9.10).
  @inline(__always)
  func roundedToOdd(_ value: UInt64) -> UInt64 {
    let v = value << UInt64(shift)
    let carry = lower.multipliedFullWidth(by: v).high
    let product = upper.multipliedFullWidth(by: v)
    let (fraction, overflow) = product.low.addingReportingOverflow(carry)
    return (product.high &+ (overflow ? 1 : 0)) | (fraction > 1 ? 1 : 0)
  }
}
