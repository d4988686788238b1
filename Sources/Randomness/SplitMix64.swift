/// A small generator of random numbers whose streams can be split.
///
/// It is ours, rather than the standard library's, so that a flight recorded today can be flown again
/// by the next version of the compiler.
///
/// - G. L. Steele, D. Lea, C. H. Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014,
///   [doi:10.1145/2660193.2660195](https://doi.org/10.1145/2660193.2660195).
public struct SplitMix64: RandomNumberGenerator, Sendable, Hashable, Codable {
  /// Where it stands: the generator with this seed goes on as this one does.
  package private(set) var state: UInt64

  /// The generator that starts from a seed.
  public init(seed: UInt64) { state = seed }

  fileprivate static let increment: UInt64 = 0x9e37_79b9_7f4a_7c15

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= Self.increment
    return Self.mix(state)
  }

  /// The generator of an independent stream, such as that of one world of a batch.
  public func stream(_ index: UInt64) -> SplitMix64 {
    SplitMix64(seed: Self.mix(state ^ Self.mix(index &+ Self.increment)))
  }

  /// A number drawn evenly from a range.
  public mutating func uniform(in range: ClosedRange<Double>) -> Double {
    let unit = Double(next() >> 11) * 0x1p-53
    return range.lowerBound + (range.upperBound - range.lowerBound) * unit
  }

  private static func mix(_ bits: UInt64) -> UInt64 {
    mix(bits, folded: { $0 ^ ($0 >> $1) }, times: { $0 &* $1 })
  }

  /// The mixing of bits, given how they are folded and multiplied, for one number or several.
  @inline(__always)
  fileprivate static func mix<Bits>(
    _ bits: Bits, folded: (Bits, UInt64) -> Bits, times: (Bits, UInt64) -> Bits
  ) -> Bits {
    var z = bits
    z = times(folded(z, 30), 0xbf58_476d_1ce4_e5b9)
    z = times(folded(z, 27), 0x94d0_49bb_1331_11eb)
    return folded(z, 31)
  }
}

/// Four generators side by side, each of which gives what it gives alone.
package struct SplitMix64Lanes: Sendable, BitwiseCopyable {
  private var states: SIMD4<UInt64>

  /// Four times the same generator.
  package init(_ random: SplitMix64) { states = SIMD4(repeating: random.state) }

  /// One of the generators.
  package subscript(lane: Int) -> SplitMix64 {
    get { SplitMix64(seed: states[lane]) }
    set { states[lane] = newValue.state }
  }

  /// The next 64 random bits of each.
  @inline(__always)
  package mutating func next() -> SIMD4<UInt64> {
    states &+= SIMD4(repeating: SplitMix64.increment)
    return SplitMix64.mix(
      states, folded: { $0 ^ ($0 &>> SIMD4(repeating: $1)) },
      times: { $0 &* SIMD4(repeating: $1) })
  }
}
