import SpatialMath

extension ParameterDescription {
  /// What kind of value it takes, such as `a positive number of m`.
  package var valueDescription: String { kind.description }

  /// What it is by default, such as `0.5`; `–` where it must be said.
  package var defaultDescription: String {
    switch initial {
    case .none: "–"
    case .value(let value): value.description
    case .startPosition: "where the drone starts"
    case .startHeading: "the drone's at the start"
    case .throughStartPosition: "passes where the drone starts"
    }
  }
}

extension ParameterKind {
  fileprivate var description: String {
    switch self {
    case .number(let range, let unit): range.description(unit: unit)
    case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .boolean: "true or false"
    case .word(let words): words.joined(separator: ", ")
    case .vector(let range, let unit): range.description(count: 3, unit: unit)
    case .file(let kind): kind
    case .list(let element, let count):
      "\(count.lowerBound) or more, each \(element.description)"
    case .interval(let element): "two of \(element.description), the lower one first"
    case .choice(let forms): "one of \(forms.map(\.name).joined(separator: ", "))"
    case .record(let parameters):
      "{ \(parameters.map { "\($0.name): \($0.valueDescription)" }.joined(separator: "; ")) }"
    }
  }
}

extension ParameterValue {
  fileprivate var description: String {
    switch self {
    case .number(let number): number == .infinity ? "none" : "\(number)"
    case .integer(let number): "\(number)"
    case .boolean(let flag): "\(flag)"
    case .word(let word): word
    case .vector(let v): "[\(v.x), \(v.y), \(v.z)]"
    case .file(let written, _): written
    case .list(let values): "[\(values.map(\.description).joined(separator: ", "))]"
    case .choice(let name, let values):
      values.names.isEmpty ? name : "\(name): { \(Self.record(values).description) }"
    case .record(let record):
      zip(record.names, record.values).map { "\($0): \($1.description)" }.joined(separator: ", ")
    }
  }
}
