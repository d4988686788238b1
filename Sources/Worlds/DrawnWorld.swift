package import Geometry
package import SpatialMath

/// Surroundings that are drawn by a seed: the same seed draws the same ones, to the bit, everywhere.
///
/// Each thing of a world is drawn from a stream of its own, so that a world does not change where only one
/// more thing is drawn.
package protocol DrawnWorld: Sendable {
  /// What there is to touch.
  ///
  /// - Parameter places: What must stay clear, such as where drones start. [m]
  /// - Returns: The obstacles, in the order in which they are drawn.
  func obstacles(clearOf places: [Vector<World, Double>]) -> [RigidBody]
}
