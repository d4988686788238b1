public import Parameters

/// The sensors that a name can stand for.
///
///     catalogues.sensors.register(
///       .init(
///         name: "barometer", summary: "the height by air pressure",
///         parameters: .number("noise", "deviation of the height", unit: "m", default: 0.1)
///       ) { noise in Barometer(noise: NoiseModel(.deviation(noise))) })
///
/// A scenario then writes `sensors: { barometer: { noise: 0.05 } }`.
public typealias SensorCatalogue = Catalogue<SensorEntry>

extension SensorCatalogue {
  /// The sensors that come with the package.
  public static var standard: SensorCatalogue {
    SensorCatalogue([
      InertialSensor.entry, MotionCapture.entry, Rangefinders.downEntry,
      Rangefinders.multirangerEntry, Rangefinders.lidarEntry,
    ])
  }
}

/// A sensor under a name, with its parameters.
public struct SensorEntry: CatalogueEntry {
  public let name: String
  public let summary: String
  /// Makes the sensor.
  package let factory: Factory<Void, any Sensor, ParameterError>

  /// A sensor under a name.
  ///
  /// - Parameters:
  ///   - name: What scenarios call it. Its random numbers follow from the name.
  ///   - summary: One line that says what it is.
  ///   - parameters: What scenarios can say of it.
  ///   - sensor: The sensor of values of these parameters, in their order.
  public init<each Value, S: Sensor>(
    name: String, summary: String, parameters: repeat Parameter<each Value>,
    sensor: @escaping @Sendable (repeat each Value) throws(ParameterError) -> S
  ) {
    (self.name, self.summary) = (name, summary)
    factory = Factory(repeat each parameters) {
      (_: Void, values: repeat each Value) throws(ParameterError) in
      try sensor(repeat each values)
    }
  }
}
