import Foundation

/// Holds a place and a heading by what ArduPilot hears, along its axes alone: the world's north, east and down, and
/// the body's forwards, right and down.
///
/// It knows the axes of the body by the quaternion, and mixes as ArduPilot does for an X: motors 1 front right and
/// 2 back left turn against the clock, 3 front left and 4 back right with it. A sign that is wrong anywhere makes
/// the drone fall.
struct HoldingPilot: Sendable {
  /// North, east and down. [m]
  var place: [Double]
  /// By the compass. [rad]
  var heading: Double

  private static let g = 9.81
  /// The share of the most thrust that carries a cf2x: 1 / 2.25. [–]
  private static let hover = 0.4444

  /// The throttles of the motors 1 to 4. [–]
  func throttles(_ s: HeardState) -> [Double] {
    let (w, x, y, z) = (s.quaternion[0], s.quaternion[1], s.quaternion[2], s.quaternion[3])
    // The columns of the matrix from the body's axes to the world's.
    let forwards = [1 - 2 * (y * y + z * z), 2 * (x * y + w * z), 2 * (x * z - w * y)]
    let right = [2 * (x * y - w * z), 1 - 2 * (x * x + z * z), 2 * (y * z + w * x)]
    let down = [2 * (x * z + w * y), 2 * (y * z - w * x), 1 - 2 * (x * x + y * y)]
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).map(*).reduce(0, +) }
    var force = (0..<3).map { axis in
      min(max(2 * (place[axis] - s.position[axis]), -2), 2) - 2.2 * s.velocity[axis]
    }
    force[2] -= Self.g
    let size = dot(force, force).squareRoot()
    let (ahead, aside) = (dot(force, forwards) / size, dot(force, right) / size)
    let turn = remainder(heading - atan2(forwards[1], forwards[0]), 2 * .pi)
    let roll = 0.09 * aside - 0.017 * s.rates[0]
    let pitch = -0.09 * ahead - 0.017 * s.rates[1]
    let yaw = 0.02 * turn - 0.015 * s.rates[2]
    let thrust = Self.hover * max(0, -dot(force, down)) / Self.g
    let shares = [
      thrust - roll + pitch + yaw, thrust + roll - pitch + yaw, thrust + roll + pitch - yaw,
      thrust - roll - pitch - yaw,
    ]
    // What ArduPilot does so that thrust follows: (1 − e) u + e u² with e = 0.65.
    return shares.map { (sqrt(0.1225 + 2.6 * max($0, 0)) - 0.35) / 1.3 }
  }
}
