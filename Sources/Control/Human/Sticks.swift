/// Where the sticks of a person who flies a drone are, and what they mean.
package struct Sticks: Sendable, Hashable {
  /// What sticks command.
  package enum Mode: String, Sendable, Encodable, CaseIterable {
    /// Velocities ahead, to the side and up, and a rate of turn; the drone stays where sticks are let go.
    case position
    /// Roll and pitch, a rate of turn, and thrust.
    case angle
    /// Body rates, and thrust.
    case rate
  }

  /// What they command.
  package var mode: Mode
  /// To the right, from −1 to 1. [–]
  package var roll: Double
  /// Ahead, the nose down, from −1 to 1. [–]
  package var pitch: Double
  /// To the left, counterclockwise from above, from −1 to 1. [–]
  package var yaw: Double
  /// Up, from −1 to 1; 0 is a thrust that carries the weight. [–]
  package var throttle: Double

  /// Sticks in some place, held within their range.
  package init(
    mode: Mode = .position, roll: Double = 0, pitch: Double = 0, yaw: Double = 0,
    throttle: Double = 0
  ) {
    func held(_ value: Double) -> Double { value.isFinite ? min(max(value, -1), 1) : 0 }
    self.mode = mode
    (self.roll, self.pitch) = (held(roll), held(pitch))
    (self.yaw, self.throttle) = (held(yaw), held(throttle))
  }
}
