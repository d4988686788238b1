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

  /// Writes it as the scenario file does: a mapping from its name to the values of its parameters.
  package func encode(to encoder: any Encoder) throws { try [name: values].encode(to: encoder) }
}
