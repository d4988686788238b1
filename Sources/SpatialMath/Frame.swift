/// A coordinate frame, as a type that is never instantiated.
///
/// A ``Vector`` carries its frame in its type, so that adding a velocity in the world to a force
/// along the body's axes does not compile; a ``Rotation`` is the only way across.
public protocol Frame: Sendable {}

/// The world: x east (forward at yaw 0), y north, z up, the floor at z = 0.
public enum World: Frame {}

/// The body of a drone: x forward, y left, z up, the origin at the centre of mass.
public enum Body: Frame {}
