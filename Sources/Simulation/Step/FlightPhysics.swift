public import Drone

/// How drones move: the switches by which simulators differ.
///
/// Each switch is one difference between what the sources say and what gym-pybullet-drones does; the
/// presets ``accurate(dynamics:effects:)`` and ``gpd(dynamics:effects:)`` set them all.
public struct FlightPhysics: Sendable {
  /// What solves contacts.
  public enum Dynamics: String, Sendable, CaseIterable {
    /// Bullet solves the drones' contacts with floor, obstacles and each other.
    case bullet
    /// Newton's and Euler's equations alone: nothing is ever touched.
    case explicit
  }

  /// Which attitude turns forces that act in the frames of the rotors.
  package enum LinkFrames: Sendable {
    /// That of this step.
    case current
    /// That of the step before, as PyBullet has it: it turns a link's forces with the frames of its
    /// last forward-kinematics pass.
    case previousStep
  }

  /// How the gyroscopic term of Euler's equations is integrated.
  package enum GyroscopicTerm: Sendable, BitwiseCopyable {
    /// By one explicit step, which gains energy: at 100 rad/s and 240 Hz a Crazyflie's wobble grows
    /// by a factor of several hundred each second.
    case firstOrder
    /// By Kutta's third-order method, which never gains energy for turns below √3 rad a step.
    case thirdOrder
  }

  /// How many digits numbers have.
  public enum Precision: String, Sendable, CaseIterable {
    /// Sixteen, the standard.
    case double
    /// Seven, at up to twice the speed. Contacts that Bullet solves are solved in double precision, and wind,
    /// noise and pushes are worked out in it.
    case single
  }

  /// What solves contacts.
  public var dynamics: Dynamics
  /// The acceleration of free fall. [m/s²]
  public var gravity: Double
  /// The coefficient K of the hidden damping −K (1 + |v|) v and −K (1 + |ω|) ω of Bullet's multibodies,
  /// per kilogram and per moment of inertia; 0 for none. [1/s, 1/m]
  package var damping: Double
  /// Which attitude turns the rotors' forces.
  package var linkFrames: LinkFrames
  /// How the gyroscopic term is integrated.
  package var gyroscopicTerm: GyroscopicTerm
  /// The bound on each world component of both velocities, or `nil` for none. [m/s, rad/s]
  package var velocityLimit: Double?
  /// The largest angle turned in a step, or `nil` for none. [rad]
  package var rotationLimit: Double?
  /// Whether rotors take time to follow their commands, carry angular momentum and drain a battery, as
  /// far as a model says so; otherwise they follow at once, weigh nothing and never tire.
  public var hasRotorDynamics: Bool
  /// Where the rotors' thrust is taken to act.
  package var rotorPlacement: RotorPlacement
  /// Whether a collision margin of 1 mm lies outside the drones' shapes, as PyBullet loads them, or
  /// within.
  package var isCollisionMarginOutside: Bool
  /// What the air does: local effects in this order, then those between drones in theirs.
  public var effects: [any AerodynamicEffect]
  /// Which attitude turns what the air does, where ``linkFrames`` is that of the step before too.
  package var effectFrames: LinkFrames
  /// How many digits numbers have.
  public var precision = Precision.double
  /// Whether Bullet is told of every drone in every step but those that may touch the floor alone, rather than
  /// of those that may touch something: the same bits, later.
  package var isBulletAlwaysAsked = false
  /// Whether Bullet is asked what the floor does to drones, rather than ``FloorImpact``: the same law.
  package var isFloorBullets = false

  /// The largest turn in a step at which ``GyroscopicTerm/thirdOrder`` never gains energy. [rad]
  package static let largestSoundTurn = 3.0.squareRoot()

  /// What to tell of a drone that turns by some angle in a step; `nil` where energy surely does not grow.
  package static func energyNote(onTurning turn: Double) -> String? {
    guard turn > largestSoundTurn else { return nil }
    return
      "turns by \((turn * 100).rounded() / 100) rad a physics step; beyond √3 = 1.73 its energy may "
      + "grow: raise rates.physics"
  }

  /// What the sources say.
  ///
  /// - Parameters:
  ///   - dynamics: What solves contacts.
  ///   - effects: What the air does.
  /// - Returns: The switches.
  public static func accurate(
    dynamics: Dynamics = .bullet, effects: [any AerodynamicEffect] = []
  ) -> FlightPhysics {
    FlightPhysics(
      dynamics: dynamics, gravity: 9.81, damping: 0, linkFrames: .current,
      gyroscopicTerm: .thirdOrder, velocityLimit: nil, rotationLimit: nil, hasRotorDynamics: true,
      rotorPlacement: .asDrawn, isCollisionMarginOutside: false, effects: effects,
      effectFrames: .current)
  }

  /// What gym-pybullet-drones does: with `bullet` its PyBullet modes, with `explicit` its DYN mode.
  ///
  /// PyBullet refreshes its link frames when the ground effect asks for the rotors' heights. From then
  /// on forces act in this step's frames; without a ground effect all act in those of the step before.
  ///
  /// - Parameters:
  ///   - dynamics: What solves contacts.
  ///   - effects: What the air does, in the variants of that simulator.
  /// - Returns: The switches.
  public static func gpd(
    dynamics: Dynamics = .bullet, effects: [any AerodynamicEffect] = []
  ) -> FlightPhysics {
    let isBullet = dynamics == .bullet
    let areFramesFresh = !isBullet || effects.contains(where: \.refreshesLinkFrames)
    return FlightPhysics(
      dynamics: dynamics, gravity: 9.8,
      // The default of btMultiBody, through a single-precision constant.
      damping: isBullet ? Double(Float(0.04)) : 0,
      linkFrames: isBullet ? .previousStep : .current, gyroscopicTerm: .firstOrder,
      velocityLimit: isBullet ? 100 : nil, rotationLimit: isBullet ? .pi / 4 : nil,
      hasRotorDynamics: false,
      rotorPlacement: isBullet ? .asDrawn : .atNominalArm, isCollisionMarginOutside: true,
      effects: effects, effectFrames: areFramesFresh ? .current : .previousStep)
  }
}
