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
public typealias SensorCatalogue = Catalogue<ParameterEntry<any Sensor>>

extension SensorCatalogue {
  /// The sensors that come with the package.
  public static var standard: SensorCatalogue {
    SensorCatalogue([
      InertialSensor.entry, MotionCapture.entry, Rangefinders.downEntry,
      Rangefinders.multirangerEntry, Rangefinders.lidarEntry,
    ])
  }
}
