import SpatialMath

/// The values of some parameters, in their order.
///
/// Encoded, they are what a scenario file writes: a mapping from names, or the value alone.
package struct ParameterValues: Sendable, Equatable, Encodable {
  /// The names.
  package let names: [String]
  /// The value of each.
  package let values: [ParameterValue]
  /// Whether the one value stands alone, without its name.
  package let isInline: Bool

  /// Values with their names.
  package init(names: [String], values: [ParameterValue], isInline: Bool = false) {
    (self.names, self.values, self.isInline) = (names, values, isInline)
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  package func encode(to encoder: any Encoder) throws {
    if isInline, let value = values.first { return try value.encode(to: encoder) }
    var container = encoder.container(keyedBy: Key.self)
    for (name, value) in zip(names, values) where value.isWritten {
      try container.encode(value, forKey: Key(stringValue: name))
    }
  }
}

extension ParameterValue: Encodable {
  /// Whether files can hold it: JSON has no infinity, and a number that is left out is none.
  fileprivate var isWritten: Bool {
    if case .number(let number) = self { number.isFinite } else { true }
  }

  package func encode(to encoder: any Encoder) throws {
    if case .record(let values) = self { return try values.encode(to: encoder) }
    if case .choice(let name, let values) = self {
      return values.names.isEmpty
        ? try name.encode(to: encoder) : try [name: values].encode(to: encoder)
    }
    var container = encoder.singleValueContainer()
    switch self {
    case .number(let number): try container.encode(number)
    case .integer(let number): try container.encode(number)
    case .boolean(let flag): try container.encode(flag)
    case .word(let word): try container.encode(word)
    case .vector(let v): try container.encode([v.x, v.y, v.z])
    case .file(let written, _): try container.encode(written)
    case .list(let values): try container.encode(values)
    case .record, .choice: break
    }
  }
}
