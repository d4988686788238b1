/// The hash FNV-1a over words of 64 bits: a short name for a lot of numbers, and no protection against
/// those who mean to forge it.
///
/// For each word w, with the offset h₀ = cbf29ce484222325₁₆ and the prime p = 100000001b3₁₆:
///
///     h ← (h ⊕ w) · p mod 2⁶⁴
///
/// - G. Fowler et al., [RFC 9923](https://www.rfc-editor.org/rfc/rfc9923), "The FNV Non-Cryptographic
///   Hash Algorithm", which takes bytes where words are taken here.
package struct FNV1a: Sendable, Hashable {
  /// The hash of all words so far.
  package private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  /// The hash of no words.
  package init() {}

  /// The hash of some words.
  package init(_ words: some Sequence<UInt64>) {
    for word in words { add(word) }
  }

  /// Takes in one more word.
  package mutating func add(_ word: UInt64) { value = (value ^ word) &* 0x100_0000_01b3 }
}
