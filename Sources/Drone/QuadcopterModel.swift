package import Geometry
public import SpatialMath

/// What a quadcopter is: the numbers of its airframe, rotors and air, as its file gives them.
public struct QuadcopterModel: Sendable, Equatable {
  /// What it is called on the command line and in scenarios.
  public var name: String
  /// The mass m of the whole vehicle. [kg]
  public var mass: Double
  /// The principal moments of inertia. [kg·m²]
  public var inertia: Vector<Body, Double>
  /// From the principal axes of inertia to the body's axes, which they are as a rule.
  package var principalAxes = Rotation<Body, Body, Double>.identity
  /// The four rotors.
  public var rotors: PerRotor<Rotor>
  /// The nominal length of an arm, from the centre to a hub. [m]
  public var arm: Double
  /// How the rotors' speeds follow their commands.
  package var rotorLag: RotorLag<Double>
  /// How late commands reach the rotors. [s]
  package var deadTime = 0.0
  /// What speed a motor is told by the width of its pulses and the battery's voltage, where that is known.
  package var speedByVoltage: SpeedByVoltage?
  /// The moment of inertia of one rotor with its motor. [kg·m²]
  package var rotorInertia: Double
  /// What drives the rotors, where the model says so; otherwise a battery that never ends.
  package var battery: Battery<Double>?
  /// The lowest thrust that a controller should ask of a rotor. [N]
  public var minimumRotorThrust: Double
  /// The thrust of all rotors at their highest speed over the weight at 9.8 m/s². [–]
  public var thrustToWeight: Double
  /// The highest speed that the vehicle is made for. [m/s]
  public var maximumSpeed: Double
  /// The coefficients of the air around it.
  package var air: AirCoefficients
  /// What it is to the things that it touches.
  package var collisionShape: Shape
  /// Where the collision shape sits, from the centre of mass. [m]
  package var collisionOffset: Vector<Body, Double>
  /// Coulomb's coefficient; that of a contact is the product of both bodies'. [–]
  package var friction: Double
  /// The share of the closing speed that a contact gives back; that of a contact is the product of
  /// both bodies'. [–]
  package var restitution: Double
}

/// The coefficients of a vehicle's aerodynamic effects.
package struct AirCoefficients: Sendable, Equatable, BitwiseCopyable {
  /// The gain of the ground effect, cG. [–]
  package var groundEffect: Double
  /// Drag along the body's x and y axes, per speed and rotor speed. [N·s/(m·rad/s)]
  package var dragXY: Double
  /// Drag along the body's z axis, per speed and rotor speed. [N·s/(m·rad/s)]
  package var dragZ: Double
  /// Drag along the body's x and y axes per speed, independent of the rotors. [N·s/m]
  package var linearDragXY: Double
  /// Drag along the body's z axis per speed, independent of the rotors. [N·s/m]
  package var linearDragZ: Double
  /// Torque about the body's x and y axes per speed along y and x; 0 along z. [N·m·s/m]
  package var speedMoment = Vector<Body, Double>.zero
  /// Torque against body rates. [N·m·s]
  package var rateDamping = Vector<Body, Double>.zero
  /// The root mean square of random torque about the body's axes. [N·m]
  package var torqueNoise = Vector<Body, Double>.zero
  /// The correlation time of random torque. [s]
  package var torqueNoiseTime = 1.0
  /// The gain of the downwash, c1. [N]
  package var downwashGain: Double
  /// How the downwash widens with distance, c2. [–]
  package var downwashSpread: Double
  /// The downwash's width at distance zero, c3. [m]
  package var downwashWidth: Double
}

extension QuadcopterModel {
  /// The gravity that ``thrustToWeight`` refers to. [m/s²]
  package static let nominalGravity = 9.8

  /// The longest dead time that a file may give. [s]
  package static let longestDeadTime = 1.0

  /// The coefficient of friction of a drone whose file gives none. [–]
  static let usualFriction = 0.5

  /// The mean thrust coefficient of the rotors. [N/rpm²]
  package var thrustCoefficient: Double { meanThrust.coefficient }

  /// The mean thrust of the rotors by speed. [N]
  package var meanThrust: RotorCurve<Double> {
    RotorCurve(
      slope: rotors.map(\.thrust.slope).sum / 4,
      coefficient: rotors.map(\.thrust.coefficient).sum / 4)
  }

  /// The highest speed of a rotor: with the square law Ω = √(r m g / 4 kF), for the thrust-to-weight
  /// ratio r. [rpm]
  public var maximumRotorSpeed: Double {
    meanThrust.speed(for: thrustToWeight * mass * Self.nominalGravity / 4)
  }

  /// The speed at which the rotors carry the weight: with the square law Ω = √(m g / 4 kF). [rpm]
  public func hoverRotorSpeed(gravity: Double) -> Double {
    meanThrust.speed(for: mass * gravity / 4)
  }

  /// The thrust of all rotors at their highest speed. [N]
  public var maximumThrust: Double { 4 * meanThrust.value(at: maximumRotorSpeed) }

  /// The lowest height of a rotor at which the ground effect still grows, where the fit would double
  /// the thrust fifteen-fold otherwise: h = R/4 · √(15 cG / 4). [m]
  package var groundEffectFloor: Double {
    0.25 * rotors[0].radius * (15 * air.groundEffect / 4).squareRoot()
  }

  /// The radius of the sphere about the centre of mass that holds the collision shape. [m]
  package var boundingRadius: Double { collisionOffset.norm + collisionShape.boundingRadius }
}
