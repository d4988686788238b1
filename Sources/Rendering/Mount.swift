public import SpatialMath

/// Where a thing is fixed to a body, and how it is turned there.
public struct Mount: Sendable, Equatable, BitwiseCopyable {
  /// The thing's origin, along the body's axes. [m]
  package var position: Vector<Body, Double>
  /// The rotation from the thing's axes to the body's. [–]
  package var attitude: Rotation<Body, Body, Double>

  /// A mount at this place, turned so.
  public init(
    position: Vector<Body, Double> = .zero, attitude: Rotation<Body, Body, Double> = .identity
  ) {
    self.position = position
    self.attitude = attitude
  }

  /// Where the thing is when the body is at `carrier`.
  package func pose(on carrier: Pose<Double>) -> Pose<Double> {
    let attitude = carrier.attitude.normalized
    return Pose(
      position: carrier.position + attitude(position), attitude: attitude.after(self.attitude))
  }
}

extension Pose where S == Double {
  /// The pose of a viewer that looks from one place at another, its up axis as near to the world's as
  /// can be; not finite where the places are one.
  public static func looking(
    from eye: Vector<World, Double>, at target: Vector<World, Double>
  ) -> Pose {
    let gap = target - eye
    let level = (gap.x * gap.x + gap.y * gap.y).squareRoot()
    let turn = level > 0 ? half(cosine: gap.x / level, sine: gap.y / level) : (cosine: 1, sine: 0)
    let nod = half(cosine: level / gap.norm, sine: -gap.z / gap.norm)
    let yaw = Rotation<World, World, Double>(x: 0, y: 0, z: turn.sine, w: turn.cosine)
    let pitch = Rotation<Body, World, Double>(x: 0, y: nod.sine, z: 0, w: nod.cosine)
    return Pose(position: eye, attitude: yaw.after(pitch))
  }
}

/// The cosine and sine of half of an angle.
private func half(cosine: Double, sine: Double) -> (cosine: Double, sine: Double) {
  let larger = (0.5 * (1 + abs(cosine))).squareRoot()
  let smaller = 0.5 * sine / larger
  guard cosine < 0 else { return (larger, smaller) }
  return sine < 0 ? (-smaller, -larger) : (smaller, larger)
}
