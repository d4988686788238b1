import SpatialMath

/// The gains of one PID of the Crazyflie's firmware.
package struct LoopGains: Sendable {
  /// Of the error. [output/unit]
  package var proportional: Double
  /// Of the error's integral. [output/(unit·s)]
  package var integral: Double
  /// Of the rate of what is measured. [output·s/unit]
  package var derivative: Double
  /// Of what is wanted. [output/unit]
  package var feedforward: Double

  /// Gains, in the order in which the firmware names them.
  package init(
    _ proportional: Double, _ integral: Double = 0, _ derivative: Double = 0,
    _ feedforward: Double = 0
  ) {
    (self.proportional, self.integral) = (proportional, integral)
    (self.derivative, self.feedforward) = (derivative, feedforward)
  }

  /// The gains of three axes: of position and velocity, or of roll, pitch and yaw.
  package struct Axes: Sendable {
    /// Along the heading or to its left, and up; or about the body's axes.
    package var x, y, z: LoopGains
  }
}

/// One PID of the Crazyflie's firmware.
///
///     u = k_p e + k_i ∫e dt − k_d ẏ + k_ff r
///
/// with the error e, the measured y and the wanted r. What is differentiated is what was measured.
struct PIDLoop: Sendable {
  /// What one run is told.
  struct Input {
    /// How far what is wanted is from what is measured.
    var error: Double
    var measured: Double
    /// What is wanted; it counts where there is a feedforward alone.
    var wanted: Double
    /// Whether it is an angle, which goes the short way from one run to the next. [°]
    var isAngle = false

    /// A number that is wanted and is measured.
    init(_ measured: Double, towards wanted: Double) {
      (self.measured, self.wanted, error) = (measured, wanted, wanted - measured)
    }

    /// An angle that is wanted and is measured. [°]
    init(angle measured: Double, towards wanted: Double) {
      (self.measured, self.wanted, isAngle) = (measured, wanted, true)
      error = (wanted - measured).remainder(dividingBy: 360)
    }
  }

  private var integral = BoundedIntegral()
  private let limit: Double
  private var last: Double?

  /// A loop whose integral stays between minus a limit and the limit.
  init(within limit: Double = .infinity) { self.limit = limit }

  /// Runs once.
  ///
  /// - Parameters:
  ///   - input: What is measured, and what is wanted.
  ///   - gains: The gains.
  ///   - time: The time since the last run. [s]
  ///   - start: What comes of the first run, if the integral can bring that about.
  /// - Returns: u.
  mutating func run(
    _ input: Input, _ gains: LoopGains, over time: Double, startingFrom start: Double? = nil
  ) -> Double {
    let change = input.measured - (last ?? input.measured)
    let slope = (input.isAngle ? change.remainder(dividingBy: 360) : change) / time
    let direct =
      gains.proportional * input.error - gains.derivative * slope
      + gains.feedforward * input.wanted
    if last == nil, let start, gains.integral != 0 {
      integral.set((start - direct) / gains.integral - input.error * time, within: limit)
    }
    last = input.measured
    return direct + gains.integral * integral.add(input.error, over: time, within: limit)
  }
}

/// The integral of an error, held between two bounds.
struct BoundedIntegral: Sendable {
  private(set) var value = 0.0

  /// Adds an error over a time, and returns the integral, between minus a limit and the limit. [s]
  mutating func add(_ error: Double, over time: Double, within limit: Double) -> Double {
    set(value + error * time, within: limit)
    return value
  }

  /// Sets it, between minus a limit and the limit.
  mutating func set(_ value: Double, within limit: Double) {
    self.value = value.clamped(from: -limit, to: limit)
  }
}
