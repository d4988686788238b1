import Configuration
package import Control
package import Parameters
import SpatialMath

/// The reference of a drone: an entry of a catalogue with the values of its parameters.
package struct ReferenceSpecification: Sendable, Encodable {
  /// The name of its entry in the ``ReferenceCatalogue``.
  package let name: String
  /// What the scenario says of it, with every default filled in.
  package let values: ParameterValues
  /// The reference itself.
  package let reference: any Reference
  /// Where the nose points; `nil` where the reference says.
  package var heading: HeadedReference.Heading?

  /// The reference at a pace, and with the heading that is wanted of it.
  ///
  /// - Parameter slowdown: How many times longer it takes than by itself. [–]
  /// - Returns: What is flown.
  package func path(slowdown: Double) -> any Reference {
    let path = slowdown == 1 ? reference : SlowedReference(reference, factor: slowdown)
    return heading.map { HeadedReference(path, heading: $0) } ?? path
  }

  /// A point to stay at. [m, rad]
  static func hover(at position: Vector<World, Double>, yaw: Double) -> Self {
    let values = ParameterValues(
      names: ["at", "yaw"], values: [.vector(position), .number(yaw)])
    return Self(name: "hover", values: values, reference: HoverReference(at: position, yaw: yaw))
  }

  /// The velocity zero, without end.
  static var rest: Self {
    let velocity = ParameterValues(names: ["velocity"], values: [.vector(.zero)])
    let values = ParameterValues(
      names: ["velocities"], values: [.list([.record(velocity)])], isInline: true)
    return Self(
      name: "velocities", values: values,
      reference: VelocityReference([.init(until: .infinity, velocity: .zero)]))
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Writes it as the scenario file does: a mapping from its name to the values of its parameters, and the
  /// heading beside it.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(values, forKey: Key(stringValue: name))
    let heading = Key(stringValue: "heading")
    switch self.heading {
    case nil: break
    case .alongPath: try container.encode("along_path", forKey: heading)
    case .toward(let point): try container.encode(["toward": point.array], forKey: heading)
    case .turning(let rate): try container.encode(rate, forKey: heading)
    }
  }
}
