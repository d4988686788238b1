extension Rotation {
  /// The rotation of an orthogonal matrix of determinant 1, as the quaternion with w ≥ 0.
  ///
  /// Each component's square stands in the sum of the diagonal with some signs, such as
  /// 4 w² = 1 + R₀₀ + R₁₁ + R₂₂; the largest of the four is taken so, and the others from sums and
  /// differences across the diagonal, so that nothing cancels. A matrix that is off by rounding gives a
  /// quaternion of length 1 all the same.
  ///
  /// - S. W. Shepperd, "Quaternion from Rotation Matrix", Journal of Guidance and Control 1 (3), 1978,
  ///   [doi:10.2514/3.55767b](https://doi.org/10.2514/3.55767b).
  @inlinable
  public init(_ matrix: RotationMatrix<Source, Target, S>) {
    let (r0, r1, r2) = (matrix.xRow, matrix.yRow, matrix.zRow)
    let (x, y, z) = (r2.y - r1.z, r0.z - r2.x, r1.x - r0.y)
    let (xy, yz, zx) = (r1.x + r0.y, r2.y + r1.z, r0.z + r2.x)
    // Each is the quaternion times four times one of its components, which stands first in its name.
    let ofW = Self(x: x, y: y, z: z, w: S.one + r0.x + r1.y + r2.z)
    let ofX = Self(x: S.one + r0.x - r1.y - r2.z, y: xy, z: zx, w: x)
    let ofY = Self(x: xy, y: S.one - r0.x + r1.y - r2.z, z: yz, w: y)
    let ofZ = Self(x: zx, y: yz, z: S.one - r0.x - r1.y + r2.z, w: z)
    let largest = ofW.w.raised(to: ofX.x).raised(to: ofY.y).raised(to: ofZ.z)
    let q = ofZ.replacing(with: ofY, where: largest .<= ofY.y)
      .replacing(with: ofX, where: largest .<= ofX.x)
      .replacing(with: ofW, where: largest .<= ofW.w)
    let opposite = Self(x: -q.x, y: -q.y, z: -q.z, w: -q.w)
    self = q.replacing(with: opposite, where: q.w .< .zero).normalized
  }

  /// The shortest rotation that takes an axis to a direction, neither of them zero.
  ///
  ///     q ∝ (a × d, |a| |d| + a · d)
  ///
  /// Between opposite vectors, to within 5e-8 rad, it is half a turn about an axis across.
  ///
  /// - Parameters:
  ///   - axis: The axis in the source's frame; its length does not matter.
  ///   - direction: Where it shall point, in the target's frame; its length does not matter.
  @inlinable
  public init(aligning axis: Vector<Source, S>, with direction: Vector<Target, S>) {
    let (a, d) = (axis.normalized, direction.normalized)
    let turn = Self(
      x: a.y * d.z - a.z * d.y, y: a.z * d.x - a.x * d.z, z: a.x * d.y - a.y * d.x,
      w: S.one + (a.x * d.x + a.y * d.y + a.z * d.z))
    // Across the axis and that of x, or of y where the axis is nearer to that of x.
    let isNearX = a.y.magnitude .< a.x.magnitude
    let half = Self(x: .zero, y: a.z, z: -a.y, w: .zero)
      .replacing(with: Self(x: -a.z, y: .zero, z: a.x, w: .zero), where: isNearX)
    self = turn.replacing(with: half, where: turn.w .<= S(1e-15)).normalized
  }
}
