public import SpatialMath

/// A propeller on its motor: where it sits, which way it turns, and what it makes of its speed.
///
/// At the speed Ω [rpm] a rotor pushes along the body's z axis with
///
///     T = kF · Ω²      [N]
///
/// and turns the body the other way round with Q = kM · Ω² [N·m].
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
  /// Thrust per speed squared, kF. [N/rpm²]
  public var thrustCoefficient: Double
  /// Torque per speed squared, kM. [N·m/rpm²]
  public var torqueCoefficient: Double

  /// A rotor with these properties.
  public init(
    position: Vector<Body, Double>, spin: Spin, radius: Double, thrustCoefficient: Double,
    torqueCoefficient: Double
  ) {
    self.position = position
    self.spin = spin
    self.radius = radius
    self.thrustCoefficient = thrustCoefficient
    self.torqueCoefficient = torqueCoefficient
  }

  /// The spin of a rotor at this place on a Crazyflie, and on every frame with its pattern: the front
  /// right and back left rotors of an X, and the front and back rotors of a plus, turn
  /// counterclockwise.
  public static func usualSpin(at position: Vector<Body, Double>) -> Spin {
    let isDiagonal = position.x != 0 && position.y != 0
    let isCounterclockwise = isDiagonal ? position.x * position.y < 0 : position.y == 0
    return isCounterclockwise ? .counterclockwise : .clockwise
  }
}
