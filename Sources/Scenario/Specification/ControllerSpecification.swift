package import Control
package import Parameters

/// The controller of a drone.
package struct ControllerSpecification: Sendable, Encodable {
  /// The name of its entry in the ``ControllerCatalogue``, or `replay` or `policy`.
  package let name: String
  /// What the scenario says of it, with every default filled in.
  package let values: ParameterValues
  /// The controller itself, as it is before the flight.
  package let controller: any Controller

  /// Writes it as the scenario file does: its name, or a mapping from that to what is said of it.
  package func encode(to encoder: any Encoder) throws {
    if values.names.isEmpty {
      try name.encode(to: encoder)
    } else {
      try [name: values].encode(to: encoder)
    }
  }
}
