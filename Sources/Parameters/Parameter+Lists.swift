public import SpatialMath

extension Parameter<String> {
  /// One of some words.
  public static func word(
    _ name: String, _ summary: String, among words: [String], default initial: String? = nil
  ) -> Self {
    Self(
      name, summary, .word(words), initial.map { .value(.word($0)) } ?? .none,
      wrap: { .word($0) }
    ) {
      if case .word(let word) = $0 { word } else { nil }
    }
  }

  /// The path of a file, which a scenario writes from its own folder; always written.
  ///
  /// - Parameters:
  ///   - name: The key.
  ///   - summary: What it holds.
  ///   - kind: What kind of file, such as `a CSV file`.
  /// - Returns: The parameter.
  public static func file(_ name: String, _ summary: String, kind: String) -> Self {
    Self(name, summary, .file(kind), .none, wrap: { .file(written: $0, path: $0) }) {
      if case .file(_, let path) = $0 { path } else { nil }
    }
  }
}

extension Parameter<[Double]> {
  /// A list of numbers; none by default, unless there must be some. [`unit`]
  public static func numbers(
    _ name: String, _ summary: String, unit: String? = nil, in range: NumberRange = .finite,
    count: ClosedRange<Int> = 0...1_000_000
  ) -> Self {
    list(name, summary, of: .number("", "", unit: unit, in: range), count: count)
  }
}

extension Parameter<[Vector<World, Double>]> {
  /// A list of points in the world; none by default, unless there must be some. [m]
  public static func points(
    _ name: String, _ summary: String, count: ClosedRange<Int> = 0...1_000_000
  ) -> Self {
    list(name, summary, of: .vector("", "", unit: "m"), count: count)
  }
}

extension Parameter {
  /// A list of things that have parameters themselves, such as the legs of a flight.
  ///
  /// - Parameters:
  ///   - name: The key.
  ///   - summary: What it holds.
  ///   - parameters: The parameters of an element.
  ///   - count: How many elements there may be.
  ///   - element: Makes an element of the values of its parameters.
  /// - Returns: The parameter.
  public static func list<Element, each Field>(
    _ name: String, _ summary: String, of parameters: repeat Parameter<each Field>,
    count: ClosedRange<Int> = 0...1_000_000,
    element: @escaping @Sendable (repeat each Field) -> Element
  ) -> Self where Value == [Element] {
    let factory = Factory<Void, Element, Never>(repeat each parameters) {
      (_: Void, fields: repeat each Field) in element(repeat each fields)
    }
    let item = Parameter<Element>("", "", .record(factory.parameters), .none, wrap: { _ in nil }) {
      guard case .record(let fields) = $0 else { return nil }
      return factory.make((), fields.values)
    }
    return list(name, summary, of: item, count: count)
  }

  /// A list of values that are all like a parameter, whose own name does not count.
  package static func list<Element>(
    _ name: String, _ summary: String, of item: Parameter<Element>,
    count: ClosedRange<Int> = 0...1_000_000
  ) -> Self where Value == [Element] {
    let initial: ParameterDefault = count.contains(0) ? .value(.list([])) : .none
    return Self(
      name, summary, .list(of: item.description.kind, count: count), initial,
      wrap: { elements in
        let values = elements.compactMap(item.wrap)
        return values.count == elements.count ? .list(values) : nil
      }
    ) {
      guard case .list(let values) = $0 else { return nil }
      let elements = values.compactMap(item.unwrap)
      return elements.count == values.count ? elements : nil
    }
  }
}
