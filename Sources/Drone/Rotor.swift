public import SpatialMath

/// A propeller on its motor: where it sits, which way it turns, and what it makes of its speed.
///
/// It pushes along the body's z axis with its thrust, and turns the body the other way round with its
/// torque.
public struct Rotor: Sendable, Equatable, BitwiseCopyable {
  /// Which way a rotor turns, seen from above.
  public enum Spin: String, Sendable, CaseIterable, BitwiseCopyable {
    /// Against the clock: the body is turned with the clock, a negative yaw torque.
    case counterclockwise = "ccw"
    /// With the clock: the body is turned against it, a positive yaw torque.
    case clockwise = "cw"

    /// The sign of the yaw torque on the body. [–]
    public var yawSign: Double { self == .clockwise ? 1 : -1 }
  }

  /// The hub, from the centre of mass. [m]
  public var position: Vector<Body, Double>
  /// Which way it turns.
  public var spin: Spin
  /// The propeller's radius. [m]
  public var radius: Double
  /// What it pushes with at a speed. [N]
  public var thrust: RotorCurve<Double>
  /// What turns it, and the body against it, at a speed. [N·m]
  public var torque: RotorCurve<Double>

  /// A rotor with these properties.
  package init(
    position: Vector<Body, Double>, spin: Spin, radius: Double, thrust: RotorCurve<Double>,
    torque: RotorCurve<Double>
  ) {
    self.position = position
    self.spin = spin
    self.radius = radius
    self.thrust = thrust
    self.torque = torque
  }

  /// The spin of a rotor at this place on a Crazyflie, and on every frame with its pattern: the front
  /// right and back left rotors of an X, and the front and back rotors of a plus, turn
  /// counterclockwise.
  package static func usualSpin(at position: Vector<Body, Double>) -> Spin {
    let isDiagonal = position.x != 0 && position.y != 0
    let isCounterclockwise = isDiagonal ? position.x * position.y < 0 : position.y == 0
    return isCounterclockwise ? .counterclockwise : .clockwise
  }
}
