/// Why nothing can be made of the values of some parameters, each of which would be right by itself.
public struct ParameterError: Error, Sendable {
  /// What is wrong, as the rest of a sentence that begins with the value.
  package let problem: String
  /// The parameter at fault; `nil` for all of them together.
  package let parameter: String?
  /// Which element of a list of values by name, where the parameter is one of those.
  package let element: Int?
  /// What would have been right.
  package let expected: String?

  /// An error in the value of a parameter.
  ///
  /// The reader of the file adds where the value stands, and what it is:
  ///
  ///     throw ParameterError("is not beyond minimum", of: "maximum", expected: "more than 0.02 m")
  ///
  /// - Parameters:
  ///   - problem: The rest of a sentence that begins with the value, such as `is not beyond minimum`.
  ///   - parameter: The parameter at fault; `nil` for all of them together.
  ///   - element: Which element of the list, for a parameter of its elements.
  ///   - expected: What would have been right.
  public init(
    _ problem: String, of parameter: String? = nil, inElement element: Int? = nil,
    expected: String? = nil
  ) {
    (self.problem, self.parameter) = (problem, parameter)
    (self.element, self.expected) = (element, expected)
  }
}
