/// Which numbers a parameter takes, and how a message says so.
public struct NumberRange: Sendable {
  private var lowerBound: Double
  private var includesLowerBound = true
  private var upperBound: Double
  private var includesZero = true

  /// Every finite number.
  public static let finite = NumberRange(
    lowerBound: -.infinity, upperBound: .infinity)

  /// Every finite number but 0.
  public static let nonZero = NumberRange(
    lowerBound: -.infinity, upperBound: .infinity, includesZero: false)

  /// Every finite number above 0.
  public static let positive = positive(upTo: .infinity)

  /// Every finite number above 0, up to a bound.
  public static func positive(upTo upperBound: Double) -> NumberRange {
    NumberRange(lowerBound: 0, includesLowerBound: false, upperBound: upperBound)
  }

  /// Every finite number from a bound on.
  public static func atLeast(_ lowerBound: Double) -> NumberRange {
    NumberRange(lowerBound: lowerBound, upperBound: .infinity)
  }

  /// Every number between two bounds, which belong to it.
  public static func within(_ range: ClosedRange<Double>) -> NumberRange {
    NumberRange(lowerBound: range.lowerBound, upperBound: range.upperBound)
  }

  package func contains(_ number: Double) -> Bool {
    let isAbove = includesLowerBound ? number >= lowerBound : number > lowerBound
    return isAbove && number <= upperBound && number.isFinite && (includesZero || number != 0)
  }

  /// A number in the range, for what must be read on after an error.
  package var fallback: Double {
    includesLowerBound && includesZero
      ? min(max(0, lowerBound), upperBound) : min(1, upperBound)
  }

  /// The kind of number, such as `a positive number of Hz`, or that of several.
  package func description(count: Int? = nil, unit: String?) -> String {
    let noun = (count == nil ? "number" : "numbers") + (unit.map { " of \($0)" } ?? "")
    let article = count.map(String.init) ?? "a"
    let isPositive = !includesLowerBound
    let subject = isPositive ? "\(article) positive \(noun)" : "\(article) \(noun)"
    switch (lowerBound.isFinite && !isPositive, upperBound.isFinite) {
    case (true, true): return "\(subject) from \(lowerBound.short) to \(upperBound.short)"
    case (true, false): return "\(subject), \(lowerBound.short) or more"
    case (false, true): return "\(subject) up to \(upperBound.short)"
    case (false, false): return includesZero ? subject : "\(subject) that is not 0"
    }
  }
}

extension Double {
  /// The number without the decimals of a whole one.
  fileprivate var short: String {
    Int(exactly: self).map(String.init) ?? String(describing: self)
  }
}
