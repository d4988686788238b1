import SpatialMath

/// What drones throw down: the source of ``Downwash``'s jet, wherever it is.
struct Jet<S: Lanes>: BitwiseCopyable, Sendable {
  /// How it widens with distance. [–]
  private var spread: S
  /// Its linear width at distance zero. [m]
  private var width: S
  /// Its width where the linear one vanishes, b₀. [m]
  private var arm: S
  /// Twice ``arm``, squared. [m²]
  private var squaredArms: S
  /// The near-field length's square, h₀², squared. [m⁴]
  private var squaredNearField: S
  /// The force on the axis times the distance's square, far away. [N·m²]
  private var strength: S

  /// The square of the distance, in widths of the jet, beyond which it is nothing.
  static var squaredReach: Double { 49 }

  /// The jets of drones under a thrust. [N]
  @inline(__always)
  init(parameters: DroneParameters<S>, thrust: S) {
    (spread, width) = (parameters.downwashSpread, parameters.downwashWidth)
    arm = parameters.arm
    squaredArms = S(4) * (arm * arm)
    let radius = S(0.25) * parameters.rotorRadius
    let gain = parameters.downwashGain * radius * radius
    let nearField = gain / (parameters.mass * S(QuadcopterModel.nominalGravity))
    squaredNearField = nearField * nearField
    strength = nearField * thrust
  }

  @inline(__always)
  private init<T: Lanes>(_ jet: Jet<T>, _ transform: (T) -> S) {
    (spread, width) = (transform(jet.spread), transform(jet.width))
    (arm, squaredArms) = (transform(jet.arm), transform(jet.squaredArms))
    squaredNearField = transform(jet.squaredNearField)
    strength = transform(jet.strength)
  }

  /// The jets of what `transform` makes of the numbers.
  @inline(__always)
  func map<T: Lanes>(_ transform: (S) -> T) -> Jet<T> { Jet<T>(self, transform) }

  /// How far aside the jet is felt at most over some height below, by a bound on its width: with the
  /// linear width l it is at most l + b₀ for l above 0, and b₀ below. [m]
  @inline(__always)
  func reach(over height: S) -> S {
    let widest = ((spread * height).raised(to: .zero) + width).raised(to: .zero) + arm
    return S((1 + S.roundingSlack) * Self.squaredReach.squareRoot()) * widest
  }

  /// Where the jet is felt some height below and some way aside, as far as rounding lets that be told
  /// without a root. [m, m²]
  ///
  /// The width b is the positive root of b² − l b − b₀², so that r < b where r² − b₀² < l r; squares that
  /// keep their signs ask for no root.
  @inline(__always)
  func reaches(_ height: S, _ squaredDistance: S) -> S.Mask {
    let l = spread * height + width
    // Slightly less, so that rounding leaves no drone out.
    let r2 = S((1 - S.roundingSlack) / Self.squaredReach) * squaredDistance
    let c = r2 - S(0.25) * squaredArms
    return (.zero .< height) .& (c * c.magnitude .< l * l.magnitude * r2)
  }

  /// Where the jet may be felt at any height and distance that differ from these by up to some way: it is no
  /// narrower than at the height where its linear width is largest, the width growing with that. [m, m²]
  @inline(__always)
  func reaches(_ height: S, _ squaredDistance: S, within way: S) -> S.Mask {
    let l = spread * height + spread.magnitude * way + width
    let distance = (squaredDistance.squareRoot() - way).raised(to: .zero)
    let r2 = S((1 - S.roundingSlack) / Self.squaredReach) * (distance * distance)
    let c = r2 - S(0.25) * squaredArms
    return (-way .< height) .& (c * c.magnitude .<= l * l.magnitude * r2)
  }

  /// The force along the world's z axis some height below and some way aside, 0 above the source and
  /// beyond the reach. [N, for m and m²]
  @inline(__always)
  func push(_ height: S, _ squaredDistance: S) -> S {
    let l = spread * height + width
    let width = S(0.5) * (l + (l * l + squaredArms).squareRoot())
    let squaredWidth = width * width
    let squaredHeight = height * height
    // Held off zero for models without downwash, whose near field is nothing.
    let decline = (squaredHeight * squaredHeight + squaredNearField).squareRoot()
      .raised(to: .leastNormal)
    let profile = (S(-0.5) * (squaredDistance / squaredWidth)).exponential()
    let isWithin = (.zero .< height) .& (squaredDistance .< S(Self.squaredReach) * squaredWidth)
    return S.zero.replacing(with: -(strength / decline * profile), where: isWithin)
  }
}
