import SpatialMath

/// What drones throw down: the source of ``Downwash``'s jet, wherever it is.
struct Jet<S: Lanes> {
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

  /// Where the jet may be felt some height below and some way aside, by a bound on its width that costs
  /// no root. [m, m²]
  @inline(__always)
  func mayReach(_ height: S, _ squaredDistance: S) -> S.Mask {
    // (l + √(l² + 4 b₀²)) / 2 is at most l + b₀ for l above 0, and b₀ below.
    let widest = (spread * height + width).raised(to: .zero) + arm
    return (.zero .< height)
      .& (squaredDistance .< S((1 + 1e-9) * Self.squaredReach) * (widest * widest))
  }

  /// The force some height below and some way aside. [m, m², N]
  @inline(__always)
  func push(_ height: S, _ squaredDistance: S) -> S {
    let l = spread * height + width
    let width = S(0.5) * (l + (l * l + squaredArms).squareRoot())
    let squaredWidth = width * width
    let squaredHeight = height * height
    let decline = (squaredHeight * squaredHeight + squaredNearField).squareRoot()
    let profile = (S(-0.5) * (squaredDistance / squaredWidth)).exponential()
    let push = -(strength / decline * profile)
    let isWithin = squaredDistance .< S(Self.squaredReach) * squaredWidth
    return S.zero.replacing(with: push, where: isWithin)
  }
}
