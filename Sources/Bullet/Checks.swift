internal import SpatialMath

/// The largest size, mass or coefficient that a world takes. [m], [kg], [kg·m²], [–]
let largest = 1e6

/// The smallest size or mass that a world takes. [m], [kg]
let smallest = 1e-6

/// The smallest moment of inertia that a world takes. [kg·m²]
let smallestInertia = 1e-15

/// Refuses a number outside of a range, NaN included.
func check(_ value: Double, _ quantity: String, in range: ClosedRange<Double>) throws(BulletError) {
  guard range ~= value else {
    let expected = "from \(range.lowerBound) to \(range.upperBound)"
    throw .outOfRange(quantity: quantity, value: value, expected: expected)
  }
}

/// Refuses a vector that is not finite.
func check<F: Frame>(_ v: Vector<F, Double>, _ quantity: String) throws(BulletError) {
  for value in [v.x, v.y, v.z] where !value.isFinite {
    throw .outOfRange(quantity: quantity, value: value, expected: "finite")
  }
}

/// Refuses points that are too far away, or not finite.
func check(_ points: [Vector<Body, Double>], of shape: String) throws(BulletError) {
  for point in points {
    for coordinate in [point.x, point.y, point.z] {
      try check(coordinate, "a coordinate of \(shape)", in: -largest...largest)
    }
  }
}

/// Refuses a motion that is not finite, or whose attitude is not near a unit quaternion.
func check(_ motion: BodyMotion) throws(BulletError) {
  try check(motion.pose.position, "a position")
  try check(motion.velocity, "a velocity")
  try check(motion.angularVelocity, "an angular velocity")
  let norm = motion.pose.attitude.squaredNorm.squareRoot()
  try check(norm, "the length of an attitude's quaternion", in: 0.99...1.01)
}
