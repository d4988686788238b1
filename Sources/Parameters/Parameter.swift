public import SpatialMath

/// A parameter of a reference, a sensor or another entry of a catalogue: the key of a scenario file, the
/// type, range, unit and default of its value, and what it means.
///
///     .number("radius", "the radius", unit: "m", in: .positive)
///
/// A parameter without a default must be written.
public struct Parameter<Value: Sendable>: Sendable {
  /// What files, pages and commands see of it.
  package let description: ParameterDescription
  /// The value as Swift has it; `nil` for a value of another kind.
  package let unwrap: @Sendable (ParameterValue) -> Value?
  /// The value as files have it; `nil` for what cannot be written.
  package let wrap: @Sendable (Value) -> ParameterValue?

  init(
    _ name: String, _ summary: String, _ kind: ParameterKind, _ initial: ParameterDefault,
    wrap: @escaping @Sendable (Value) -> ParameterValue?,
    unwrap: @escaping @Sendable (ParameterValue) -> Value?
  ) {
    (self.wrap, self.unwrap) = (wrap, unwrap)
    description = ParameterDescription(
      name: name, summary: summary, kind: kind, initial: initial)
  }
}

extension Optional where Wrapped == ParameterValue {
  /// A default, or none.
  fileprivate var initial: ParameterDefault { map { .value($0) } ?? .none }
}

extension Parameter<Double> {
  /// A number, such as a radius. [`unit`]
  public static func number(
    _ name: String, _ summary: String, unit: String? = nil, in range: NumberRange = .finite,
    default initial: Double? = nil
  ) -> Self {
    number(name, summary, unit: unit, in: range, from: initial.map { .number($0) }.initial)
  }

  /// A heading in the world, by default the drone's at the start. [rad]
  public static func heading(_ name: String = "yaw", _ summary: String = "the heading") -> Self {
    number(name, summary, unit: "rad", from: .startHeading)
  }

  private static func number(
    _ name: String, _ summary: String, unit: String?, in range: NumberRange = .finite,
    from initial: ParameterDefault
  ) -> Self {
    Self(name, summary, .number(range, unit: unit), initial, wrap: { .number($0) }) {
      if case .number(let number) = $0 { number } else { nil }
    }
  }
}

extension Parameter<Int> {
  /// A whole number.
  public static func integer(
    _ name: String, _ summary: String, in range: ClosedRange<Int>, default initial: Int? = nil
  ) -> Self {
    Self(
      name, summary, .integer(range), initial.map { .integer($0) }.initial, wrap: { .integer($0) }
    ) {
      if case .integer(let number) = $0 { number } else { nil }
    }
  }
}

extension Parameter<Bool> {
  /// True or false.
  public static func boolean(
    _ name: String, _ summary: String, default initial: Bool? = nil
  ) -> Self {
    Self(name, summary, .boolean, initial.map { .boolean($0) }.initial, wrap: { .boolean($0) }) {
      if case .boolean(let flag) = $0 { flag } else { nil }
    }
  }
}

extension Parameter<Vector<World, Double>> {
  /// Three numbers along the world's axes. [`unit`]
  public static func vector(
    _ name: String, _ summary: String, unit: String? = nil, in range: NumberRange = .finite,
    default initial: Vector<World, Double>? = nil
  ) -> Self {
    let initial = initial.map { ParameterValue.vector($0) }.initial
    return Self(
      name, summary, .vector(range, unit: unit), initial, wrap: { .vector($0) }, unwrap: vector)
  }

  /// A position in the world, by default the drone's at the start. [m]
  public static func startPosition(_ name: String, _ summary: String) -> Self {
    Self(
      name, summary, .vector(.finite, unit: "m"), .startPosition, wrap: { .vector($0) },
      unwrap: vector)
  }

  /// The centre of a reference, by default such that the reference passes at time 0 through the drone's
  /// position at the start. [m]
  public static func center(_ name: String = "center", _ summary: String = "the centre") -> Self {
    Self(
      name, summary, .vector(.finite, unit: "m"), .throughStartPosition, wrap: { .vector($0) },
      unwrap: vector)
  }

  @Sendable fileprivate static func vector(_ value: ParameterValue) -> Vector<World, Double>? {
    if case .vector(let vector) = value { vector } else { nil }
  }
}
