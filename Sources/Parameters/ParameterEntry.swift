/// A thing of some kind under a name, made of the values of its parameters: a reference or a sensor.
public struct ParameterEntry<Product>: CatalogueEntry {
  public let name: String
  public let summary: String
  /// Makes the thing.
  package let factory: Factory<Void, Product, ParameterError>

  /// A thing under a name.
  ///
  /// - Parameters:
  ///   - name: What scenarios call it. The random numbers of a sensor follow from its name.
  ///   - summary: One line that says what it is.
  ///   - parameters: What scenarios can say of it.
  ///   - product: The thing of values of these parameters, in their order.
  public init<each Value>(
    name: String, summary: String, parameters: repeat Parameter<each Value>,
    product: @escaping @Sendable (repeat each Value) throws(ParameterError) -> Product
  ) {
    (self.name, self.summary) = (name, summary)
    factory = Factory(repeat each parameters) {
      (_: Void, values: repeat each Value) throws(ParameterError) in
      try product(repeat each values)
    }
  }

  /// A thing under a name, of which scenarios write one value alone, such as `csv: path.csv`.
  ///
  /// - Parameters:
  ///   - name: What scenarios call it.
  ///   - summary: One line that says what it is.
  ///   - value: What stands behind the name.
  ///   - product: The thing of that value.
  public init<Value>(
    name: String, summary: String, value: Parameter<Value>,
    product: @escaping @Sendable (Value) throws(ParameterError) -> Product
  ) {
    (self.name, self.summary) = (name, summary)
    factory = Factory(value, isInline: true) { (_: Void, value) throws(ParameterError) in
      try product(value)
    }
  }
}
