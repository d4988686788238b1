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

  /// The stretch of the jet from the source to some height below and some way aside. [m, m²]
  @inline(__always)
  func stretch(_ height: S, _ squaredDistance: S) -> Stretch {
    let l = spread * height + width
    let width = S(0.5) * (l + (l * l + squaredArms).squareRoot())
    return Stretch(
      height: height, squaredDistance: squaredDistance, squaredWidth: width * width,
      squaredNearField: squaredNearField, strength: strength)
  }

  /// What a jet has become on its way to a drone.
  struct Stretch {
    /// The height from the drone to the source, h. [m]
    fileprivate let height: S
    /// The horizontal distance's square, d². [m²]
    fileprivate let squaredDistance: S
    /// The width's square, b². [m²]
    fileprivate let squaredWidth: S
    /// The near-field length's fourth power, h₀⁴. [m⁴]
    fileprivate let squaredNearField: S
    /// The force on the axis times the distance's square, far away. [N·m²]
    fileprivate let strength: S

    /// No way at all.
    static var none: Self {
      Self(
        height: .zero, squaredDistance: .zero, squaredWidth: .zero, squaredNearField: .zero,
        strength: .zero)
    }

    /// Where the drone is below the source and within the jet.
    @inline(__always)
    var isWithin: S.Mask {
      (.zero .< height) .& (squaredDistance .< S(Jet.squaredReach) * squaredWidth)
    }

    /// The force along the world's z axis. [N]
    @inline(__always)
    var push: S {
      let squaredHeight = height * height
      // Held off zero for models without downwash, whose near field is nothing.
      let decline = (squaredHeight * squaredHeight + squaredNearField).squareRoot()
        .raised(to: S(.leastNormalMagnitude))
      let profile = (S(-0.5) * (squaredDistance / squaredWidth)).exponential()
      return -(strength / decline * profile)
    }
  }
}

extension Jet.Stretch where S == LanePair<DroneLanes> {
  /// Two stretches side by side.
  @inline(__always)
  init(_ first: Jet<DroneLanes>.Stretch, _ second: Jet<DroneLanes>.Stretch) {
    self.init(
      height: S(first.height, second.height),
      squaredDistance: S(first.squaredDistance, second.squaredDistance),
      squaredWidth: S(first.squaredWidth, second.squaredWidth),
      squaredNearField: S(first.squaredNearField, second.squaredNearField),
      strength: S(first.strength, second.strength))
  }
}
