import Parameters

extension ParameterReader {
  /// Two values, the lower one first.
  func interval(of element: ParameterKind, from value: ValueReader) -> ParameterValue? {
    guard let bounds = value.list(count: 2...2, { read(element, from: $0) }), bounds.count == 2
    else { return nil }
    guard bounds[0].size <= bounds[1].size else {
      return value.reject(
        "has its lower bound above the upper one", expected: "the lower one first")
    }
    return .list(bounds)
  }
}

extension ParameterValue {
  /// How large a number is.
  fileprivate var size: Double {
    switch self {
    case .number(let number): number
    case .integer(let number): Double(number)
    default: 0
    }
  }
}
