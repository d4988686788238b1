/// What a pilot does with the sticks and switches of a remote control.
package struct RadioSticks: Sendable, Equatable {
  /// To the right, from −1 to 1: in the level mode an angle, of 60° at most. [–]
  package var roll = 0.0
  /// Forwards, from −1 to 1: in the level mode an angle, of 60° at most. [–]
  package var pitch = 0.0
  /// With the clock, from −1 to 1. [–]
  package var yaw = 0.0
  /// From 0 to 1. [–]
  package var throttle = 0.0
  /// Whether the drone is armed; the throttle must be 0 when that begins.
  package var arm = true
  /// Whether roll and pitch are angles rather than rates.
  package var level = true

  /// The 16 channels: roll, pitch, throttle, yaw, the switches, and ten that nothing hears. [µs]
  package var channels: [UInt16] {
    [
      Self.channel(1500 + 500 * roll), Self.channel(1500 + 500 * pitch),
      Self.channel(1000 + 1000 * throttle), Self.channel(1500 + 500 * yaw),
      arm ? 2000 : 1000, level ? 2000 : 1000,
    ] + Array(repeating: 1000, count: 10)
  }

  /// A pulse between the shortest and the longest. [µs]
  private static func channel(_ pulse: Double) -> UInt16 {
    UInt16(min(max(pulse, 1000), 2000).rounded())
  }
}
