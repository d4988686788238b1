/// A vector in space, in a frame that the compiler knows.
@frozen
public struct Vector<F: Frame, S: Lanes>: Sendable, BitwiseCopyable, Equatable {
  /// The component along the frame's x axis. [unit of the quantity]
  public var x: S
  /// The component along the frame's y axis. [unit of the quantity]
  public var y: S
  /// The component along the frame's z axis. [unit of the quantity]
  public var z: S

  /// The vector with these components.
  @inlinable @inline(__always)
  public init(_ x: S, _ y: S, _ z: S) { (self.x, self.y, self.z) = (x, y, z) }

  /// The zero vector.
  @inlinable @inline(__always)
  public static var zero: Self { Self(.zero, .zero, .zero) }

  /// The sum.
  @inlinable @inline(__always)
  public static func + (a: Self, b: Self) -> Self { Self(a.x + b.x, a.y + b.y, a.z + b.z) }

  /// The difference.
  @inlinable @inline(__always)
  public static func - (a: Self, b: Self) -> Self { Self(a.x - b.x, a.y - b.y, a.z - b.z) }

  /// The opposite.
  @inlinable @inline(__always)
  public static prefix func - (a: Self) -> Self { Self(-a.x, -a.y, -a.z) }

  /// The multiple by a number a lane.
  @inlinable @inline(__always)
  public static func * (s: S, v: Self) -> Self { Self(s * v.x, s * v.y, s * v.z) }

  /// The multiple by a number a lane.
  @inlinable @inline(__always)
  public static func * (v: Self, s: S) -> Self { s * v }

  /// The quotient by a number a lane.
  @inlinable @inline(__always)
  public static func / (v: Self, s: S) -> Self { Self(v.x / s, v.y / s, v.z / s) }

  /// Adds a vector.
  @inlinable @inline(__always)
  public static func += (a: inout Self, b: Self) { a = a + b }

  /// Subtracts a vector.
  @inlinable @inline(__always)
  public static func -= (a: inout Self, b: Self) { a = a - b }

  /// The scalar product.
  @inlinable @inline(__always)
  public func dot(_ other: Self) -> S { x * other.x + y * other.y + z * other.z }

  /// The vector product.
  @inlinable @inline(__always)
  public func cross(_ other: Self) -> Self {
    Self(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x)
  }

  /// The product, component by component: what a diagonal matrix does to a vector.
  @inlinable @inline(__always)
  public func scaled(by other: Self) -> Self { Self(x * other.x, y * other.y, z * other.z) }

  /// The square of the length.
  @inlinable @inline(__always)
  public var squaredNorm: S { dot(self) }

  /// The length.
  @inlinable @inline(__always)
  public var norm: S { squaredNorm.squareRoot() }

  /// The vector of length 1 with this direction; NaN where the vector is zero.
  @inlinable @inline(__always)
  public var normalized: Self { self / norm }

  /// The vector with every component held between two bounds.
  @inlinable @inline(__always)
  package func clamped(from low: S, to high: S) -> Self {
    Self(
      x.clamped(from: low, to: high), y.clamped(from: low, to: high),
      z.clamped(from: low, to: high))
  }

  /// This vector, with that of `other` in the lanes where `mask` is true.
  @inlinable @inline(__always)
  public func replacing(with other: Self, where mask: S.Mask) -> Self {
    Self(
      x.replacing(with: other.x, where: mask), y.replacing(with: other.y, where: mask),
      z.replacing(with: other.z, where: mask))
  }

  /// Where all components are finite.
  @inlinable @inline(__always)
  package var isFinite: S.Mask { x.isFinite .& y.isFinite .& z.isFinite }
}

extension Vector {
  /// The vector of what `combine` makes of each component and that of another vector.
  @inlinable @inline(__always)
  package func zip<T: Lanes, R: Lanes>(
    _ other: Vector<F, T>, _ combine: (S, T) -> R
  ) -> Vector<F, R> {
    Vector<F, R>(combine(x, other.x), combine(y, other.y), combine(z, other.z))
  }

  /// The vector of what `transform` makes of the components.
  @inlinable @inline(__always)
  package func map<T: Lanes>(_ transform: (S) -> T) -> Vector<F, T> {
    zip(self) { component, _ in transform(component) }
  }

  /// Lets `put` write each component of another vector into that of this one.
  @inlinable @inline(__always)
  package mutating func update<T: Lanes>(from other: Vector<F, T>, _ put: (inout S, T) -> Void) {
    self = zip(other) { updated($0, from: $1, put) }
  }

  /// The vector in one lane.
  @inlinable @inline(__always)
  public subscript(lane lane: Int) -> Vector<F, Double> {
    get { map { $0[lane: lane] } }
    set { update(from: newValue) { $0[lane: lane] = $1 } }
  }
}
