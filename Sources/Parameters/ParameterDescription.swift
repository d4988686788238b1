package import SpatialMath

/// A value that a scenario file can give to a parameter.
package enum ParameterValue: Sendable, Equatable {
  /// A number; infinity stands for one that is left out.
  case number(Double)
  case integer(Int)
  case boolean(Bool)
  /// A word of several.
  case word(String)
  case vector(Vector<World, Double>)
  /// A file: its path as it was written, and as it is found from here.
  case file(written: String, path: String)
  case list([ParameterValue])
  /// One of some things, by its name, with the values of its own parameters.
  case choice(String, ParameterValues)
  /// Values by name.
  case record(ParameterValues)
}

/// What kind of value a parameter takes.
package indirect enum ParameterKind: Sendable {
  case number(NumberRange, unit: String?)
  case integer(ClosedRange<Int>)
  case boolean
  /// One of some words.
  case word([String])
  /// Three numbers.
  case vector(NumberRange, unit: String?)
  /// A file, such as `a CSV file`.
  case file(String)
  case list(of: ParameterKind, count: ClosedRange<Int>)
  /// Two values, the lower one first.
  case interval(of: ParameterKind)
  /// One of some things, each with parameters of its own.
  case choice([FormDescription])
  /// Values by name.
  case record([ParameterDescription])
}

/// What a parameter is where a scenario does not say.
package enum ParameterDefault: Sendable {
  /// It must be said.
  case none
  case value(ParameterValue)
  /// The drone's position at the start, where that is known.
  case startPosition
  /// The drone's heading at the start.
  case startHeading
  /// The position that lets the reference pass through the drone's at the start, where that is known.
  case throughStartPosition
}

/// A parameter as a scenario file, a page of documentation or a command sees it.
package struct ParameterDescription: Sendable {
  /// The key in a scenario file.
  package let name: String
  /// What it is, in a few words.
  package let summary: String
  /// What kind of value it takes.
  package let kind: ParameterKind
  /// What it is where nothing is said.
  package let initial: ParameterDefault
}
