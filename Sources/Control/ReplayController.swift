package import Drone
package import FlightLogs
import SpatialMath

/// Flies recorded rotor speeds, independent of how the drone moves.
///
/// A row holds the speeds that acted over the step that ended at its time, so that the row at tₖ₊₁
/// acts over [tₖ, tₖ₊₁]. After the last row the rotors stand.
package struct ReplayController: Controller {
  private let times: [Double]
  private let speeds: [PerRotor<Double>]

  /// A controller that flies some rows.
  ///
  /// - Parameters:
  ///   - times: When each row's step ended, strictly increasing. [s]
  ///   - speeds: The rotor speeds of each row. [rpm]
  package init(times: [Double], speeds: [PerRotor<Double>]) {
    precondition(times.count == speeds.count, "as many times as rows")
    (self.times, self.speeds) = (times, speeds)
  }

  /// A controller that flies the pulses of a log: those of a row are held until the next.
  ///
  /// - Parameters:
  ///   - log: The log, with the battery's voltage.
  ///   - model: The vehicle; its motors' speed by voltage must be known.
  /// - Throws: ``ControllerError`` where either is missing.
  package init(_ log: FlightLog, for model: QuadcopterModel) throws(ControllerError) {
    let motors = try CrazyflieMotors(model)
    guard let voltages = log.voltages else {
      throw ControllerError(
        "\(log.path) does not say the battery's voltage; expected a column vbat")
    }
    self.init(
      times: log.times.dropFirst().map { $0 - log.times[0] },
      speeds: zip(log.pulses, voltages).dropLast().map { motors.speeds(for: $0, battery: $1) })
  }

  /// The time of the last row. [s]
  package var duration: Double { times.last ?? 0 }

  /// The time of the first row. [s]
  package var start: Double { times.first ?? 0 }

  /// The rows in a second, by the gap that is as long as most; `nil` for one row alone. [Hz]
  package var frequency: Double? {
    let gaps = zip(times, times.dropFirst()).map { $1 - $0 }.sorted()
    return gaps.isEmpty ? nil : 1 / gaps[gaps.count / 2]
  }

  /// The speeds of all rotors in all rows. [rpm]
  package var rotorSpeeds: [Double] { speeds.flatMap(\.array) }

  package var followsReference: Bool { false }

  package mutating func reset() {}

  package mutating func rotorSpeeds(
    for state: DroneState<Double>, tracking setpoint: Setpoint, at time: Double,
    every period: Double
  ) -> PerRotor<Double> {
    // The first row that ends after now, by more than a rounding of the time.
    let now = time + 1e-9 * max(1, time)
    var (low, high) = (0, times.count)
    while low < high {
      let middle = (low + high) / 2
      if times[middle] > now { high = middle } else { low = middle + 1 }
    }
    return low < times.count ? speeds[low] : PerRotor(repeating: 0)
  }
}
