internal import CLanes

extension DoubleLanes {
  /// How many bits are set in each of four integers.
  package init(countOfOnes bits: SIMD4<UInt64>) { self.init(CLanes.countOfOnes(bits)) }
}
