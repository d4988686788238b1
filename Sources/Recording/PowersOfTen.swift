/// Powers of ten to 128 bits, rounded up: what writing and reading decimals both need.
///
/// For every exponent k of ``range``, the entry g has its top bit set and
///
///     g − 1 < 10ᵏ / 2^(⌊log₂ 10ᵏ⌋ − 127) ≤ g
///
/// The table is made at its first use, in about 50 µs, by exact arithmetic on whole numbers, and
/// not written out: there is no figure in it to mistype.
struct PowersOfTen: Sendable {
  /// The exponents that the table covers.
  static let range = -292...324

  /// The one table.
  static let table = PowersOfTen()

  /// The entries, from the lowest exponent up.
  private let entries: [UInt128]

  private init() {
    var natural = Natural(powerOfTwo: 1280)
    var entries: [UInt128] = []
    // ⌊⌊2ᴺ / 10⌋ / 10⌋ = ⌊2ᴺ / 100⌋, so that no error builds up; 10 never divides a power of two.
    for _ in 0 ..< -Self.range.lowerBound {
      natural.divideByTen()
      entries.append(natural.leadingBits.bits + 1)
    }
    entries.reverse()
    natural = Natural(powerOfTwo: 0)
    for _ in 0...Self.range.upperBound {
      let (bits, isExact) = natural.leadingBits
      entries.append(isExact ? bits : bits + 1)
      natural.multiplyByTen()
    }
    self.entries = entries
  }

  /// The 128 leading bits of 10 to this exponent, rounded up.
  subscript(exponent: Int) -> UInt128 { entries[exponent - Self.range.lowerBound] }

  /// ⌊log₂ 10ᵏ⌋, for k in ``range``.
  @inline(__always)
  static func floorOfLog2(ofPower k: Int) -> Int { (k &* 1_741_647) >> 19 }
}

/// A whole number of up to 1,344 bits, to make the table with.
private struct Natural {
  /// The digits in base 2³², lowest first.
  private var limbs = [UInt32](repeating: 0, count: 42)

  init(powerOfTwo exponent: Int) { limbs[exponent / 32] = 1 << UInt32(exponent % 32) }

  mutating func multiplyByTen() {
    var carry: UInt64 = 0
    for i in limbs.indices {
      carry += UInt64(limbs[i]) * 10
      limbs[i] = UInt32(truncatingIfNeeded: carry)
      carry >>= 32
    }
  }

  mutating func divideByTen() {
    var remainder: UInt64 = 0
    for i in limbs.indices.reversed() {
      let (quotient, rest) = (remainder << 32 | UInt64(limbs[i])).quotientAndRemainder(
        dividingBy: 10)
      limbs[i] = UInt32(truncatingIfNeeded: quotient)
      remainder = rest
    }
  }

  /// The 128 bits from the highest set one down, and whether all bits below them are 0.
  var leadingBits: (bits: UInt128, isExact: Bool) {
    let top = limbs.lastIndex { $0 != 0 } ?? 0
    let shift = limbs[top].leadingZeroBitCount
    func limb(_ index: Int) -> UInt32 { index < 0 ? 0 : limbs[index] }
    var bits: UInt128 = 0
    for i in 0..<4 { bits = bits << 32 | UInt128(limb(top - i)) }
    let next = limb(top - 4)
    bits = bits << shift | UInt128(next >> (32 - shift))
    let isExact = next << shift == 0 && limbs.prefix(max(0, top - 4)).allSatisfy { $0 == 0 }
    return (bits, isExact)
  }
}
