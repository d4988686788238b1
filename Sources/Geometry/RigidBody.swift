public import SpatialMath

/// A body that is placed in a world: an obstacle or the floor.
public struct RigidBody: Sendable, Equatable {
  /// What it is called in recordings and messages, if anything.
  package var name: String?
  /// Its shape, in its own frame.
  public var shape: Shape
  /// Where it is at the start.
  public var pose: Pose<Double>
  /// Its mass, or 0 for a body that nothing moves. [kg]
  public var mass: Double
  /// The principal moments of inertia about the body's axes; `nil` for those of a mass that fills the
  /// shape evenly. [kg·m²]
  package var inertia: Vector<Body, Double>?
  /// Coulomb's coefficient; that of a contact is the product of both bodies'. [–]
  public var friction: Double
  /// The share of the closing speed that a contact gives back; that of a contact is the product of
  /// both bodies'. [–]
  public var restitution: Double
  /// The groups that it is in.
  package var groups = CollisionGroups.obstacles
  /// The groups that it collides with.
  package var collidesWith = CollisionGroups.all
  /// How it moves, if that is scheduled; its pose is then that at time 0, and its mass is 0.
  public var motion: ScheduledMotion?

  /// A body with this shape, place and mass.
  ///
  /// Its friction is 0.5 by default if contacts move it, as is a drone's, and 1 if not, so that things
  /// slide alike over all that stands.
  public init(
    _ shape: Shape, at pose: Pose<Double> = Pose(), mass: Double = 0,
    inertia: Vector<Body, Double>? = nil, friction: Double? = nil, restitution: Double = 0,
    motion: ScheduledMotion? = nil
  ) {
    self.shape = shape
    self.pose = motion?.pose(at: 0) ?? pose
    self.mass = mass
    self.inertia = inertia
    self.friction = friction ?? Self.usualFriction(ofMass: mass)
    self.restitution = restitution
    self.motion = motion
  }

  /// The coefficient of friction of a body for which none is given. [–]
  package static func usualFriction(ofMass mass: Double) -> Double { mass > 0 ? 0.5 : 1 }
}
