/// Makes something of an input and the values of its parameters.
package struct Factory<Input, Product, Failure: Error>: Sendable {
  /// The parameters, in the order in which files are read and messages list them.
  package let parameters: [ParameterDescription]
  /// Whether the one parameter is written without its name.
  package let isInline: Bool
  private let product: @Sendable (Input, [ParameterValue]) throws(Failure) -> Product

  /// A factory that hands the values to a closure, in the order of the parameters.
  package init<each Value: Sendable>(
    _ parameters: repeat Parameter<each Value>, isInline: Bool = false,
    make: @escaping @Sendable (Input, repeat each Value) throws(Failure) -> Product
  ) {
    var descriptions: [ParameterDescription] = []
    repeat descriptions.append((each parameters).description)
    self.parameters = descriptions
    self.isInline = isInline
    product = { (input, values) throws(Failure) in
      var index = 0
      func next<V>(_ parameter: Parameter<V>) -> V {
        defer { index += 1 }
        guard let value = parameter.unwrap(values[index]) else {
          preconditionFailure("\(parameter.description.name) of another kind than its parameter")
        }
        return value
      }
      return try make(input, repeat next(each parameters))
    }
  }

  /// The product of an input and of values, one for each parameter and of its kind.
  package func make(_ input: Input, _ values: [ParameterValue]) throws(Failure) -> Product {
    precondition(values.count == parameters.count, "a value for each parameter")
    return try product(input, values)
  }

  /// The values that parameters have by themselves; `nil` where one of them must be said.
  package var defaults: [ParameterValue]? {
    let values = parameters.compactMap {
      if case .value(let value) = $0.initial { value } else { nil as ParameterValue? }
    }
    return values.count == parameters.count ? values : nil
  }

  /// The values, with the names of their parameters.
  package func named(_ values: [ParameterValue]) -> ParameterValues {
    ParameterValues(names: parameters.map(\.name), values: values, isInline: isInline)
  }
}
