package import Control
package import Drone
package import Parameters

/// The controller of a drone.
package struct ControllerSpecification: Sendable, Encodable {
  /// The name of its entry in the ``ControllerCatalogue``, or `replay` or `policy`.
  package let name: String
  /// What the scenario says of it, with every default filled in.
  package let values: ParameterValues
  /// The controller itself, as it is before the flight.
  package let controller: any Controller

  /// The PID of the Crazyflie's firmware, with its defaults.
  ///
  /// - Parameter model: The vehicle.
  /// - Returns: The controller.
  /// - Throws: ``ControllerError`` if it cannot fly the model.
  package static func crazyflie(_ model: QuadcopterModel) throws(ControllerError) -> Self {
    let controller = try CrazyfliePID(model: model, voltage: 3.7)
    let values = ParameterValues(names: ["voltage"], values: [.number(controller.voltage)])
    return Self(name: "crazyflie-pid", values: values, controller: controller)
  }

  /// Writes it as the scenario file does: its name, or a mapping from that to what is said of it.
  package func encode(to encoder: any Encoder) throws {
    if values.names.isEmpty {
      try name.encode(to: encoder)
    } else {
      try [name: values].encode(to: encoder)
    }
  }
}
