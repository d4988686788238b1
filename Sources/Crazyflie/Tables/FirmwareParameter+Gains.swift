import Control
import SpatialMath

/// The gains of both laws, under the names and in the units of the firmware.
extension FirmwareParameter {
  static let gains: [FirmwareParameter] = [
    pid("posCtlPid", "xKp xKi xKd xKff", \.pid.gains.position.x),
    pid("posCtlPid", "yKp yKi yKd yKff", \.pid.gains.position.y),
    pid("posCtlPid", "zKp zKi zKd zKff", \.pid.gains.position.z),
    limits,
    pid("velCtlPid", "vxKp vxKi vxKd vxKFF", \.pid.gains.velocity.x),
    pid("velCtlPid", "vyKp vyKi vyKd vyKFF", \.pid.gains.velocity.y),
    pid("velCtlPid", "vzKp vzKi vzKd vzKFF", \.pid.gains.velocity.z),
    pid("pid_attitude", "roll_kp roll_ki roll_kd roll_kff", \.pid.gains.attitude.x),
    pid("pid_attitude", "pitch_kp pitch_ki pitch_kd pitch_kff", \.pid.gains.attitude.y),
    pid("pid_attitude", "yaw_kp yaw_ki yaw_kd yaw_kff", \.pid.gains.attitude.z),
    pid("pid_rate", "roll_kp roll_ki roll_kd roll_kff", \.pid.gains.rate.x),
    pid("pid_rate", "pitch_kp pitch_ki pitch_kd pitch_kff", \.pid.gains.rate.y),
    pid("pid_rate", "yaw_kp yaw_ki yaw_kd yaw_kff", \.pid.gains.rate.z),
    errors("kp_xy kd_xy ki_xy i_range_xy", \.mellinger.gains.plane),
    errors("kp_z kd_z ki_z i_range_z", \.mellinger.gains.height),
    errors("kR_xy kw_xy ki_m_xy i_range_m_xy", \.mellinger.gains.attitude),
    errors("kR_z kw_z ki_m_z i_range_m_z", \.mellinger.gains.yaw),
    others,
  ].flatMap { $0 }

  private static let limits: [FirmwareParameter] = [
    .init("posCtlPid", "thrustBase", .uint16, isPersistent: true, \.pid.gains.baseThrust),
    .init("posCtlPid", "thrustMin", .uint16, isPersistent: true, \.pid.gains.leastThrust),
    .init("posCtlPid", "rLimit", .float, isPersistent: true, \.pid.gains.largestRoll),
    .init("posCtlPid", "pLimit", .float, isPersistent: true, \.pid.gains.largestPitch),
    .init("posCtlPid", "xVelMax", .float, isPersistent: true, \.pid.gains.fastest.x),
    .init("posCtlPid", "yVelMax", .float, isPersistent: true, \.pid.gains.fastest.y),
    .init("posCtlPid", "zVelMax", .float, isPersistent: true, \.pid.gains.fastest.z),
  ]

  private static let others: [FirmwareParameter] = [
    .init(
      "ctrlMel", "kd_omega_rp", .float, isPersistent: true, atLeast: -.infinity,
      \.mellinger.gains.rateDerivative),
    .init("ctrlMel", "mass", .float, isPersistent: true, \.mellinger.gains.mass),
    .init("ctrlMel", "massThrust", .float, isPersistent: true, \.mellinger.gains.countsPerNewton),
  ]

  /// The four gains of a PID.
  private static func pid(
    _ group: String, _ names: String,
    _ gains: any WritableKeyPath<CrazyflieFirmware, LoopGains> & Sendable
  ) -> [FirmwareParameter] {
    let parts: [any WritableKeyPath<LoopGains, Double> & Sendable] = [
      \.proportional, \.integral, \.derivative, \.feedforward,
    ]
    return Self.parts(group, names, of: gains, parts)
  }

  /// The four gains of an error of the Mellinger law.
  private static func errors(
    _ names: String,
    _ gains: any WritableKeyPath<CrazyflieFirmware, CrazyflieMellinger.ErrorGains> & Sendable
  ) -> [FirmwareParameter] {
    let parts: [any WritableKeyPath<CrazyflieMellinger.ErrorGains, Double> & Sendable] = [
      \.proportional, \.derivative, \.integral, \.bound,
    ]
    return Self.parts("ctrlMel", names, of: gains, parts)
  }

  private static func parts<Gains>(
    _ group: String, _ names: String,
    of gains: any WritableKeyPath<CrazyflieFirmware, Gains> & Sendable,
    _ parts: [any WritableKeyPath<Gains, Double> & Sendable]
  ) -> [FirmwareParameter] {
    zip(names.split(separator: " "), parts).map { name, part in
      FirmwareParameter(
        group, String(name), .float, isPersistent: true,
        get: { $0[keyPath: gains][keyPath: part] },
        set: { $0[keyPath: gains][keyPath: part] = $1 })
    }
  }
}

extension CrazyflieMellinger.ErrorGains {
  /// The range of the integral, which is not below 0.
  fileprivate var bound: Double {
    get { range }
    set { range = max(0, newValue) }
  }
}
