/// Makes something of the values of its parameters.
package struct Factory<Product>: Sendable {
  /// The parameters, in the order in which files are read and messages list them.
  package let parameters: [ParameterDescription]
  /// Whether the one parameter is written without its name.
  package let isInline: Bool
  private let product: @Sendable ([ParameterValue]) throws(ParameterError) -> Product

  /// A factory that hands the values to a closure, in the order of the parameters.
  package init<each Value: Sendable>(
    _ parameters: repeat Parameter<each Value>, isInline: Bool = false,
    make: @escaping @Sendable (repeat each Value) throws(ParameterError) -> Product
  ) {
    var descriptions: [ParameterDescription] = []
    repeat descriptions.append((each parameters).description)
    self.parameters = descriptions
    self.isInline = isInline
    product = { (values) throws(ParameterError) in
      var index = 0
      func next<V>(_ parameter: Parameter<V>) -> V {
        defer { index += 1 }
        guard let value = parameter.unwrap(values[index]) else {
          preconditionFailure("\(parameter.description.name) of another kind than its parameter")
        }
        return value
      }
      return try make(repeat next(each parameters))
    }
  }

  /// The product of values, one for each parameter and of its kind.
  ///
  /// - Throws: ``ParameterError`` where nothing can be made of them.
  package func make(_ values: [ParameterValue]) throws(ParameterError) -> Product {
    precondition(values.count == parameters.count, "a value for each parameter")
    return try product(values)
  }

  /// The values, with the names of their parameters.
  package func named(_ values: [ParameterValue]) -> ParameterValues {
    ParameterValues(names: parameters.map(\.name), values: values, isInline: isInline)
  }
}
