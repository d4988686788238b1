extension Double {
  /// The number as people write it: rounded to a millionth, whole numbers without a point, and π.
  var words: String {
    if self == .pi { return "π" }
    let rounded = (1e6 * self).rounded() / 1e6
    guard let whole = Int(exactly: rounded) else { return "\(rounded)" }
    return "\(whole)"
  }
}

extension ClosedRange<Double> {
  /// The bounds as people write them.
  var words: String { "\(lowerBound.words) to \(upperBound.words)" }
}
