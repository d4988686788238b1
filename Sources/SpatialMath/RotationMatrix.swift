/// A rotation between two frames, as the rows of an orthogonal matrix.
@frozen
public struct RotationMatrix<Source: Frame, Target: Frame, S: Lanes>: Sendable, BitwiseCopyable {
  /// What makes the target's x component: the target's x axis, seen from the source. [–]
  public var xRow: Vector<Source, S>
  /// What makes the target's y component: the target's y axis, seen from the source. [–]
  public var yRow: Vector<Source, S>
  /// What makes the target's z component: the target's z axis, seen from the source. [–]
  public var zRow: Vector<Source, S>

  /// The matrix with these rows.
  @inlinable @inline(__always)
  public init(xRow: Vector<Source, S>, yRow: Vector<Source, S>, zRow: Vector<Source, S>) {
    (self.xRow, self.yRow, self.zRow) = (xRow, yRow, zRow)
  }

  /// The matrix of a unit quaternion.
  @inlinable @inline(__always)
  public init(_ q: Rotation<Source, Target, S>) {
    let (x2, y2, z2) = (q.x + q.x, q.y + q.y, q.z + q.z)
    let (wx, wy, wz) = (q.w * x2, q.w * y2, q.w * z2)
    let (xx, xy, xz) = (q.x * x2, q.x * y2, q.x * z2)
    let (yy, yz, zz) = (q.y * y2, q.y * z2, q.z * z2)
    xRow = Vector(.one - (yy + zz), xy - wz, xz + wy)
    yRow = Vector(xy + wz, .one - (xx + zz), yz - wx)
    zRow = Vector(xz - wy, yz + wx, .one - (xx + yy))
  }

  /// The components of a vector in the target frame.
  @inlinable @inline(__always)
  public func callAsFunction(_ v: Vector<Source, S>) -> Vector<Target, S> {
    Vector(xRow.dot(v), yRow.dot(v), zRow.dot(v))
  }

  /// The components in the source frame of a vector that is known in the target frame.
  @inlinable @inline(__always)
  public func inverse(_ v: Vector<Target, S>) -> Vector<Source, S> {
    v.x * xRow + v.y * yRow + v.z * zRow
  }

  /// The source's x axis, seen from the target.
  @inlinable @inline(__always)
  public var xAxis: Vector<Target, S> { Vector(xRow.x, yRow.x, zRow.x) }

  /// The source's y axis, seen from the target.
  @inlinable @inline(__always)
  public var yAxis: Vector<Target, S> { Vector(xRow.y, yRow.y, zRow.y) }

  /// The source's z axis, seen from the target.
  @inlinable @inline(__always)
  public var zAxis: Vector<Target, S> { Vector(xRow.z, yRow.z, zRow.z) }

  /// The matrix of what `combine` makes of each element and that of another matrix.
  @inlinable @inline(__always)
  package func zip<T: Lanes, R: Lanes>(
    _ other: RotationMatrix<Source, Target, T>, _ combine: (S, T) -> R
  ) -> RotationMatrix<Source, Target, R> {
    .init(
      xRow: xRow.zip(other.xRow, combine), yRow: yRow.zip(other.yRow, combine),
      zRow: zRow.zip(other.zRow, combine))
  }

  /// The matrix of what `transform` makes of the elements.
  @inlinable @inline(__always)
  package func map<T: Lanes>(_ transform: (S) -> T) -> RotationMatrix<Source, Target, T> {
    zip(self) { element, _ in transform(element) }
  }

  /// Lets `put` write each element of another matrix into that of this one.
  @inlinable @inline(__always)
  package mutating func update<T: Lanes>(
    from other: RotationMatrix<Source, Target, T>, _ put: (inout S, T) -> Void
  ) {
    self = zip(other) { updated($0, from: $1, put) }
  }

  /// The matrix in one lane.
  @inlinable @inline(__always)
  package subscript(lane lane: Int) -> RotationMatrix<Source, Target, Double> {
    get { map { $0[lane: lane] } }
    set { update(from: newValue) { $0[lane: lane] = $1 } }
  }
}
