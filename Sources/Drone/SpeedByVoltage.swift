import SpatialMath

/// The speed that a motor is told by the width of its pulses and the battery's voltage.
///
///     u = c₀ + c₁ V p      0 where p = 0      [rpm]
///
/// with the voltage V under load and the share p of the time that a pulse lasts: a Crazyflie's PWM, 0 to
/// 65535, over 65535. The speed then follows by the rotor's lag.
///
/// The straight line is that of drone-models (learnsyslab) between the voltage at a motor and its steady
/// speed.
package struct SpeedByVoltage: Sendable, Equatable, BitwiseCopyable {
  /// The speed c₀ that the line has at 0 V. [rpm]
  package var atZeroVolt: Double
  /// The speed per voltage c₁, above 0. [rpm/V]
  package var perVolt: Double

  /// The line with these coefficients. [rpm, rpm/V]
  package init(atZeroVolt: Double, perVolt: Double) {
    (self.atZeroVolt, self.perVolt) = (atZeroVolt, perVolt)
  }

  /// The speed that pulses tell. [rpm]
  ///
  /// - Parameters:
  ///   - pulse: The share of the time that a pulse lasts, from 0 to 1. [–]
  ///   - voltage: The battery's voltage under load. [V]
  /// - Returns: The speed, 0 or more. [rpm]
  package func speed(pulse: Double, voltage: Double) -> Double {
    pulse > 0 ? max(0, atZeroVolt + perVolt * voltage * pulse) : 0
  }

  /// The pulse that tells a speed. [–]
  ///
  /// - Parameters:
  ///   - speed: The speed. [rpm]
  ///   - voltage: The battery's voltage under load, above 0. [V]
  /// - Returns: The pulse, 1 where none tells as high a speed, 0 where all tell a higher one.
  package func pulse(speed: Double, voltage: Double) -> Double {
    ((speed - atZeroVolt) / (perVolt * voltage)).clamped(from: 0, to: 1)
  }
}

extension SpeedByVoltage {
  /// Reads our own `<swiftlet:quadcopter>`; `nil` where it says nothing of it.
  init?(_ element: LocatedElement) throws(ModelError) {
    guard element.has("speed_at_zero_volt") || element.has("speed_per_volt") else { return nil }
    guard element.has("speed_at_zero_volt"), element.has("speed_per_volt") else {
      throw element.error(
        "has only one of speed_at_zero_volt and speed_per_volt; expected both or neither")
    }
    self.init(
      atZeroVolt: try element.number("speed_at_zero_volt"),
      perVolt: try element.positive("speed_per_volt", unit: "rpm/V"))
  }
}
