import Randomness

extension Array {
  /// Shuffles after Fisher and Yates, by our own generator's numbers alone.
  mutating func shuffle(using random: inout SplitMix64) {
    for last in stride(from: count - 1, to: 0, by: -1) {
      swapAt(last, Int(random.next().multipliedFullWidth(by: UInt64(last + 1)).high))
    }
  }
}
