public import Simulation

extension Sensors: Encodable {
  private enum Key: String, CodingKey {
    case imu, motionCapture = "motion_capture", range, multiranger, lidar
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encodeIfPresent(inertial, forKey: .imu)
    try container.encodeIfPresent(motionCapture, forKey: .motionCapture)
    try container.encodeIfPresent(range, forKey: .range)
    try container.encodeIfPresent(multiranger, forKey: .multiranger)
    try container.encodeIfPresent(lidar, forKey: .lidar)
  }
}

extension Sensors.Lidar: Encodable {
  private enum Key: String, CodingKey {
    case rays
  }

  public func encode(to encoder: any Encoder) throws {
    try errors.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(rays, forKey: .rays)
  }
}

extension InertialSensor.Errors: Encodable {
  private enum Key: String, CodingKey {
    case rateNoise = "gyro_noise", rateBias = "gyro_bias", rateWalk = "gyro_walk"
    case forceNoise = "accel_noise", forceBias = "accel_bias", forceWalk = "accel_walk"
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(rateNoise, forKey: .rateNoise)
    try container.encode(rateBias, forKey: .rateBias)
    try container.encode(rateWalk, forKey: .rateWalk)
    try container.encode(forceNoise, forKey: .forceNoise)
    try container.encode(forceBias, forKey: .forceBias)
    try container.encode(forceWalk, forKey: .forceWalk)
  }
}

extension MotionCapture.Errors: Encodable {
  private enum Key: String, CodingKey {
    case positionNoise = "position_noise", attitudeNoise = "attitude_noise", delay, dropout, rate
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(positionNoise, forKey: .positionNoise)
    try container.encode(attitudeNoise, forKey: .attitudeNoise)
    try container.encode(delay, forKey: .delay)
    try container.encode(dropout, forKey: .dropout)
    try container.encode(rate, forKey: .rate)
  }
}

extension RangeFinder.Errors: Encodable {
  private enum Key: String, CodingKey {
    case noise, minimum, maximum, dropout
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(noise, forKey: .noise)
    try container.encode(minimum, forKey: .minimum)
    try container.encode(maximum, forKey: .maximum)
    try container.encode(dropout, forKey: .dropout)
  }
}
