/// What a firmware is told by its command line before its first flight.
enum FirmwareSettings {
  /// AUX1 arms, AUX2 levels, at any angle and at once; gains for fast rotors; sticks that mean what they say.
  static let lines =
    [
      "aux 0 0 0 1700 2100 0 0",
      "aux 1 1 1 1700 2100 0 0",
      "set small_angle = 180",
      "set acc_calibration = 0,0,0,1",
      "set pwr_on_arm_grace = 0",
      "set simplified_pids_mode = OFF",
    ] + ["roll", "pitch"].flatMap(lines)

  /// The lines of one axis: angles and rates are as the sticks are, all the way.
  private static func lines(of axis: String) -> [String] {
    [
      "set p_\(axis) = 15", "set i_\(axis) = 25", "set d_\(axis) = 8", "set d_max_\(axis) = 8",
      "set \(axis)_rc_rate = 67", "set \(axis)_srate = 67", "set \(axis)_expo = 0",
    ]
  }

  /// The line for rotors that turn the other way round.
  static let reversal = "set yaw_motors_reversed = ON"
}
