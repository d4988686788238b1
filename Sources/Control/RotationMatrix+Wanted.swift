public import SpatialMath

extension RotationMatrix where Source == Body, Target == World {
  /// The attitude with its z axis along a force and its x axis towards a heading, or another where there
  /// is no such attitude. [N, rad]
  @inlinable @inline(__always)
  init(zAxisAlong force: Vector<World, S>, heading: S, otherwise other: Self) {
    let (wanted, isFound) = Self.aligned(to: force, heading: heading)
    self.init(
      xRow: other.xRow.replacing(with: wanted.xRow, where: isFound),
      yRow: other.yRow.replacing(with: wanted.yRow, where: isFound),
      zRow: other.zRow.replacing(with: wanted.zRow, where: isFound))
  }

  /// The attitude with its z axis along a force and its x axis towards a heading, and where there is
  /// one. [N, rad]
  @inlinable @inline(__always)
  static func aligned(to force: Vector<World, S>, heading: S) -> (Self, isFound: S.Mask) {
    let z = (S.one / force.norm) * force
    let (sine, cosine) = heading.sineAndCosine()
    let side = z.cross(Vector(cosine, sine, .zero))
    let y = (S.one / side.norm) * side
    return (Self(xAxis: y.cross(z), yAxis: y, zAxis: z), z.isFinite .& y.isFinite)
  }

  /// The matrix with these columns.
  @inlinable @inline(__always)
  init(xAxis x: Vector<World, S>, yAxis y: Vector<World, S>, zAxis z: Vector<World, S>) {
    self.init(
      xRow: Vector(x.x, y.x, z.x), yRow: Vector(x.y, y.y, z.y), zRow: Vector(x.z, y.z, z.z))
  }

  /// vee(Rdᵀ R − Rᵀ Rd) of an attitude R, with this one as Rd: the elements (2,1), (0,2), (1,0) of a
  /// skew matrix.
  @inlinable @inline(__always)
  func twiceError(of r: Self) -> Vector<Body, S> {
    Vector(
      zAxis.dot(r.yAxis) - r.zAxis.dot(yAxis), xAxis.dot(r.zAxis) - r.xAxis.dot(zAxis),
      yAxis.dot(r.xAxis) - r.yAxis.dot(xAxis))
  }

  /// The turn from an attitude R to this one, Rd, tilt first and heading apart.
  ///
  ///     e = (−b, a, 0) θ / sin θ + (0, 0, ψ)      [rad]
  ///     (a, b, cos θ) = M z,   ψ = atan2(M₂₁ − M₁₂, M₁₁ + M₂₂),   M = Rᵀ Rd
  ///
  /// The first part is the shortest turn that takes R's z axis onto Rd's, whatever the headings are; ψ is
  /// the turn about the z axis that is left then, from −π to π, whatever the tilts are. A heading that is
  /// far off thus asks for no roll and pitch, along which thrust would push the vehicle away.
  ///
  /// - D. Brescianini, R. D'Andrea, "Tilt-Prioritized Quadrocopter Attitude Control", IEEE TCST 2020,
  ///   [doi:10.1109/TCST.2018.2873224](https://doi.org/10.1109/TCST.2018.2873224): the two parts.
  @inlinable @inline(__always)
  func tiltAndHeading(from r: Self) -> Vector<Body, S> {
    let axis = r.inverse(zAxis)
    let sine = Vector<Body, S>(-axis.y, axis.x, .zero)
    let length = sine.norm
    let turned = (S.arcTangent(y: length, x: axis.z) / length) * sine
    // Along it, or opposite: then any level axis will do.
    var error = Vector<Body, S>(S(.pi), .zero, .zero)
      .replacing(with: sine, where: .zero .< axis.z)
      .replacing(with: turned, where: S(1e-6) .< length)
    error.z = S.arcTangent(
      y: r.yAxis.dot(xAxis) - r.xAxis.dot(yAxis), x: r.xAxis.dot(xAxis) + r.yAxis.dot(yAxis))
    return error
  }

  /// The rate about the z axis that goes with a rate ψ̇ of the heading while the z axis stays, ψ̇ (z_z +
  /// x_z² / z_z); without the second term where the z axis is more than 60° off the vertical, since near
  /// the level no rate would do. [rad/s]
  @inlinable @inline(__always)
  func turnRate(ofHeading rate: S) -> S {
    let (x, z) = (zRow.x, zRow.z)
    return rate * (z + x * x / z).replacing(with: z, where: z.magnitude .< S(0.5))
  }

  /// The error that points from an attitude to this one, e = v θ / sin θ with v = −vee(Rdᵀ R − Rᵀ Rd) / 2
  /// of length sin θ: it grows with the angle θ all the way to half a turn.
  @inlinable @inline(__always)
  func springError(of r: Self) -> Vector<Body, S> {
    let sine = S(-0.5) * twiceError(of: r)
    let cosine =
      S(0.5) * (xAxis.dot(r.xAxis) + yAxis.dot(r.yAxis) + zAxis.dot(r.zAxis) - .one)
    let length = sine.norm
    let turned = (S.arcTangent(y: length, x: cosine) / length) * sine
    // Level with it, or upside down: then any axis will do.
    return Vector(S(.pi), .zero, .zero)
      .replacing(with: sine, where: .zero .< cosine)
      .replacing(with: turned, where: S(1e-6) .< length)
  }
}

extension RotationMatrix where Source == Body, Target == World, S == Double {
  /// The attitude with its z axis along a force and its x axis towards a heading, or `nil` where there
  /// is no such attitude. [N, rad]
  init?(zAxisAlong force: Vector<World, Double>, heading: Double) {
    let (wanted, isFound) = Self.aligned(to: force, heading: heading)
    guard isFound else { return nil }
    self = wanted
  }

  /// The vector part of the quaternion of the turn from an attitude to this one, the shorter way.
  func quaternionVector(from r: Self) -> Vector<Body, Double> {
    let q = Rotation<Body, Body, Double>(rotationVector: springError(of: r))
    return Vector(q.x, q.y, q.z)
  }
}
