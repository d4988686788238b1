package import Drone
import SpatialMath

/// From thrust and torques in counts to the pulses of a Crazyflie's motors, and to the speeds that they tell.
///
/// Rotors are 0 front right, 1 back right, 2 back left, 3 front left. With thrust t, roll r, pitch p (nose
/// up) and yaw y (to the left), all in counts, the requests are
///
///     m₀ = t − r/2 + p/2 − y      m₁ = t − r/2 − p/2 + y
///     m₂ = t + r/2 − p/2 − y      m₃ = t + r/2 + p/2 + y
///
/// and each becomes the share of the battery's voltage that makes the thrust it stands for,
///
///     g = 60 m / 65536 [gram],  V = 0.088 g − 0.0006239 g²,  pulse = 65535 V / V_battery
///
/// Above m = 65535 the curve goes on along its tangent: it has a vertex there, which logged motor voltages
/// pass. Where a pulse exceeds 65535 counts all are lowered by the excess.
///
/// The curve and the mixing are those of the firmware of 2025; what happens beyond the curve is told by
/// logs, see Documentation/Truth.md.
package struct CrazyflieMotors: Sendable {
  /// Thrust and torques, in counts.
  package struct Request: Sendable {
    /// Of all rotors together, each. [counts]
    package var thrust = 0.0
    /// About x: to the right. [counts]
    package var roll = 0.0
    /// Nose up. [counts]
    package var pitch = 0.0
    /// To the left. [counts]
    package var yaw = 0.0

    /// A request. [counts]
    package init(thrust: Double = 0, roll: Double = 0, pitch: Double = 0, yaw: Double = 0) {
      (self.thrust, self.roll, self.pitch, self.yaw) = (thrust, roll, pitch, yaw)
    }

    /// What the rotors are asked for. [counts]
    package var perRotor: PerRotor<Double> {
      let (r, p) = (roll / 2, pitch / 2)
      return PerRotor(
        thrust - r + p - yaw, thrust - r - p + yaw, thrust + r - p - yaw, thrust + r + p + yaw)
    }
  }

  /// The largest pulse. [counts]
  package static let full = 65535.0
  private static let gram = 60 / 65536.0
  private static let (linear, square) = (0.088, 0.0006239)

  private let line: SpeedByVoltage

  /// The motors of a model, whose speed by voltage its file must give.
  package init(_ model: QuadcopterModel) throws(ControllerError) {
    guard let line = model.speedByVoltage else {
      throw ControllerError(
        "its file does not say how fast motors turn at a voltage; expected speed_at_zero_volt and "
          + "speed_per_volt")
    }
    self.line = line
  }

  /// Refuses a model whose rotors are not where the laws of the firmware take them to be.
  ///
  /// - Throws: ``ControllerError`` that says where they should be.
  package static func check(layoutOf model: QuadcopterModel) throws(ControllerError) {
    let order = try? MotorOrder(model)
    let isUsual = order.map { $0.places.array == [0, 3, 1, 2] && !$0.isReversed } ?? false
    guard isUsual else {
      throw ControllerError(
        "its rotors are not a Crazyflie's; expected an X: front right, back right, back left, front left, "
          + "the first counterclockwise")
    }
  }

  /// The voltage of a request. [counts, V]
  package static func voltage(of request: Double) -> Double {
    let g = gram * min(request, full)
    let slope = gram * (linear - 2 * square * gram * full)
    return linear * g - square * g * g + max(0, request - full) * slope
  }

  /// The request that is given a voltage. [V, counts]
  static func request(of voltage: Double) -> Double {
    let highest = Self.voltage(of: full)
    guard voltage < highest else {
      return full + (voltage - highest) / (gram * (linear - 2 * square * gram * full))
    }
    let root = (linear * linear - 4 * square * voltage).squareRoot()
    return (linear - root) / (2 * square * gram)
  }

  /// The pulses of a request. [counts]
  ///
  /// - Parameters:
  ///   - request: Thrust and torques.
  ///   - battery: The battery's voltage under load. [V]
  /// - Returns: Whole numbers from 0 to 65535.
  package func pulses(for request: Request, battery: Double) -> PerRotor<Double> {
    let wanted = request.perRotor.map { Self.full * Self.voltage(of: $0) / battery }
    let highest = max(max(wanted[0], wanted[1]), max(wanted[2], wanted[3]))
    let excess = max(0, highest - Self.full)
    return wanted.map { ($0 - excess).clamped(from: 0, to: Self.full).rounded() }
  }

  /// What the pulses of a row were asked by. [counts, V]
  package static func request(of pulses: PerRotor<Double>, battery: Double) -> Request {
    let m = pulses.map { request(of: $0 / full * battery) }
    return Request(
      thrust: m.sum / 4, roll: (-m[0] - m[1] + m[2] + m[3]) / 2,
      pitch: (m[0] - m[1] - m[2] + m[3]) / 2, yaw: (-m[0] + m[1] - m[2] + m[3]) / 4)
  }

  /// The speeds that pulses tell. [counts, V, rpm]
  package func speeds(for pulses: PerRotor<Double>, battery: Double) -> PerRotor<Double> {
    pulses.map { line.speed(pulse: $0 / Self.full, voltage: battery) }
  }
}

extension SpeedByVoltage {
  /// Motors of a model that says nothing of theirs: a Crazyflie's, faster or slower by such a factor that the base
  /// thrust of its firmware holds the model in the air on Earth.
  ///
  /// A Crazyflie's line is the one that drone-models (learnsyslab) has for it.
  package init(holding model: QuadcopterModel) {
    let crazyflie = SpeedByVoltage(atZeroVolt: 2968.1791506, perVolt: 6647.9485924)
    let voltage = CrazyflieMotors.voltage(of: CrazyfliePID.Gains().baseThrust)
    let factor =
      model.hoverRotorSpeed(gravity: 9.81) / crazyflie.speed(pulse: 1, voltage: voltage)
    self.init(
      atZeroVolt: factor * crazyflie.atZeroVolt, perVolt: factor * crazyflie.perVolt)
  }
}
