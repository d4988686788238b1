import Control
import Drone
import SpatialMath

/// A number that a drone sends when asked.
package struct LogVariable: Sendable {
  /// Where a number comes from.
  typealias Reading = @Sendable (CrazyflieFirmware) -> Double

  package let group, name: String
  let type: CRTPNumber
  let value: Reading

  init(_ group: String, _ name: String, _ type: CRTPNumber = .float, _ value: @escaping Reading) {
    (self.group, self.name, self.type, self.value) = (group, name, type, value)
  }

  /// The components of a vector, times a unit; the names are those of x, y and z.
  private static func vector<F: Frame>(
    _ group: String, _ names: String, _ type: CRTPNumber = .float, times unit: Double = 1,
    _ value: @escaping @Sendable (CrazyflieFirmware) -> Vector<F, Double>
  ) -> [LogVariable] {
    let names = names.split(separator: " ").map(String.init)
    return [
      LogVariable(group, names[0], type) { unit * value($0).x },
      LogVariable(group, names[1], type) { unit * value($0).y },
      LogVariable(group, names[2], type) { unit * value($0).z },
    ]
  }

  /// The parts of a rotation.
  private static func rotation(
    _ group: String,
    _ value: @escaping @Sendable (CrazyflieFirmware) -> Rotation<Body, World, Double>
  ) -> [LogVariable] {
    [
      LogVariable(group, "qx") { value($0).x }, LogVariable(group, "qy") { value($0).y },
      LogVariable(group, "qz") { value($0).z }, LogVariable(group, "qw") { value($0).w },
    ]
  }

  /// A number of each rotor.
  private static func rotors(
    _ names: String, _ value: @escaping @Sendable (CrazyflieFirmware) -> PerRotor<Double>
  ) -> [LogVariable] {
    names.split(separator: " ").enumerated().map { rotor, name in
      LogVariable("motor", String(name), .uint16) { value($0)[rotor] }
    }
  }

  /// All numbers, in the order of their table.
  package static let all: [LogVariable] = [
    estimate, angles, compressedEstimate, kalman, senses, targets, motors, battery, supervision,
    localization, ranges,
  ].flatMap { $0 }

  private static let degrees = 180 / Double.pi

  private static let estimate = [
    vector("stateEstimate", "x y z") { $0.estimate.position },
    vector("stateEstimate", "vx vy vz") { $0.estimate.velocity },
    vector("stateEstimate", "ax ay az") { $0.acceleration },
    vector("stateEstimate", "roll pitch yaw") { $0.angles },
    rotation("stateEstimate") { $0.estimate.attitude },
  ].flatMap { $0 }

  private static let angles =
    vector("stabilizer", "roll pitch yaw") { $0.angles }
    + [LogVariable("stabilizer", "thrust") { $0.law.request.thrust }]

  private static let compressedEstimate = [
    vector("stateEstimateZ", "x y z", .int16, times: 1000) { $0.estimate.position },
    vector("stateEstimateZ", "vx vy vz", .int16, times: 1000) { $0.estimate.velocity },
    vector("stateEstimateZ", "ax ay az", .int16, times: 1000) {
      $0.gravity * ($0.acceleration + Vector(0, 0, 1))
    },
    [
      LogVariable("stateEstimateZ", "quat", .uint32) { Double($0.estimate.attitude.compressed) },
      LogVariable("stateEstimateZ", "rateRoll", .int16) { 1000 * $0.estimate.bodyRates.x },
      LogVariable("stateEstimateZ", "ratePitch", .int16) { -1000 * $0.estimate.bodyRates.y },
      LogVariable("stateEstimateZ", "rateYaw", .int16) { 1000 * $0.estimate.bodyRates.z },
    ],
  ].flatMap { $0 }

  /// The variances are those of the shift from how the drone moves; without one, the estimate is the truth, late.
  private static let kalman = [
    vector("kalman", "stateX stateY stateZ") { $0.estimate.position },
    vector("kalman", "varX varY varZ") {
      $0.shift.variance(at: $0.time) * Vector<World, Double>(1, 1, 1)
    },
    vector("kalman", "varPX varPY varPZ") { _ in Vector<World, Double>.zero },
  ].flatMap { $0 }

  private static let senses =
    vector("gyro", "x y z", times: degrees) { $0.estimate.bodyRates }
    + vector("acc", "x y z") { $0.senses.felt }

  private static let targets = [
    vector("ctrltarget", "x y z") { $0.setpoint.position },
    vector("ctrltarget", "vx vy vz") { $0.setpoint.velocity },
    vector("ctrltarget", "ax ay az") { $0.setpoint.acceleration },
    [
      LogVariable("ctrltarget", "roll") { degrees * $0.setpoint.roll },
      LogVariable("ctrltarget", "pitch") { degrees * $0.setpoint.pitch },
      LogVariable("ctrltarget", "yaw") { degrees * $0.setpoint.rates.z },
      LogVariable("ctrltarget", "thrust") { $0.setpoint.thrust },
      LogVariable("controller", "cmd_thrust") { $0.law.request.thrust },
      LogVariable("controller", "cmd_roll") { $0.law.request.roll },
      LogVariable("controller", "cmd_pitch") { $0.law.request.pitch },
      LogVariable("controller", "cmd_yaw") { $0.law.request.yaw },
    ],
  ].flatMap { $0 }

  private static let motors =
    rotors("m1 m2 m3 m4") { $0.motorPulses }
    + rotors("m1_rpm m2_rpm m3_rpm m4_rpm") { $0.senses.rotorSpeeds }

  /// The level is what is left between 3 V and 4.2 V, in steps of a tenth; nothing charges the battery.
  private static let battery = [
    LogVariable("pm", "vbat") { $0.law.voltage },
    LogVariable("pm", "vbatMV", .uint16) { 1000 * $0.law.voltage },
    LogVariable("pm", "batteryLevel", .uint8) {
      10 * (($0.law.voltage - 3) / 0.12).rounded(.down).clamped(from: 0, to: 10)
    },
    LogVariable("pm", "state", .int8) { $0.law.voltage < 3 ? 3 : 0 },
  ]

  private static let supervision = [
    LogVariable("sys", "canfly", .uint8) { $0.supervisor.canFly ? 1 : 0 },
    LogVariable("sys", "isFlying", .uint8) { $0.supervisor.isFlying ? 1 : 0 },
    LogVariable("sys", "isTumbled", .uint8) { $0.supervisor.conditions.isTumbled ? 1 : 0 },
    LogVariable("supervisor", "info", .uint16) { Double($0.supervisorBits) },
    LogVariable("radio", "isConnected", .uint8) { _ in 1 },
  ]

  private static let localization = [
    vector("locSrv", "x y z") { $0.external.position },
    rotation("locSrv") { $0.external.attitude },
    [
      LogVariable("locSrvZ", "tick", .uint16) {
        Double(UInt16(truncatingIfNeeded: Int(1000 * $0.external.time)))
      }
    ],
  ].flatMap { $0 }

  private static let ranges = [
    LogVariable("range", "front", .uint16) { $0.range(\.front) },
    LogVariable("range", "back", .uint16) { $0.range(\.back) },
    LogVariable("range", "up", .uint16) { $0.range(\.up) },
    LogVariable("range", "left", .uint16) { $0.range(\.left) },
    LogVariable("range", "right", .uint16) { $0.range(\.right) },
    LogVariable("range", "zrange", .uint16) { $0.range(\.down) },
  ]
}
