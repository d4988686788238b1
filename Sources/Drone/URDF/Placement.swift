import SpatialMath

/// Where a part of a file is, in the frame of another.
struct Placement {
  var position = Vector<Body, Double>.zero
  var attitude = Rotation<Body, Body, Double>.identity

  /// Where something is that has a place in this one's frame.
  func placing(_ inner: Placement) -> Placement {
    Placement(
      position: position + attitude(inner.position), attitude: attitude.after(inner.attitude))
  }

  /// Where the other's frame is in that of the part.
  var inverse: Placement {
    Placement(position: -attitude.inverse(position), attitude: attitude.inverse)
  }
}

extension LocatedElement {
  /// The place that the element's `<origin>` gives, or that of its parent where there is none.
  func origin() throws(ModelError) -> Placement {
    guard let origin = children("origin").first else { return Placement() }
    let angles = try origin.vector("rpy")
    let turn = Rotation<Body, World, Double>(
      RollPitchYaw(roll: angles.x, pitch: angles.y, yaw: angles.z))
    return Placement(
      position: try origin.vector("xyz"),
      attitude: Rotation(x: turn.x, y: turn.y, z: turn.z, w: turn.w))
  }
}
