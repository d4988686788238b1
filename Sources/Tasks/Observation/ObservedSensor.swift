package import Parameters
import Rendering
public import Simulation

/// A sensor whose readings a drone of a task sees, over a scale and held between −1 and 1; what it does not
/// see is 0.
///
/// Any ``Sensor`` will do, one of a ``SensorCatalogue`` or one of your own. It is reset before every
/// observation, with random numbers of the environment's: what it remembers from one measurement to the
/// next, as a bias that walks, is drawn anew each time.
public struct ObservedSensor: Sendable {
  /// What policies that see it call it.
  package var name: String
  /// The sensor.
  package var sensor: any Sensor
  /// What its readings are divided by. [unit of the readings]
  package var scale: Double
  /// What a file says of the sensor, with every default filled in; `nil` for one made in a program.
  package let values: ParameterValues?

  /// How many readings it has. [–]
  package var count: Int { sensor.readingNames.count }

  /// A sensor under a name.
  public init(_ name: String, _ sensor: any Sensor, scale: Double) {
    self.init(name, sensor, values: nil, scale: scale)
  }

  /// A sensor that a file says.
  package init(_ name: String, _ sensor: any Sensor, values: ParameterValues?, scale: Double) {
    (self.name, self.sensor, self.scale) = (name, sensor, scale)
    self.values = values
  }
}

extension ObservedSensor: CustomStringConvertible {
  public var description: String {
    "\(name): \(sensor.readingNames.joined(separator: ", ")) / \(scale.words)"
  }
}
