extension Collection where Element == UInt8, Index == Int {
  /// The stretches of bytes of some kind.
  func ranges(where isOfKind: (UInt8) -> Bool) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start: Int?
    for index in indices {
      if isOfKind(self[index]) {
        start = start ?? index
      } else if let first = start {
        ranges.append(first..<index)
        start = nil
      }
    }
    if let start { ranges.append(start..<endIndex) }
    return ranges
  }

  /// The words, and what stands between them, once each.
  var words: [[UInt8]] { ranges(where: \.isWordByte).map { Array(self[$0]) } }
}

extension UInt8 {
  /// Whether it may be part of a word or a number.
  var isWordByte: Bool { isNumberByte || self == UInt8(ascii: "_") || isLetter }

  /// Whether it may be part of a number.
  var isNumberByte: Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) || self == UInt8(ascii: ".")
      || self == UInt8(ascii: "-")
  }

  private var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
}
