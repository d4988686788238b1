import Randomness
import Testing

struct FNV1aTests {
  /// The published hashes of "" and "a" in 64 bits; of a letter, a word is no different from a byte.
  @Test("gives the published hashes")
  func matchesTheReference() {
    #expect(FNV1a().value == 0xcbf2_9ce4_8422_2325)
    #expect(FNV1a([0x61]).value == 0xaf63_dc4c_8601_ec8c)
  }

  @Test("the order of words counts")
  func order() { #expect(FNV1a([1, 2]) != FNV1a([2, 1])) }
}
