public import SpatialMath

/// The outline of a body, about the body's origin.
public indirect enum Shape: Sendable, Equatable {
  /// The half space below the body's xy plane.
  case plane
  /// A box about the origin, given by its full edges. [m]
  case box(size: Vector<Body, Double>)
  /// A sphere about the origin.
  case sphere(radius: Double)
  /// A cylinder about the origin, its axis along z.
  case cylinder(radius: Double, height: Double)
  /// All that is within a radius of a line about the origin along z, which is as long as `length`: a
  /// cylinder between two half spheres.
  case capsule(radius: Double, length: Double)
  /// The convex hull of some points. [m]
  case convexHull(points: [Vector<Body, Double>])
  /// Triangles, felt from both sides.
  case mesh(TriangleMesh)
  /// Shapes that hang together, each at its place in the body's frame.
  case compound([PlacedShape])
}

/// A shape that is part of another.
public struct PlacedShape: Sendable, Equatable {
  /// The part.
  package var shape: Shape
  /// Where its origin is, in the frame of the whole. [m]
  package var position: Vector<Body, Double>
  /// From the part's frame to that of the whole.
  package var attitude: Rotation<Body, Body, Double>

  /// A shape at a place.
  public init(
    _ shape: Shape, at position: Vector<Body, Double> = .zero,
    attitude: Rotation<Body, Body, Double> = .identity
  ) {
    (self.shape, self.position, self.attitude) = (shape, position, attitude)
  }
}

extension Shape {
  /// The shapes that this one is made of, none of them a compound.
  package var parts: [PlacedShape] {
    guard case .compound(let parts) = self else { return [PlacedShape(self)] }
    return parts.flatMap { outer in
      outer.shape.parts.map { inner in
        PlacedShape(
          inner.shape, at: outer.position + outer.attitude(inner.position),
          attitude: outer.attitude.after(inner.attitude))
      }
    }
  }
}
