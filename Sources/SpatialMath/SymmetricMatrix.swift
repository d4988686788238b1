/// A symmetric matrix: what maps vectors of a frame to vectors of that frame, alike in both directions.
@frozen @usableFromInline
package struct SymmetricMatrix<F: Frame, S: Lanes>: Sendable, BitwiseCopyable {
  /// The first element of the diagonal. [unit of the quantity]
  @usableFromInline package var xx: S
  /// The second element of the diagonal. [unit of the quantity]
  @usableFromInline package var yy: S
  /// The third element of the diagonal. [unit of the quantity]
  @usableFromInline package var zz: S
  /// What x and y have in common. [unit of the quantity]
  @usableFromInline package var xy: S
  /// What x and z have in common. [unit of the quantity]
  @usableFromInline package var xz: S
  /// What y and z have in common. [unit of the quantity]
  @usableFromInline package var yz: S

  /// The matrix with these elements.
  @inlinable @inline(__always)
  package init(xx: S, yy: S, zz: S, xy: S, xz: S, yz: S) {
    (self.xx, self.yy, self.zz) = (xx, yy, zz)
    (self.xy, self.xz, self.yz) = (xy, xz, yz)
  }

  /// The matrix that maps all to zero.
  @inlinable @inline(__always)
  package static var zero: Self {
    Self(xx: .zero, yy: .zero, zz: .zero, xy: .zero, xz: .zero, yz: .zero)
  }

  /// What it makes of a vector.
  @inlinable @inline(__always)
  package func callAsFunction(_ v: Vector<F, S>) -> Vector<F, S> {
    Vector(
      xx * v.x + xy * v.y + xz * v.z, xy * v.x + yy * v.y + yz * v.z,
      xz * v.x + yz * v.y + zz * v.z)
  }

  /// The matrix that undoes it, by its minors over its determinant.
  @inlinable @inline(__always)
  package var inverse: Self {
    let (a, b, c) = (yy * zz - yz * yz, xz * yz - xy * zz, xy * yz - xz * yy)
    let share = .one / (xx * a + xy * b + xz * c)
    return Self(
      xx: share * a, yy: share * (xx * zz - xz * xz), zz: share * (xx * yy - xy * xy),
      xy: share * b, xz: share * c, yz: share * (xy * xz - xx * yz))
  }
}

extension RotationMatrix {
  /// The matrix R diag(d) Rᵀ of what is diagonal in the source, as the target sees it.
  @inlinable @inline(__always)
  package func turned(diagonal d: Vector<Source, S>) -> SymmetricMatrix<Target, S> {
    let (x, y) = (xRow.scaled(by: d), yRow.scaled(by: d))
    return SymmetricMatrix(
      xx: x.dot(xRow), yy: y.dot(yRow), zz: zRow.scaled(by: d).dot(zRow), xy: x.dot(yRow),
      xz: x.dot(zRow), yz: y.dot(zRow))
  }
}
