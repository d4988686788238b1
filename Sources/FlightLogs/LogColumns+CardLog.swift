import Files
import SpatialMath

extension LogColumns {
  /// What our columns are called by the firmware, and what its numbers are multiplied by to be SI.
  private static let variables: [(name: String, variable: String, scale: Double)] =
    [
      ("x", "stateEstimate.x", 1), ("y", "stateEstimate.y", 1), ("z", "stateEstimate.z", 1),
      ("vx", "stateEstimate.vx", 1), ("vy", "stateEstimate.vy", 1), ("vz", "stateEstimate.vz", 1),
      ("qx", "stateEstimate.qx", 1), ("qy", "stateEstimate.qy", 1), ("qz", "stateEstimate.qz", 1),
      ("qw", "stateEstimate.qw", 1), ("roll", "stateEstimate.roll", degree),
      // Nose up, the other way round than about the body's y axis.
      ("pitch", "stateEstimate.pitch", -degree), ("yaw", "stateEstimate.yaw", degree),
      ("wx", "gyro.x", degree), ("wy", "gyro.y", degree), ("wz", "gyro.z", degree),
      ("ax", "acc.x", gravity), ("ay", "acc.y", gravity), ("az", "acc.z", gravity),
      ("pwm0", "pwm.m1_pwm", 1), ("pwm1", "pwm.m2_pwm", 1), ("pwm2", "pwm.m3_pwm", 1),
      ("pwm3", "pwm.m4_pwm", 1), ("vbat", "pm.vbat", 1), ("ref_x", "ctrltarget.x", 1),
      ("ref_y", "ctrltarget.y", 1), ("ref_z", "ctrltarget.z", 1),
      ("ref_yaw", "ctrltarget.yaw", degree),
    ]
  private static let degree = Double.pi / 180
  private static let gravity = 9.81

  /// The columns of the log of a Crazyflie's SD card, of the kind of event that has the motors' pulses.
  init(cardLog path: String) throws(FlightLogError) {
    let bytes: [UInt8]
    do throws(FileFault) {
      bytes = try contents(ofFile: path, atMost: InputLimits.metadataBytes)
    } catch { throw FlightLogError("\(path): \(error)") }
    let log = try CardLog(bytes, path: path)
    let rows = log.events.first { event in
      (1...4).allSatisfy { number in
        event.variables.contains { $0.name == "pwm.m\(number)_pwm" }
      }
    }
    guard let rows, let start = rows.times.first else {
      throw FlightLogError(
        "\(path): has no events with the pulses of all motors; expected pwm.m1_pwm to pwm.m4_pwm")
    }
    var columns = ["t": rows.times.map { $0 - start }]
    for (name, variable, scale) in Self.variables {
      guard let index = rows.variables.firstIndex(where: { $0.name == variable }) else { continue }
      columns[name] = rows.columns[index].map { scale * $0 }
    }
    Self.addQuaternions(to: &columns)
    self.init(path: path, columns: columns) { "\(path): row \($0 + 1)" }
  }

  /// Attitudes from roll, pitch and yaw, where there are no quaternions.
  private static func addQuaternions(to columns: inout [String: [Double]]) {
    guard columns["qw"] == nil, let roll = columns["roll"], let pitch = columns["pitch"],
      let yaw = columns["yaw"]
    else { return }
    let attitudes = roll.indices.map {
      Rotation<Body, World, Double>(RollPitchYaw(roll: roll[$0], pitch: pitch[$0], yaw: yaw[$0]))
    }
    columns["qx"] = attitudes.map(\.x)
    columns["qy"] = attitudes.map(\.y)
    columns["qz"] = attitudes.map(\.z)
    columns["qw"] = attitudes.map(\.w)
  }
}
