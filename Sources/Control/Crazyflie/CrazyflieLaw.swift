package import Drone

/// A law of the Crazyflie's firmware, which tells motors pulses by the battery's voltage.
package protocol CrazyflieLaw: Controller {
  /// The battery's voltage under load. [V]
  var voltage: Double { get set }
  /// The pulses that the motors were last given. [counts]
  var pulses: PerRotor<Double> { get }
}
