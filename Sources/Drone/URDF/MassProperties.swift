import SpatialMath

/// A mass, where its centre is, and its inertia about that.
struct MassProperties: Equatable {
  /// The mass. [kg]
  var mass: Double
  /// The centre of mass. [m]
  var centre: Vector<Body, Double>
  /// The inertia about the centre, along the axes of the frame.
  var inertia: InertiaTensor

  /// What an `<inertial>` gives in the frame of its link; `nil` for a mass of 0.
  ///
  /// A mass whose inertia is not said, or 0 throughout, counts as a point.
  init?(_ inertial: LocatedElement) throws(ModelError) {
    let mass = try inertial.child("mass").nonNegative("value", unit: "kg")
    let origin = try inertial.origin()
    guard mass > 0 else { return nil }
    (self.mass, centre) = (mass, origin.position)
    guard let element = inertial.children("inertia").first else {
      inertia = .zero
      return
    }
    inertia = InertiaTensor(
      moments: Vector(
        try element.nonNegative("ixx", unit: "kg·m²"),
        try element.nonNegative("iyy", unit: "kg·m²"),
        try element.nonNegative("izz", unit: "kg·m²")),
      products: Vector(
        try element.number("iyz", default: 0), try element.number("ixz", default: 0),
        try element.number("ixy", default: 0))
    ).turned(by: origin.attitude)
  }

  /// Bodies that are fixed to each other, as one; `nil` for none.
  ///
  /// Masses add, and so do inertias about the common centre, by the parallel-axis theorem.
  init?(lumping parts: [MassProperties]) {
    guard let first = parts.first else { return nil }
    // One alone keeps its numbers to the last bit.
    guard parts.count > 1 else {
      self = first
      return
    }
    let mass = parts.reduce(0) { $0 + $1.mass }
    let centre = (1 / mass) * parts.reduce(Vector.zero) { $0 + $1.mass * $1.centre }
    self.mass = mass
    self.centre = centre
    inertia = parts.reduce(.zero) {
      $0 + $1.inertia + .ofPoint(mass: $1.mass, at: $1.centre - centre)
    }
  }

  /// The same in the frame in which a link has some place.
  func placed(at place: Placement) -> MassProperties {
    var placed = self
    placed.centre = place.placing(Placement(position: centre)).position
    placed.inertia = inertia.turned(by: place.attitude)
    return placed
  }

  /// The principal moments and their axes, refused where no body has them.
  ///
  /// - Parameter element: What is at fault then.
  /// - Returns: The moments, and the rotation from their axes to the frame's.
  /// - Throws: ``ModelError`` at the element.
  func principal(
    at element: LocatedElement
  ) throws(ModelError) -> (moments: Vector<Body, Double>, axes: Rotation<Body, Body, Double>) {
    let (moments, axes) = inertia.principal()
    let (x, y, z) = (moments.x, moments.y, moments.z)
    guard min(x, y, z) > 0 else {
      throw element.error(
        "has the principal moments (\(x), \(y), \(z)) kg·m²; expected all above 0")
    }
    // No body has a moment above the sum of the other two; a part in a billion is for rounding.
    let largest = max(x, y, z)
    guard largest <= (x + y + z - largest) * (1 + 1e-9) else {
      throw element.error(
        "(\(x), \(y), \(z)) breaks the triangle inequality; "
          + "expected no moment above the sum of the other two")
    }
    // What worlds take.
    guard min(x, y, z) >= 1e-15, largest <= 1e6 else {
      throw element.error(
        "has the principal moments (\(x), \(y), \(z)) kg·m²; expected 1e-15 to 1e6 kg·m²")
    }
    return (moments, axes)
  }
}
