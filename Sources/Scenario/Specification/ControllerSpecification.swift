public import Control
package import Parameters

/// The controller of a drone.
public struct ControllerSpecification: Sendable, Encodable {
  /// The name of its entry in the ``ControllerCatalogue``, or `replay` or `policy`.
  public let name: String
  /// What the scenario says of it, with every default filled in.
  package let values: ParameterValues
  /// The controller itself, as it is before the flight.
  public let controller: any Controller

  /// Writes it as the scenario file does: its name, or a mapping from that to what is said of it.
  public func encode(to encoder: any Encoder) throws {
    if values.names.isEmpty {
      try name.encode(to: encoder)
    } else {
      try [name: values].encode(to: encoder)
    }
  }
}
