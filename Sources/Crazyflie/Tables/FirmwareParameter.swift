import Drone
import SpatialMath

/// A number on board that clients read, and write unless it is one to read alone.
package struct FirmwareParameter: Sendable {
  package let group, name: String
  let type: CRTPNumber
  /// Whether it can be kept over a restart.
  var isPersistent = false
  let get: @Sendable (CrazyflieFirmware) -> Double
  /// Takes a number, or the nearest that makes sense; `nil` where it is to be read alone.
  let set: (@Sendable (inout CrazyflieFirmware, Double) -> Void)?

  /// What stands for its type, and for what can be done with it.
  var code: UInt8 {
    type.parameterCode | (isPersistent ? 0x10 : 0) | (set == nil ? 0x40 : 0)
  }

  init(
    _ group: String, _ name: String, _ type: CRTPNumber, isPersistent: Bool = false,
    get: @escaping @Sendable (CrazyflieFirmware) -> Double,
    set: (@Sendable (inout CrazyflieFirmware, Double) -> Void)?
  ) {
    (self.group, self.name, self.type, self.isPersistent) = (group, name, type, isPersistent)
    (self.get, self.set) = (get, set)
  }

  /// One that is a number of the firmware.
  init(
    _ group: String, _ name: String, _ type: CRTPNumber, isPersistent: Bool = false,
    times unit: Double = 1, atLeast least: Double = 0,
    _ number: any WritableKeyPath<CrazyflieFirmware, Double> & Sendable
  ) {
    self.init(
      group, name, type, isPersistent: isPersistent, get: { $0[keyPath: number] / unit },
      set: { $0[keyPath: number] = max(least, unit * $1) })
  }

  /// One that is a flag of the firmware.
  private init(
    _ group: String, _ name: String, isPersistent: Bool = false,
    _ flag: any WritableKeyPath<CrazyflieFirmware, Bool> & Sendable
  ) {
    self.init(
      group, name, .uint8, isPersistent: isPersistent, get: { $0[keyPath: flag] ? 1 : 0 },
      set: { $0[keyPath: flag] = $1 != 0 })
  }

  /// One that says what cannot be changed.
  private init(
    _ group: String, _ name: String, says value: @escaping @Sendable (CrazyflieFirmware) -> Double
  ) {
    self.init(group, name, .uint8, get: value, set: nil)
  }

  /// One that is a part of the pose that the estimate begins with, where the drone is until it is written.
  private static func initial(
    _ name: String, _ part: any WritableKeyPath<InitialPose, Double?> & Sendable,
    usually: @escaping @Sendable (CrazyflieFirmware) -> Double
  ) -> FirmwareParameter {
    .init(
      "kalman", name, .float, get: { $0.initial[keyPath: part] ?? usually($0) },
      set: { $0.initial[keyPath: part] = $1 })
  }

  /// All parameters, in the order of their table.
  package static let all = own + gains

  private static let own: [FirmwareParameter] = [
    .init(
      "stabilizer", "controller", .uint8, get: { $0.usesMellinger ? 2 : 1 },
      set: { $0.select(mellinger: $1 == 2) }),
    .init("stabilizer", "estimator", says: { _ in 2 }),
    .init("stabilizer", "stop", \.supervisor.isStoppedByParameter),
    .init("kalman", "resetEstimation", \.resetsEstimate),
    initial("initialX", \.x) { $0.seen.position.x },
    initial("initialY", \.y) { $0.seen.position.y },
    initial("initialZ", \.z) { $0.seen.position.z },
    initial("initialYaw", \.yaw) { RollPitchYaw($0.seen.attitude).yaw },
    .init("locSrv", "extPosStdDev", .float, atLeast: 1e-4, \.external.positionDeviation),
    .init("locSrv", "extQuatStdDev", .float, atLeast: 1e-4, \.external.attitudeDeviation),
    .init("commander", "enHighLevel", \.enablesHighLevel),
    .init("flightmode", "althold", \.commander.attitudeSetpoints.holdsHeight),
    .init("flightmode", "poshold", \.commander.attitudeSetpoints.holdsPosition),
    .init("flightmode", "posSet", \.commander.attitudeSetpoints.setsPosition),
    .init("flightmode", "stabModeRoll", \.commander.attitudeSetpoints.rollIsAngle),
    .init("flightmode", "stabModePitch", \.commander.attitudeSetpoints.pitchIsAngle),
    .init("flightmode", "stabModeYaw", \.commander.attitudeSetpoints.yawIsAngle),
    .init("hlCommander", "vtoff", .float, atLeast: 0.01, \.highLevel.takeoffVelocity),
    .init("hlCommander", "vland", .float, atLeast: 0.01, \.highLevel.landingVelocity),
    .init(
      "hlCommander", "groupmask", .uint8, get: { Double($0.highLevel.groupMask) },
      set: { $0.highLevel.groupMask = UInt8($1) }),
    .init(
      "supervisor", "prefltTimeout", .uint16, isPersistent: true, times: 0.001,
      \.supervisor.preflightTimeout),
    .init(
      "supervisor", "landedTimeout", .uint16, isPersistent: true, times: 0.001,
      \.supervisor.landedTimeout),
    .init("supervisor", "tmblChckEn", isPersistent: true, \.supervisor.watchesTumbling),
    .init(
      "supervisor", "crashDetectGs", .float, isPersistent: true,
      \.supervisor.crashAcceleration),
    // Position and height are known, as with a Flow deck, and ranges, as with a Multi-ranger deck.
    .init("deck", "bcFlow2", says: { _ in 1 }),
    .init("deck", "bcMultiranger", says: { _ in 1 }),
    .init("deck", "bcZRanger2", says: { _ in 0 }),
    .init("deck", "bcLighthouse4", says: { _ in 0 }),
    .init("deck", "bcLoco", says: { _ in 0 }),
    .init("deck", "bcAI", says: { _ in 0 }),
    .init("sim", "lockStep", says: { $0.isLockStepped ? 1 : 0 }),
    .init(
      "sim", "advance", .uint32, get: { _ in 0 },
      set: { if $0.isLockStepped { $0.request = .advance(0.001 * $1) } }),
    .init(
      "sim", "restart", .uint8, get: { _ in 0 }, set: { if $1 != 0 { $0.request = .restart } }),
  ]
}
