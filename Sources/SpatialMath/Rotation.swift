/// A rotation between two frames, as a unit quaternion in Hamilton's convention, scalar last.
///
/// `Rotation<Body, World, S>` is an attitude: it takes body components to world components.
@frozen
public struct Rotation<Source: Frame, Target: Frame, S: Lanes>:
  Sendable, BitwiseCopyable, Equatable
{
  /// The vector part along x. [–]
  public var x: S
  /// The vector part along y. [–]
  public var y: S
  /// The vector part along z. [–]
  public var z: S
  /// The scalar part. [–]
  public var w: S

  /// The rotation of a unit quaternion.
  @inlinable @inline(__always)
  public init(x: S, y: S, z: S, w: S) { (self.x, self.y, self.z, self.w) = (x, y, z, w) }

  /// No rotation.
  @inlinable @inline(__always)
  public static var identity: Self { Self(x: .zero, y: .zero, z: .zero, w: .one) }

  /// The rotation from the target back to the source.
  @inlinable @inline(__always)
  public var inverse: Rotation<Target, Source, S> { .init(x: -x, y: -y, z: -z, w: w) }

  /// The square of the quaternion's length, 1 but for rounding.
  @inlinable @inline(__always)
  package var squaredNorm: S { x * x + y * y + z * z + w * w }

  /// The same rotation, its quaternion brought back to length 1.
  @inlinable @inline(__always)
  public var normalized: Self {
    let scale = S.one / squaredNorm.squareRoot()
    return Self(x: x * scale, y: y * scale, z: z * scale, w: w * scale)
  }

  /// The same rotation, its quaternion brought back to length 1 from where rounding has left it.
  ///
  /// A step of Newton's method towards 1/|q| takes neither root nor quotient:
  ///
  ///     s = (3 − |q|²) / 2,  off 1/|q| by 3/8 (|q|² − 1)²
  ///
  /// Where that is more than rounding, it is ``normalized``.
  @inlinable @inline(__always)
  package var renormalized: Self {
    let square = squaredNorm
    var scale = S(1.5) - S(0.5) * square
    let isFar = S(S.isSinglePrecision ? 2e-4 : 1e-8) .< (square - .one).magnitude
    if isFar.any { scale = scale.replacing(with: .one / square.squareRoot(), where: isFar) }
    return Self(x: x * scale, y: y * scale, z: z * scale, w: w * scale)
  }

  /// First `first`, then this.
  @inlinable @inline(__always)
  public func after<Origin: Frame>(
    _ first: Rotation<Origin, Source, S>
  ) -> Rotation<Origin, Target, S> {
    .init(
      x: w * first.x + x * first.w + y * first.z - z * first.y,
      y: w * first.y - x * first.z + y * first.w + z * first.x,
      z: w * first.z + x * first.y - y * first.x + z * first.w,
      w: w * first.w - x * first.x - y * first.y - z * first.z)
  }

  /// The components of a vector in the target frame.
  @inlinable @inline(__always)
  public func callAsFunction(_ v: Vector<Source, S>) -> Vector<Target, S> {
    RotationMatrix(self)(v)
  }

  /// This rotation, with that of `other` in the lanes where `mask` is true.
  @inlinable @inline(__always)
  package func replacing(with other: Self, where mask: S.Mask) -> Self {
    Self(
      x: x.replacing(with: other.x, where: mask), y: y.replacing(with: other.y, where: mask),
      z: z.replacing(with: other.z, where: mask), w: w.replacing(with: other.w, where: mask))
  }

  /// Where all four components are finite.
  @inlinable @inline(__always)
  package var isFinite: S.Mask { x.isFinite .& y.isFinite .& (z.isFinite .& w.isFinite) }
}

extension Rotation {
  /// The rotation of what `combine` makes of each component and that of another rotation.
  @inlinable @inline(__always)
  package func zip<T: Lanes, R: Lanes>(
    _ other: Rotation<Source, Target, T>, _ combine: (S, T) -> R
  ) -> Rotation<Source, Target, R> {
    .init(
      x: combine(x, other.x), y: combine(y, other.y), z: combine(z, other.z),
      w: combine(w, other.w))
  }

  /// The rotation of what `transform` makes of the quaternion's components.
  @inlinable @inline(__always)
  package func map<T: Lanes>(_ transform: (S) -> T) -> Rotation<Source, Target, T> {
    zip(self) { component, _ in transform(component) }
  }

  /// Lets `put` write each component of another rotation into that of this one.
  @inlinable @inline(__always)
  package mutating func update<T: Lanes>(
    from other: Rotation<Source, Target, T>, _ put: (inout S, T) -> Void
  ) {
    self = zip(other) { updated($0, from: $1, put) }
  }

  /// The rotation in one lane.
  @inlinable @inline(__always)
  package subscript(lane lane: Int) -> Rotation<Source, Target, Double> {
    get { map { $0[lane: lane] } }
    set { update(from: newValue) { $0[lane: lane] = $1 } }
  }
}

extension Rotation where Source == Target {
  /// The rotation by an angle vector: about its direction, by its length in radians.
  ///
  ///     q = (v sin(h) / |v|, cos(h)),   h = |v| / 2
  ///
  /// The exponential map from rotation vectors to unit quaternions, to within 1 ulp at any length.
  @inlinable @inline(__always)
  public init(rotationVector v: Vector<Source, S>) {
    let h2 = S(0.25) * v.squaredNorm
    var (sinc, cosine) = sincAndCosine(ofSmallSquare: h2)
    let beyond = S(smallPolynomialReach * smallPolynomialReach) .< h2
    if beyond.any {
      let far = Self.farSincAndCosine(ofSquare: h2)
      sinc = sinc.replacing(with: far.sinc, where: beyond)
      cosine = cosine.replacing(with: far.cosine, where: beyond)
    }
    let scale = S(0.5) * sinc
    self.init(x: scale * v.x, y: scale * v.y, z: scale * v.z, w: cosine)
  }

  /// sin(h)/h and cos(h), given h² above 0, for turns that few steps make.
  @inlinable @inline(never)
  static func farSincAndCosine(ofSquare h2: S) -> (sinc: S, cosine: S) {
    let near = sincAndCosine(ofSquare: h2)
    let beyond = S(polynomialReach * polynomialReach) .< h2
    guard beyond.any else { return near }
    let h = h2.squareRoot()
    let (sine, cosine) = h.sineAndCosine()
    return (
      near.sinc.replacing(with: sine / h, where: beyond),
      near.cosine.replacing(with: cosine, where: beyond)
    )
  }
}
