package import Randomness

/// Makes inputs that nobody meant to write out of valid ones.
///
/// The same seed makes the same inputs, whatever was made before.
package struct Mutator: Sendable {
  /// The inputs that it starts from.
  package let corpus: [[UInt8]]
  /// The words of all inputs, for swaps.
  private let words: [[UInt8]]
  private let seed: SplitMix64

  /// A mutator of some inputs.
  package init(of corpus: [[UInt8]], seed: UInt64) {
    precondition(!corpus.isEmpty, "at least one input to start from")
    self.corpus = corpus
    self.seed = SplitMix64(seed: seed)
    words = Array(Set(corpus.flatMap { $0.prefix(20_000).words })).sorted {
      $0.lexicographicallyPrecedes($1)
    }
  }

  /// The input of some number.
  package func input(_ number: Int) -> [UInt8] {
    var random = seed.stream(UInt64(number))
    let start = corpus[Int.random(in: corpus.indices, using: &random)]
    return mutated(start, &random)
  }

  /// An input with one to four changes.
  package func mutated(_ input: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    if Bool.random(using: &random), let file = mutatedTensors(of: input, &random) { return file }
    var bytes = input
    for _ in 0..<Int.random(in: 1...4, using: &random) { change(&bytes, &random) }
    return bytes
  }

  /// Makes one change.
  func change(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
    switch Int.random(in: 0..<12, using: &random) {
    case 0: flipBits(&bytes, &random)
    case 1: bytes.removeSubrange(stretch(of: bytes, &random))
    case 2: bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random)))
    case 3: repeatStretch(&bytes, &random)
    case 4: splice(&bytes, &random)
    case 5, 6: changeLines(&bytes, &random)
    case 7, 8: changeNumber(&bytes, &random)
    case 9, 10: changeWord(&bytes, &random)
    default: changeBinaryNumber(&bytes, &random)
    }
  }

  private func stretch(of bytes: [UInt8], _ random: inout SplitMix64) -> Range<Int> {
    let start = Int.random(in: 0...bytes.count, using: &random)
    let longest = Bool.random(using: &random) ? 8 : bytes.count
    return start..<min(bytes.count, start + Int.random(in: 0...longest, using: &random))
  }

  private func flipBits(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
    guard !bytes.isEmpty else { return }
    for _ in 0..<Int.random(in: 1...8, using: &random) {
      let place = Int.random(in: bytes.indices, using: &random)
      bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    }
  }

  /// Repeats a stretch, a few times or very often.
  private func repeatStretch(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
    let range = stretch(of: bytes, &random)
    guard !range.isEmpty else { return }
    let most = Bool.random(using: &random) ? 4 : max(4, 20_000 / range.count)
    let count = Int.random(in: 1...most, using: &random)
    let copies = repeatElement(bytes[range], count: min(count, 200_000 / range.count + 1))
    bytes.insert(contentsOf: copies.joined(), at: range.upperBound)
  }

  /// Puts a stretch of another input in the place of one of this.
  private func splice(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
    let other = corpus[Int.random(in: corpus.indices, using: &random)]
    let range = stretch(of: other, &random)
    bytes.replaceSubrange(stretch(of: bytes, &random), with: other[range])
  }

  /// Removes, doubles or moves a line.
  private func changeLines(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let (from, to) = (
      Int.random(in: lines.indices, using: &random), Int.random(in: lines.indices, using: &random)
    )
    switch Int.random(in: 0..<3, using: &random) {
    case 0: lines.remove(at: from)
    case 1: lines.insert(lines[from], at: to)
    default: lines.swapAt(from, to)
    }
    bytes = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
  }

  /// Puts another word in the place of one.
  private func changeWord(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
    let ranges = bytes.prefix(20_000).ranges(where: \.isWordByte)
    guard let range = ranges.randomElement(using: &random),
      let word = words.randomElement(using: &random)
    else { return }
    bytes.replaceSubrange(range, with: word)
  }

  /// Puts an extreme in the place of a number.
  private func changeNumber(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
    let ranges = bytes.prefix(20_000).ranges(where: \.isNumberByte)
    guard let range = ranges.randomElement(using: &random),
      let number = Self.numbers.randomElement(using: &random)
    else { return }
    bytes.replaceSubrange(range, with: number.utf8)
  }

  /// Puts an extreme in the place of two, four or eight bytes.
  private func changeBinaryNumber(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
    let width = [1, 2, 4, 8][Int.random(in: 0..<4, using: &random)]
    guard bytes.count >= width else { return }
    let place = Int.random(in: 0...bytes.count - width, using: &random)
    let number = Self.words.randomElement(using: &random) ?? 0
    for index in 0..<width {
      bytes[place + index] = UInt8(truncatingIfNeeded: number >> UInt64(8 * index))
    }
  }

  private static let numbers = [
    "0", "-0", "-1", "1", "0.5", "1e-320", "5e-324", "1e-10", "1e10", "1e16", "1e154", "1e155",
    "1e308", "-1e308", "1.7976931348623157e308", "1e309", "-1e400", "nan", "inf", "-inf",
    "infinity",
    "65536", "2147483647", "2147483648", "-2147483649", "4294967296", "9223372036854775807",
    "-9223372036854775808", "9223372036854775808", "18446744073709551616", "1e999999999", "0x10",
    "0x1p-1074", "1_000", "١", "00012", "1e", "+1", ".5", "5.", "3.14159265358979", "1000000",
    "99999999999999999999999999999999999999", "0.1", "240", "1e-3",
  ]

  private static let words: [UInt64] = [
    0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff,
    0x7f80_0000, 0xff80_0000, 0x7fc0_0000, 0x0000_0001_0000_0000, 0x7fff_ffff_ffff_ffff, ~0,
    0x7ff0_0000_0000_0000, 0x3c00_0000_0000_0000,
  ]
}
