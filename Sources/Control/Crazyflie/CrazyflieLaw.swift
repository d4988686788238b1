package import Drone

/// A law of the Crazyflie's firmware, which tells motors pulses by the battery's voltage.
package protocol CrazyflieLaw: Controller {
  /// The battery's voltage under load. [V]
  var voltage: Double { get set }
  /// The pulses that the motors were last given. [counts]
  var pulses: PerRotor<Double> { get }
}

extension CrazyflieLaw {
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
