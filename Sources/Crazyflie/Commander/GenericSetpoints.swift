import Control
import SpatialMath

/// Reads the setpoints of the generic commander: a byte for the kind, and then its numbers.
enum GenericSetpoints {
  private static let radians = Double.pi / 180
  private static let milli = 0.001

  /// The setpoint of a packet's data; `nil` for an unknown kind, and for too few numbers or infinite ones.
  static func setpoint(_ data: [UInt8]) -> CrazyflieSetpoint? {
    var reader = ByteReader(data)
    switch reader.integer(UInt8.self) {
    case 0: return CrazyflieSetpoint()
    case 1: return velocity(&reader, turn: -1)
    case 2: return height(&reader, turn: -1)
    case 3: return remoteControl(&reader)
    case 4: return climb(&reader)
    case 5: return hover(&reader, turn: -1)
    case 6: return fullState(&reader)
    case 7: return position(&reader)
    case 8: return velocity(&reader, turn: 1)
    case 9: return height(&reader, turn: 1)
    case 10: return hover(&reader, turn: 1)
    case 11: return manual(&reader)
    default: return nil
    }
  }

  /// Velocity in the world, and yaw rate: to the right, in packets of the older kind.
  private static func velocity(_ reader: inout ByteReader, turn: Double) -> CrazyflieSetpoint? {
    guard let v = reader.floats(4) else { return nil }
    var setpoint = CrazyflieSetpoint()
    setpoint.modes = .init(.velocity, yaw: .velocity)
    setpoint.velocity = Vector(v[0], v[1], v[2])
    setpoint.rates.z = turn * radians * v[3]
    return setpoint
  }

  /// Roll, pitch, yaw rate and the height.
  private static func height(_ reader: inout ByteReader, turn: Double) -> CrazyflieSetpoint? {
    guard let v = reader.floats(4) else { return nil }
    var setpoint = angles(roll: v[0], pitch: v[1], yawRate: turn * v[2])
    setpoint.modes.z = .absolute
    setpoint.position.z = v[3]
    return setpoint
  }

  /// Roll, pitch, yaw rate and the climb.
  private static func climb(_ reader: inout ByteReader) -> CrazyflieSetpoint? {
    guard let v = reader.floats(4) else { return nil }
    var setpoint = angles(roll: v[0], pitch: v[1], yawRate: v[2])
    setpoint.modes.z = .velocity
    setpoint.velocity.z = v[3]
    return setpoint
  }

  /// Velocities forwards and to the left, yaw rate and the height.
  private static func hover(_ reader: inout ByteReader, turn: Double) -> CrazyflieSetpoint? {
    guard let v = reader.floats(4) else { return nil }
    var setpoint = CrazyflieSetpoint()
    setpoint.modes = .init(.velocity, yaw: .velocity)
    setpoint.modes.z = .absolute
    setpoint.velocity = Vector(v[0], v[1], 0)
    setpoint.isAlongHeading = true
    setpoint.rates.z = turn * radians * v[2]
    setpoint.position.z = v[3]
    return setpoint
  }

  /// Position, velocity and acceleration in mm, attitude, and rates in mrad/s.
  private static func fullState(_ reader: inout ByteReader) -> CrazyflieSetpoint? {
    guard let v = reader.scaled(9, by: milli), let attitude = reader.integer(UInt32.self),
      let rates = reader.scaled(3, by: milli)
    else { return nil }
    var setpoint = CrazyflieSetpoint()
    setpoint.modes = .init(.absolute)
    setpoint.modes.attitude = .absolute
    setpoint.position = Vector(v[0], v[1], v[2])
    setpoint.velocity = Vector(v[3], v[4], v[5])
    setpoint.acceleration = Vector(v[6], v[7], v[8])
    setpoint.attitude = Rotation(compressed: attitude)
    setpoint.rates = Vector(rates[0], rates[1], rates[2])
    return setpoint
  }

  /// Position and yaw.
  private static func position(_ reader: inout ByteReader) -> CrazyflieSetpoint? {
    guard let v = reader.floats(4) else { return nil }
    var setpoint = CrazyflieSetpoint()
    setpoint.modes = .init(.absolute, yaw: .absolute)
    setpoint.position = Vector(v[0], v[1], v[2])
    setpoint.yaw = radians * v[3]
    return setpoint
  }

  /// Roll and pitch as angles or as rates, yaw rate and thrust.
  private static func manual(_ reader: inout ByteReader) -> CrazyflieSetpoint? {
    guard let v = reader.floats(3), let thrust = reader.integer(UInt16.self),
      let isRate = reader.flag()
    else { return nil }
    var setpoint = angles(roll: v[0], pitch: v[1], yawRate: v[2])
    if isRate {
      (setpoint.modes.roll, setpoint.modes.pitch) = (.velocity, .velocity)
      (setpoint.rates.x, setpoint.rates.y) = (setpoint.roll, setpoint.pitch)
      (setpoint.roll, setpoint.pitch) = (0, 0)
    }
    setpoint.thrust = Double(thrust)
    return setpoint
  }

  /// Channels of a remote control, in µs: roll, pitch, yaw, thrust, and whether to level.
  private static func remoteControl(_ reader: inout ByteReader) -> CrazyflieSetpoint? {
    guard let header = reader.integer(UInt8.self) else { return nil }
    let channels = (0..<4 + Int(header & 15)).compactMap { _ in reader.integer(UInt16.self) }
    guard channels.count == 4 + Int(header & 15), header & 15 <= 10 else { return nil }
    let sticks = channels.prefix(3).map { -(Double($0) - 1500) / 500 }
    let levels = channels.count == 4 || channels[4] >= 1500
    var setpoint = angles(roll: 50 * sticks[0], pitch: 50 * sticks[1], yawRate: 400 * sticks[2])
    if !levels {
      (setpoint.modes.roll, setpoint.modes.pitch) = (.velocity, .velocity)
      (setpoint.roll, setpoint.pitch) = (0, 0)
      setpoint.rates.x = radians * 720 * sticks[0]
      setpoint.rates.y = radians * 720 * sticks[1]
    }
    setpoint.thrust = (65.535 * (Double(channels[3]) - 1000)).clamped(from: 0, to: 65_535)
    return setpoint
  }

  /// Roll and pitch, and a yaw rate. [°, °/s]
  private static func angles(
    roll: Double, pitch: Double, yawRate: Double
  ) -> CrazyflieSetpoint {
    var setpoint = CrazyflieSetpoint()
    setpoint.modes.roll = .absolute
    setpoint.modes.pitch = .absolute
    setpoint.modes.yaw = .velocity
    (setpoint.roll, setpoint.pitch) = (radians * roll, radians * pitch)
    setpoint.rates.z = radians * yawRate
    return setpoint
  }
}
