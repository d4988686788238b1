/// What a formula computes in: one number, or one number for each of several drones.
///
/// A formula that is written over `S: Lanes` serves a single drone (`Double`) and a group of drones
/// (``DoubleLanes``) alike, and gives every drone the same bits in either: only
/// operations that IEEE 754 defines exactly (sums, products, quotients, square roots, comparisons,
/// selections) are offered, none is contracted, and none is a call into libm.
public protocol Lanes: Sendable, BitwiseCopyable, Equatable {
  /// One truth value a lane.
  associatedtype Mask: LaneMask

  /// How many numbers there are.
  static var laneCount: Int { get }

  /// Zero in every lane.
  static var zero: Self { get }
  /// One in every lane.
  static var one: Self { get }

  /// The same number in every lane.
  init(_ value: Double)

  /// The number in one lane.
  subscript(lane lane: Int) -> Double { get set }

  /// The sum, lane by lane.
  static func + (a: Self, b: Self) -> Self
  /// The difference, lane by lane.
  static func - (a: Self, b: Self) -> Self
  /// The product, lane by lane.
  static func * (a: Self, b: Self) -> Self
  /// The product with the same number in every lane.
  static func * (a: Double, b: Self) -> Self
  /// Adds `b` to `a`, lane by lane.
  static func += (a: inout Self, b: Self)
  /// The quotient, lane by lane.
  static func / (a: Self, b: Self) -> Self
  /// The negative, lane by lane.
  static prefix func - (a: Self) -> Self

  /// The square root, lane by lane.
  func squareRoot() -> Self
  /// The magnitude, lane by lane.
  var magnitude: Self { get }

  /// Where `a` is less than `b`.
  static func .< (a: Self, b: Self) -> Mask
  /// Where `a` is at most `b`.
  static func .<= (a: Self, b: Self) -> Mask

  /// This number, with those of `other` in the lanes where `mask` is true.
  func replacing(with other: Self, where mask: Mask) -> Self

  /// Two to the power of a whole number that a normal number can have.
  static func powerOfTwo(_ exponent: Self) -> Self

  /// Whether numbers have seven digits, rather than sixteen.
  static var isSinglePrecision: Bool { get }
}

/// One truth value a lane.
public protocol LaneMask: Sendable, BitwiseCopyable {
  /// Whether it is true in at least one lane.
  var any: Bool { get }
  /// The truth value in one lane.
  subscript(lane lane: Int) -> Bool { get }
  /// Both, lane by lane.
  static func .& (a: Self, b: Self) -> Self
  /// Either, lane by lane.
  static func .| (a: Self, b: Self) -> Self
  /// The opposite, lane by lane.
  static prefix func .! (a: Self) -> Self
}

extension Lanes {
  /// The number itself, or `floor` where it is below; NaN stays NaN.
  @inlinable @inline(__always)
  public func raised(to floor: Self) -> Self { replacing(with: floor, where: self .< floor) }

  /// The number itself, or `ceiling` where it is above; NaN stays NaN.
  @inlinable @inline(__always)
  public func lowered(to ceiling: Self) -> Self { replacing(with: ceiling, where: ceiling .< self) }

  /// The number held between two bounds.
  @inlinable @inline(__always)
  public func clamped(from low: Self, to high: Self) -> Self {
    raised(to: low).lowered(to: high)
  }

  /// The largest finite number, in every lane.
  @inlinable @inline(__always)
  package static var largest: Self {
    Self(isSinglePrecision ? Double(Float.greatestFiniteMagnitude) : .greatestFiniteMagnitude)
  }

  /// The least normal number above 0, in every lane.
  @inlinable @inline(__always)
  package static var leastNormal: Self {
    Self(isSinglePrecision ? Double(Float.leastNormalMagnitude) : .leastNormalMagnitude)
  }

  /// By what share of a number a bound is widened, so that the rounding of some operations leaves out nothing. [–]
  @inlinable @inline(__always)
  package static var roundingSlack: Double { isSinglePrecision ? 1e-5 : 1e-9 }

  /// A number that rounds away the fraction of what it is added to: 1.5 times the first power of two whose
  /// successor is more than 1 away, in every lane.
  @inlinable @inline(__always)
  package static var fractionless: Self { Self(isSinglePrecision ? 0x1.8p23 : 0x1.8p52) }

  /// Where the exponential function reaches the smallest and the largest normal numbers, rounded towards
  /// 0.
  @inlinable @inline(__always)
  package static var exponentialRange: ClosedRange<Double> {
    isSinglePrecision ? -87...88 : -708...709
  }

  /// The nearest whole number, for magnitudes below a third of ``fractionless``, whose sum every
  /// processor rounds alike.
  @inlinable @inline(__always)
  package func roundedToNearest() -> Self { (self + .fractionless) - .fractionless }

  /// Where the number is neither infinite nor NaN.
  @inlinable @inline(__always)
  package var isFinite: Mask { magnitude .<= .largest }
}

/// What `put` makes of a number when it writes another into it.
///
/// A type of several numbers over lanes has one list of them, its `zip`, which the compiler checks for
/// gaps; its `map` and `update` are that list with one closure or the other.
@inlinable @inline(__always)
package func updated<S: Lanes, T: Lanes>(
  _ number: S, from other: T, _ put: (inout S, T) -> Void
) -> S {
  var number = number
  put(&number, other)
  return number
}

/// The lanes that the simulation steps in: four drones at a time.
///
/// Four doubles are two registers of SSE2, one of AVX2: wide enough to keep a processor busy, and narrow
/// enough that most of what a step works with stays in registers. A world of one drone pads to a single
/// group.
@usableFromInline package typealias DroneLanes = DoubleLanes
