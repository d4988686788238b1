package import Control
package import Drone
import SpatialMath

/// A pilot who follows setpoints with the sticks of the level mode.
///
///     a = k² (p* − p) + 2 k (v* − v) + a*
///
/// is the acceleration that it wants, within a tilt; height answers sooner. The throttle learns what
/// holds the height.
package struct AnglePilot: Sendable {
  /// The tilt of a stick that is pushed all the way. [rad]
  private static let fullTilt = Double.pi / 3
  /// The most tilt. [rad]
  private static let mostTilt = Double.pi / 9
  /// k, for each axis of the world: tilt follows the sticks late, thrust does not. [1/s]
  private static let stiffness = Vector<World, Double>(1.2, 1.2, 2.4)

  /// The throttle that about holds the height. [–]
  private var hover: Double
  private let gravity: Double

  /// A pilot of a model. [m/s²]
  package init(of model: QuadcopterModel, gravity: Double) {
    self.gravity = gravity
    hover = min(max(model.mass * gravity / model.maximumThrust, 0.05), 0.9)
  }

  /// What the pilot does now.
  ///
  /// - Parameters:
  ///   - state: How the drone moves.
  ///   - setpoint: How it should.
  ///   - period: The time since the last call. [s]
  /// - Returns: The sticks, armed.
  package mutating func sticks(
    for state: DroneState<Double>, tracking setpoint: Setpoint, every period: Double
  ) -> RadioSticks {
    let yaw = RollPitchYaw(state.attitude).yaw
    let error = setpoint.position - state.position
    let k = Self.stiffness
    let pull = k.scaled(by: k).scaled(by: error.clamped(from: -1, to: 1))
    let wanted =
      pull + 2 * k.scaled(by: setpoint.velocity - state.velocity) + setpoint.acceleration
    let (sine, cosine) = yaw.sineAndCosine()
    let forwards = cosine * wanted.x + sine * wanted.y
    let left = cosine * wanted.y - sine * wanted.x
    hover = min(max(hover + 0.1 * min(max(error.z, -0.5), 0.5) * period, 0.05), 0.9)
    let turn = (yaw - setpoint.yaw).remainder(dividingBy: 2 * .pi)
    return RadioSticks(
      roll: stick(-left), pitch: stick(forwards), yaw: min(max(1.5 * turn, -0.5), 0.5),
      throttle: min(max(hover * (1 + wanted.z / gravity), 0), 1))
  }

  /// How far a stick is pushed for an acceleration. [m/s²]
  private func stick(_ acceleration: Double) -> Double {
    let tilt = Double.arcTangent(y: acceleration, x: gravity)
    return min(max(tilt, -Self.mostTilt), Self.mostTilt) / Self.fullTilt
  }
}
