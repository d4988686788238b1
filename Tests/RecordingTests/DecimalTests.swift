import Randomness
import Recording
import Testing

/// Numbers as text, and back.
@Suite struct DecimalTests {
  /// Bit patterns of all kinds: any finite number, flight-like ones, short ones, powers of two.
  static func numbers(_ count: Int, seed: UInt64) -> [Double] {
    var random = SplitMix64(seed: seed)
    return (0..<count).map { i in
      switch i % 4 {
      case 0:
        let x = Double(bitPattern: random.next())
        return x.isFinite ? x : 1
      case 1: return random.uniform(in: -20...20)
      case 2: return Double(Int64(bitPattern: random.next()) >> 24) / 1e6
      default: return Double(bitPattern: random.next() % 0x7ff << 52)
      }
    }
  }

  static let edges: [Double] = [
    0, -0.0, 1, -1, 0.1, 0.5, 1e-4, 9.999e-5, 1e15, 1e16, 1e22, 1e23, 2e22, 1.8014398509481988e16,
    .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude, 0x1p53, 0x1p54, 0x1p63,
    9_007_199_254_740_991, 123_456_789_012_345_680,
  ].flatMap { [$0, $0.nextUp, -$0.nextUp, $0.nextDown] }.filter(\.isFinite)

  @Test func numbersAreWrittenAsTheStandardLibraryWritesThem() {
    var line = CSVLineBuffer()
    for x in Self.numbers(200_000, seed: 1) + Self.edges {
      line.removeAll()
      line.append(x)
      let text = String(decoding: line.bytes[0..<line.count], as: UTF8.self)
      if text != x.description + "," {
        Issue.record("\(x.bitPattern) is written \(text), not \(x)")
      }
    }
  }

  @Test func everyNumberReadsBackBitForBit() {
    var line = CSVLineBuffer()
    for x in Self.numbers(1_000_000, seed: 2) + Self.edges {
      line.removeAll()
      line.append(x)
      let read = DecimalReader.number(in: line.bytes.span, 0..<line.count - 1)
      if read?.bitPattern != x.bitPattern {
        Issue.record("\(x) reads back as \(String(describing: read))")
      }
    }
  }

  @Test func anyDecimalIsRoundedAsTheStandardLibraryRoundsIt() {
    var random = SplitMix64(seed: 3)
    for _ in 0..<200_000 {
      let whole = String(random.next()).prefix(Int(random.next() % 19) + 1)
      let fraction = String(random.next()).prefix(Int(random.next() % 20))
      let text = "\(whole).\(fraction)e\(Int(random.next() % 700) - 350)"
      let bytes = Array(text.utf8)
      let read = DecimalReader.number(in: bytes.span, bytes.indices)
      if read?.bitPattern != Double(text)?.bitPattern {
        Issue.record("\(text) reads as \(String(describing: read))")
      }
    }
  }

  @Test(arguments: [
    // Halfway between two doubles, and a hair to either side: ties go to even.
    "9007199254740993", "9007199254740993.0000000000000000000001", "9007199254740992.9999999",
    "1.00000000000000011102230246251565404", "2.2250738585072011e-308", "4.9e-324", "2.4e-324",
    "1.7976931348623157e308", "0.000000000000000000000000000000000000000000000000001",
  ])
  func hardCasesAreRoundedRight(_ text: String) {
    let bytes = Array(text.utf8)
    let read = DecimalReader.number(in: bytes.span, bytes.indices)
    #expect(read?.bitPattern == Double(text)?.bitPattern)
  }

  @Test(arguments: ["", "-", ".", "e5", "1e", "1e+", "1.2.3", "0x10", "nan", "1_0", "--1", "1 "])
  func whatIsNoDecimalIsRefused(_ text: String) {
    let bytes = Array(text.utf8)
    let read = DecimalReader.number(in: bytes.span, bytes.indices)
    #expect(read == nil)
  }

  @Test(arguments: [
    ("+1", 1.0), (".5", 0.5), ("5.", 5), ("-0", -0.0), ("1E3", 1000), ("00012", 12),
  ])
  func otherProgramsSpellingsAreRead(_ text: String, _ value: Double) {
    let bytes = Array(text.utf8)
    let read = DecimalReader.number(in: bytes.span, bytes.indices)
    #expect(read?.bitPattern == value.bitPattern)
  }
}
