package import Control
import SpatialMath

/// Reads setpoints of roll, pitch, yaw rate and thrust: three floats in degrees, or degrees a second, and
/// 16 bits of thrust.
///
/// Thrust is locked until a setpoint without any has come, so that no drone takes off because a stick stands
/// where it should not.
package struct AttitudeSetpoints: Sendable {
  /// Whether thrust means a climb, from −1 m/s to 1 m/s.
  package var holdsHeight = false
  /// Whether pitch and roll mean velocities, of 1/30 m/s a degree.
  package var holdsPosition = false
  /// Whether pitch, roll, yaw and thrust mean a position: −x, y, yaw and z in millimetres.
  package var setsPosition = false
  /// Whether roll, pitch and yaw mean angles rather than rates.
  package var (rollIsAngle, pitchIsAngle, yawIsAngle) = (true, true, false)

  private var isLocked = true

  /// Angles of roll and pitch, and rates of yaw.
  package init() {}

  private static let (least, most) = (1000.0, 60_000.0)
  private static let radians = Double.pi / 180

  /// The setpoint of a packet's data; `nil` if it is none.
  ///
  /// - Parameters:
  ///   - data: The data.
  ///   - isFirst: Whether no setpoint has counted so far, which locks thrust.
  /// - Returns: The setpoint.
  package mutating func setpoint(_ data: [UInt8], isFirst: Bool) -> CrazyflieSetpoint? {
    var reader = ByteReader(data)
    guard let angles = reader.floats(3), let thrust = reader.integer(UInt16.self) else {
      return nil
    }
    if isFirst { isLocked = true }
    if thrust == 0 { isLocked = false }
    var setpoint = CrazyflieSetpoint()
    let raw = Double(thrust)
    if holdsHeight {
      setpoint.modes.z = .velocity
      setpoint.velocity.z = (raw - 32_767) / 32_767
    } else if !isLocked, raw >= Self.least {
      setpoint.thrust = min(raw, Self.most)
    }
    if holdsPosition {
      (setpoint.modes.x, setpoint.modes.y) = (.velocity, .velocity)
      setpoint.velocity.x = angles[1] / 30
      setpoint.velocity.y = angles[0] / 30
    } else if setsPosition, thrust != 0 {
      setpoint.modes = .init(.absolute, yaw: .absolute)
      setpoint.position = Vector(-angles[1], angles[0], raw / 1000)
      setpoint.yaw = Self.radians * angles[2]
      setpoint.thrust = 0
    } else {
      tilt(&setpoint, roll: Self.radians * angles[0], pitch: Self.radians * angles[1])
    }
    if !setsPosition { turn(&setpoint, Self.radians * angles[2]) }
    return setpoint
  }

  private func tilt(_ setpoint: inout CrazyflieSetpoint, roll: Double, pitch: Double) {
    setpoint.modes.roll = rollIsAngle ? .absolute : .velocity
    setpoint.modes.pitch = pitchIsAngle ? .absolute : .velocity
    if rollIsAngle { setpoint.roll = roll } else { setpoint.rates.x = roll }
    if pitchIsAngle { setpoint.pitch = pitch } else { setpoint.rates.y = pitch }
  }

  private func turn(_ setpoint: inout CrazyflieSetpoint, _ yaw: Double) {
    if yawIsAngle {
      setpoint.modes.yaw = .absolute
      setpoint.yaw = yaw
    } else {
      setpoint.modes.yaw = .velocity
      // Rates of this packet are to the right.
      setpoint.rates.z = -yaw
    }
  }
}
