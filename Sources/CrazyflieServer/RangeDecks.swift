import Configuration
import Crazyflie
import Scenario
import Simulation

/// The range finders of all drones: those of the Multi-ranger deck, and the one of the Flow deck that looks down.
///
/// They are the `multiranger` and the `range` of the scenario where it gives a drone such sensors. Otherwise they see
/// up to 4 m, as far as the VL53L1x of these decks by its data sheet, with a deviation of 5 mm.
struct RangeDecks: ~Copyable {
  private var sensors: SensorArray
  /// When they measure next. [s]
  private var due = 0.0

  /// How often they measure. [Hz]
  private static let frequency = 40.0

  /// The decks of the drones of a scenario.
  ///
  /// - Throws: ``FlightError`` if something is too small or too large to be seen.
  init(_ specification: FlightSpecification) throws(FlightError) {
    sensors = try specification.rangefinders()
  }

  /// Whether it is time to measure, if anybody wants to know. [s]
  mutating func isDue(at time: Double) -> Bool {
    guard time >= due - 1e-9 else { return false }
    due = time + 1 / Self.frequency
    return true
  }

  /// Measures, and says what each drone sees.
  ///
  /// - Parameter flight: Where the drones are.
  /// - Returns: The ranges, drone by drone.
  mutating func measure(in flight: inout Flight) -> [Ranges] {
    flight.measure(with: &sensors, every: 1 / Self.frequency)
    let (columns, readings) = (sensors.columns, sensors.readings)
    return stride(from: 0, to: readings.count, by: columns.count).map { first in
      func reading(_ name: String) -> Double? {
        columns.firstIndex(of: name).map { readings[first + $0] }.flatMap { $0.isNaN ? nil : $0 }
      }
      var ranges = Ranges()
      ranges.front = reading("range_front")
      ranges.back = reading("range_back")
      ranges.left = reading("range_left")
      ranges.right = reading("range_right")
      ranges.up = reading("range_up")
      ranges.down = reading("range_down")
      return ranges
    }
  }
}

extension FlightSpecification {
  /// The range finders of each drone.
  fileprivate func rangefinders() throws(FlightError) -> SensorArray {
    let noise = NoiseModel(.deviation(0.005))
    let usual: [(name: String, sensor: any Sensor)] = [
      ("multiranger", Rangefinders.multiranger(noise: noise, range: 0...4)),
      ("range", Rangefinders.down(noise: noise, range: 0...4)),
    ]
    let sensors = drones.map { drone in
      usual.map { name, sensor in
        NamedSensor(name, drone.sensors?.first { $0.name == name }?.sensor ?? sensor)
      }
    }
    do throws(SimulationError) {
      return try SensorArray(sensors, in: start, gravity: physics.gravity)
    } catch { throw FlightError(error.description) }
  }
}
