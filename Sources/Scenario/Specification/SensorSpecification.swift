package import Parameters
package import Simulation

/// A sensor of a scenario.
package struct SensorSpecification: Sendable {
  /// The name of its entry in the ``SensorCatalogue``.
  package let name: String
  /// What the scenario says of it, with every default filled in.
  package let values: ParameterValues
  /// The sensor.
  package let sensor: any Sensor
}

/// The sensors of a drone as the scenario file writes them: a mapping from their names.
struct EncodedSensors: Encodable {
  let sensors: [SensorSpecification]

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    for sensor in sensors {
      try container.encode(sensor.values, forKey: Key(stringValue: sensor.name))
    }
  }
}
