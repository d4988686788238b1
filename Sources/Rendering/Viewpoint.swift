internal import CRendering
package import SpatialMath

/// Who looks: a body with a camera or a range sensor on it, and the world that it is in.
package struct Viewpoint: Sendable, Equatable {
  /// The index of the scene that it sees.
  package var scene: Int
  /// Where the body is that carries the camera or the sensor; one that is not finite sees nothing.
  package var carrier: Pose<Double>
  /// The id of bodies that it does not see, such as its own.
  package var hidden: Int32?

  /// The view from a body, or from a place if nothing is mounted away from it.
  package init(scene: Int = 0, carrier: Pose<Double>, hiding hidden: Int32? = nil) {
    self.scene = scene
    self.carrier = carrier
    self.hidden = hidden
  }

  /// Who looks, as C has it.
  func viewer(through mount: Mount) -> cr_viewer {
    let pose = mount.pose(on: carrier)
    let q = pose.attitude
    return cr_viewer(
      position: cr_vector(pose.position),
      attitude: cr_quaternion(x: q.x, y: q.y, z: q.z, w: q.w),
      hidden: hidden.map(Int64.init) ?? .min)
  }
}
