import SpatialMath

/// Writes words, or reads them: a list of what is coded serves both, so that neither can lack what the
/// other has.
protocol WordCoder {
  /// Writes a word, and returns it; or reads one, and returns that instead.
  mutating func code(_ word: UInt64) -> UInt64
}

extension WordCoder {
  mutating func code(_ number: Double) -> Double {
    Double(bitPattern: code(number.bitPattern))
  }

  /// Codes a count; one that no `Int` can hold comes back below 0.
  mutating func code(_ count: Int) -> Int {
    Int(truncatingIfNeeded: code(UInt64(truncatingIfNeeded: count)))
  }
}

/// Writes words down, one after the other.
struct WordWriter: WordCoder {
  private(set) var words: [UInt64] = []

  mutating func code(_ word: UInt64) -> UInt64 {
    words.append(word)
    return word
  }
}

/// Reads words, one after the other; there must be enough of them.
struct WordReader: WordCoder {
  private var words: ArraySlice<UInt64>

  init(_ words: ArraySlice<UInt64>) { self.words = words }

  mutating func code(_ word: UInt64) -> UInt64 { words.removeFirst() }
}
