import SpatialMath

/// A symmetric tensor of moments of inertia.
struct InertiaTensor: Equatable {
  /// The moments about the axes: Ixx, Iyy, Izz. [kg·m²]
  var moments: Vector<Body, Double>
  /// What stands beside the diagonal: Iyz, Ixz, Ixy. [kg·m²]
  var products: Vector<Body, Double>

  static let zero = InertiaTensor(moments: .zero, products: .zero)

  static func + (a: Self, b: Self) -> Self {
    Self(moments: a.moments + b.moments, products: a.products + b.products)
  }

  /// The product with a vector.
  func callAsFunction(_ v: Vector<Body, Double>) -> Vector<Body, Double> {
    Vector(
      moments.x * v.x + products.z * v.y + products.y * v.z,
      products.z * v.x + moments.y * v.y + products.x * v.z,
      products.y * v.x + products.x * v.y + moments.z * v.z)
  }

  /// The tensor of the same body in a frame that it is turned in: R I Rᵀ.
  func turned(by attitude: Rotation<Body, Body, Double>) -> Self {
    guard attitude != .identity else { return self }
    let matrix = RotationMatrix(attitude)
    let columns = [matrix.xRow, matrix.yRow, matrix.zRow].map { self($0) }
    return Self(
      moments: Vector(
        matrix.xRow.dot(columns[0]), matrix.yRow.dot(columns[1]), matrix.zRow.dot(columns[2])),
      products: Vector(
        matrix.yRow.dot(columns[2]), matrix.xRow.dot(columns[2]), matrix.xRow.dot(columns[1])))
  }

  /// That of a mass in one point, about another: m (|d|² E − d dᵀ).
  static func ofPoint(mass: Double, at d: Vector<Body, Double>) -> Self {
    Self(
      moments: mass
        * Vector(d.y * d.y + d.z * d.z, d.z * d.z + d.x * d.x, d.x * d.x + d.y * d.y),
      products: -mass * Vector(d.y * d.z, d.z * d.x, d.x * d.y))
  }

  /// The principal moments, and the rotation from the principal axes to the body's, each axis the
  /// nearest to the body's own of that name.
  ///
  /// By Jacobi's method: the largest product is turned away until all are below 1e-12 of the moments.
  /// Products below that stay unturned.
  func principal() -> (moments: Vector<Body, Double>, axes: Rotation<Body, Body, Double>) {
    var tensor = self
    var axes = Rotation<Body, Body, Double>.identity
    let scale = moments.x + moments.y + moments.z
    for _ in 0..<100 {
      let (p, m) = (tensor.products, tensor.moments)
      let largest = max(abs(p.x), abs(p.y), abs(p.z))
      guard largest > 1e-12 * scale else { break }
      // The angle about an axis at which the product of the other two is no more:
      // tan 2φ = 2 Iab / (Iaa − Ibb), of its two branches the one within 45 degrees.
      let turn: Vector<Body, Double> =
        if largest == abs(p.x) {
          Vector(Self.angle(p.x, m.y - m.z), 0, 0)
        } else if largest == abs(p.y) {
          Vector(0, Self.angle(p.y, m.z - m.x), 0)
        } else {
          Vector(0, 0, Self.angle(p.z, m.x - m.y))
        }
      let step = Rotation<Body, Body, Double>(rotationVector: turn)
      tensor = tensor.turned(by: step.inverse)
      axes = axes.after(step).normalized
    }
    return (tensor.moments, axes)
  }

  private static func angle(_ product: Double, _ difference: Double) -> Double {
    let sign = difference < 0 ? -1.0 : 1
    return 0.5 * Double.arcTangent(y: 2 * sign * product, x: abs(difference))
  }
}
