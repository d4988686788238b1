package import Drone
import SpatialMath

extension FlightLog {
  /// How the drone moved at the first row; `nil` unless position and attitude are known.
  package var start: DroneState<Double>? { state(ofRow: 0) }

  /// How the drone moved at a row; `nil` unless position and attitude are known.
  ///
  /// Velocities that are not known are zero, and so are rotor speeds.
  package func state(ofRow row: Int) -> DroneState<Double>? {
    guard let positions, let attitudes else { return nil }
    return DroneState(
      position: positions[row], attitude: attitudes[row], velocity: velocities?[row] ?? .zero,
      bodyRates: bodyRates?[row] ?? .zero)
  }

  /// The mean of what the rotors are told in the first half second; `nil` where the voltage is not known.
  /// [rpm]
  ///
  /// One row says little where a loud law drives them.
  package func firstSpeeds(by line: SpeedByVoltage) -> PerRotor<Double>? {
    guard let voltages else { return nil }
    let count = times.prefix { $0 - times[0] <= 0.5 }.count
    var sum = PerRotor(repeating: 0.0)
    for row in 0..<count {
      sum = sum.zip(pulses[row]) { $0 + line.speed(pulse: $1 / 65535, voltage: voltages[row]) }
    }
    return sum.map { $0 / Double(count) }
  }
}
