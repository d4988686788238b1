import SpatialMath

extension RotationMatrix where Source == Body, Target == World, S == Double {
  /// The attitude with its z axis along a force and its x axis towards a heading, or `nil` where there
  /// is no such attitude. [N, rad]
  init?(zAxisAlong force: Vector<World, Double>, heading: Double) {
    let z = (1 / force.norm) * force
    let (sine, cosine) = heading.sineAndCosine()
    let side = z.cross(Vector(cosine, sine, 0))
    let y = (1 / side.norm) * side
    guard z.isFinite, y.isFinite else { return nil }
    self.init(xAxis: y.cross(z), yAxis: y, zAxis: z)
  }

  /// The matrix with these columns.
  init(
    xAxis x: Vector<World, Double>, yAxis y: Vector<World, Double>, zAxis z: Vector<World, Double>
  ) {
    self.init(
      xRow: Vector(x.x, y.x, z.x), yRow: Vector(x.y, y.y, z.y), zRow: Vector(x.z, y.z, z.z))
  }

  /// vee(Rdᵀ R − Rᵀ Rd) of an attitude R, with this one as Rd: the elements (2,1), (0,2), (1,0) of a
  /// skew matrix.
  func twiceError(of r: Self) -> Vector<Body, Double> {
    Vector(
      zAxis.dot(r.yAxis) - r.zAxis.dot(yAxis), xAxis.dot(r.zAxis) - r.xAxis.dot(zAxis),
      yAxis.dot(r.xAxis) - r.yAxis.dot(xAxis))
  }

  /// The error that points from an attitude to this one, e = v θ / sin θ with v = −vee(Rdᵀ R − Rᵀ Rd) / 2
  /// of length sin θ: it grows with the angle θ all the way to half a turn.
  func springError(of r: Self) -> Vector<Body, Double> {
    let sine = -0.5 * twiceError(of: r)
    let cosine = 0.5 * (xAxis.dot(r.xAxis) + yAxis.dot(r.yAxis) + zAxis.dot(r.zAxis) - 1)
    let length = sine.norm
    guard length > 1e-6 else {
      // Level with it, or upside down: then any axis will do.
      return cosine > 0 ? sine : Vector(.pi, 0, 0)
    }
    return (Double.arcTangent(y: length, x: cosine) / length) * sine
  }

  /// The vector part of the quaternion of the turn from an attitude to this one, the shorter way.
  func quaternionVector(from r: Self) -> Vector<Body, Double> {
    let turn = springError(of: r)
    return Rotation<Body, Body, Double>(rotationVector: turn).vectorPart
  }
}

extension Rotation where S == Double {
  /// The vector part of the quaternion. [–]
  fileprivate var vectorPart: Vector<Source, Double> { Vector(x, y, z) }
}
