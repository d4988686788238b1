package import Drone

/// A law of the Crazyflie's firmware, which tells motors pulses by the battery's voltage.
package protocol CrazyflieLaw: Controller {
  /// The battery's voltage under load. [V]
  var voltage: Double { get set }
  /// The pulses that the motors were last given. [counts]
  var pulses: PerRotor<Double> { get }
  /// What the motors were last asked for.
  var request: CrazyflieMotors.Request { get }
  /// What the estimator said last.
  var estimate: DelayedEstimates.Estimate { get }

  /// The speeds that the rotors should take until the next call. [rpm]
  ///
  /// - Parameters:
  ///   - state: How the drone moves now.
  ///   - setpoint: What the commander asks for.
  ///   - period: The time until the next call. [s]
  /// - Returns: The speeds. [rpm]
  mutating func rotorSpeeds(
    for state: DroneState<Double>, towards setpoint: CrazyflieSetpoint, every period: Double
  ) -> PerRotor<Double>
}

extension CrazyflieLaw {
  package mutating func rotorSpeeds(
    for state: DroneState<Double>, tracking setpoint: Setpoint, at time: Double,
    every period: Double
  ) -> PerRotor<Double> {
    rotorSpeeds(for: state, towards: CrazyflieSetpoint(setpoint), every: period)
  }

  /// How often attitude and body rates are controlled on board; it is no law any more where calls are rarer. [Hz]
  private static var attitudeFrequency: Double { 500 }

  /// Refuses calls that are too rare.
  ///
  /// - Parameter frequency: How many calls make a second. [Hz]
  /// - Throws: ``ControllerError`` with the rates that suit it.
  package func check(frequency: Double) throws(ControllerError) {
    guard frequency < Self.attitudeFrequency else { return }
    throw ControllerError(
      "it controls attitude 500 times a second, and is asked \(Int(frequency.rounded())) times; set "
        + "rates.control to 500 or more, such as rates: { physics: 1000, control: 1000 }")
  }
}
