/// One of the things that a value of a file can be, such as a kind of action: a name, and parameters of
/// its own.
package struct Form<Value: Sendable>: Sendable {
  /// What files, pages and commands see of it.
  package let description: FormDescription
  let make: @Sendable ([ParameterValue]) -> Value
  let fields: @Sendable (Value) -> [ParameterValue]?

  /// A form.
  ///
  /// - Parameters:
  ///   - name: The word that files name it by.
  ///   - summary: What it is, in a few words.
  ///   - parameters: Its parameters.
  ///   - make: The value of such a form.
  ///   - fields: The parameters of a value; `nil` for values of another form.
  package init<each Field: Sendable>(
    _ name: String, _ summary: String, _ parameters: repeat Parameter<each Field>,
    make: @escaping @Sendable (repeat each Field) -> Value,
    fields: @escaping @Sendable (Value) -> (repeat each Field)?
  ) {
    let factory = Factory<Void, Value, Never>(repeat each parameters) {
      (_: Void, fields: repeat each Field) in make(repeat each fields)
    }
    description = FormDescription(name: name, summary: summary, parameters: factory.parameters)
    self.make = { factory.make((), $0) }
    self.fields = { value in
      guard let found = fields(value) else { return nil }
      var values: [ParameterValue?] = []
      repeat values.append((each parameters).wrap(each found))
      let written = values.compactMap(\.self)
      return written.count == values.count ? written : nil
    }
  }
}

extension Form where Value: Equatable {
  /// A form without parameters.
  package init(_ name: String, _ summary: String, _ value: Value) {
    self.init(name, summary, make: { value }, fields: { $0 == value ? () : nil })
  }
}

/// A form as files, pages and commands see it.
package struct FormDescription: Sendable {
  /// The word that files name it by.
  package let name: String
  /// What it is, in a few words.
  package let summary: String
  /// Its parameters.
  package let parameters: [ParameterDescription]
}

extension Parameter {
  /// One of some forms.
  package static func choice(
    _ name: String, _ summary: String, among forms: [Form<Value>]
  ) -> Self {
    Self(
      name, summary, .choice(forms.map(\.description)), .none,
      wrap: { value in
        for form in forms {
          guard let fields = form.fields(value) else { continue }
          let names = form.description.parameters.map(\.name)
          return .choice(form.description.name, ParameterValues(names: names, values: fields))
        }
        return nil
      }
    ) {
      guard case .choice(let name, let values) = $0 else { return nil }
      return forms.first { $0.description.name == name }?.make(values.values)
    }
  }
}

extension Parameter<ClosedRange<Double>> {
  /// Two numbers, the lower one first. [`unit`]
  package static func interval(
    _ name: String, _ summary: String, unit: String? = nil, in range: NumberRange = .finite,
    default initial: ClosedRange<Double>? = nil
  ) -> Self {
    let wrap = { @Sendable (range: ClosedRange<Double>) -> ParameterValue? in
      .list([.number(range.lowerBound), .number(range.upperBound)])
    }
    return Self(
      name, summary, .interval(of: .number(range, unit: unit)),
      initial.flatMap(wrap).map { .value($0) } ?? .none, wrap: wrap
    ) {
      guard case .list(let bounds) = $0, bounds.count == 2, case .number(let low) = bounds[0],
        case .number(let high) = bounds[1]
      else { return nil }
      return low...high
    }
  }
}

extension Parameter<ClosedRange<Int>> {
  /// Two whole numbers, the lower one first.
  package static func interval(
    _ name: String, _ summary: String, in range: ClosedRange<Int>
  ) -> Self {
    Self(
      name, summary, .interval(of: .integer(range)), .none,
      wrap: { .list([.integer($0.lowerBound), .integer($0.upperBound)]) }
    ) {
      guard case .list(let bounds) = $0, bounds.count == 2, case .integer(let low) = bounds[0],
        case .integer(let high) = bounds[1]
      else { return nil }
      return low...high
    }
  }
}

extension Parameter where Value: RawRepresentable<String> & CaseIterable {
  /// The case of an enumeration that a word names.
  package static func word(
    _ name: String, _ summary: String, as type: Value.Type = Value.self,
    default initial: Value? = nil
  ) -> Self {
    Self(
      name, summary, .word(Value.allCases.map(\.rawValue)),
      initial.map { .value(.word($0.rawValue)) } ?? .none, wrap: { .word($0.rawValue) }
    ) {
      if case .word(let word) = $0 { Value(rawValue: word) } else { nil }
    }
  }
}
