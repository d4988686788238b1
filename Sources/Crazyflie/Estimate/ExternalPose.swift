import SpatialMath

/// A pose that a client has measured last.
struct ExternalPose: Sendable {
  /// The position. [m]
  var position = Vector<World, Double>.zero
  /// The attitude.
  var attitude = Rotation<Body, World, Double>.identity
  /// When it came. [s]
  var time = 0.0
  /// The deviation of the positions. [m]
  var positionDeviation = 0.01
  /// The deviation of the attitudes. [rad]
  var attitudeDeviation = 0.0045
}
