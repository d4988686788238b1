package import Parameters

extension ValueReader {
  /// A finite number, written in decimals.
  package func number(in range: NumberRange = .finite, unit: String? = nil) -> Double? {
    let expected = range.description(unit: unit)
    guard let digits = digits(expected: expected) else { return nil }
    guard digits.utf8.allSatisfy(\.occursInNumber), let number = Double(digits) else {
      return reject(
        digits.isYAMLNonFinite ? "is not a finite number" : "is not a number", expected: expected)
    }
    guard range.contains(number) else { return reject("is out of range", expected: expected) }
    return number
  }

  /// A whole number, written in digits alone.
  package func integer<I: FixedWidthInteger>(in range: ClosedRange<I> = I.min...I.max) -> I? {
    let expected =
      range.lowerBound == range.upperBound
      ? "\(range.lowerBound)" : "a whole number from \(range.lowerBound) to \(range.upperBound)"
    guard let digits = digits(expected: expected) else { return nil }
    let unsigned = digits.hasPrefix("-") || digits.hasPrefix("+") ? digits.dropFirst() : digits[...]
    guard !unsigned.isEmpty, unsigned.utf8.allSatisfy(\.isDigit) else {
      return reject("is not a whole number", expected: expected)
    }
    guard let number = I(digits), range.contains(number) else {
      return reject("is out of range", expected: expected)
    }
    return number
  }

  /// What was written where a number is expected.
  private func digits(expected: String) -> String? {
    guard let content = content(expected: expected) else { return nil }
    switch content {
    case .plain(let digits): return digits
    case .text: return reject("is a text, not a number", expected: expected)
    case .list, .mapping: return reject("is not a number", expected: expected)
    }
  }
}

extension String {
  /// Whether these are YAML's signs for what is no finite number.
  fileprivate var isYAMLNonFinite: Bool {
    [".nan", ".inf", "+.inf", "-.inf"].contains(lowercased())
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }

  fileprivate var occursInNumber: Bool {
    switch self {
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "e"),
      UInt8(ascii: "E"):
      true
    default: isDigit
    }
  }
}
