public import SpatialMath

/// What the air that a drone throws down does to the drones below it.
///
/// Two laws, for a drone at the height difference h below another and the horizontal distance d.
///
/// **Jet**: each drone is the source of a turbulent round jet, which keeps its momentum, widens
/// linearly and has a Gaussian profile (Pope, eqs 5.6 to 5.8), from a virtual origin above the
/// drone:
///
///     F = −A (T / T₀) / s² · exp(−(d / b)² / 2)        along the world's z axis [N]
///     s² = √(h⁴ + h₀⁴)         b = (l + √(l² + 4 b₀²)) / 2,   l = c2 h + c3
///
/// up to ten widths b aside, with A = c1 (R/4)² and the fitted c1, c2, c3 of the upper drone's model, its rotor radius R, its
/// thrust T over its hover thrust T₀, and its arm b₀. The near-field length h₀ makes the force on the
/// axis at h = 0 equal the thrust of a hovering source, A / h₀² = m g: a jet cannot push harder than
/// what drives it. Finite, smooth and positive-width everywhere. Against the fit below, at hover: force
/// on the axis 11 % lower at h = 0.75 m, 4 % at 1 m, 1 % at 1.5 m; width at 1.5 m 8 % more, at 2 m
/// 3 %.
///
/// **Fit**: gym-pybullet-drones' own, from flights with Crazyflies:
///
///     F = −c1 (R / 4h)² · exp(−(d / (c2 h + c3))² / 2)     along the body's z axis [N]
///
/// for d < 10 m. Its width vanishes at h = −c3 / c2 (0.6875 m), where the original's force on the axis
/// is not a number (here it is the limit); its force grows without bound as h goes to 0.
///
/// - S. B. Pope, "Turbulent Flows", Cambridge University Press, 2000, section 5.1.
/// - J. Panerati et al., "Learning to Fly", IROS 2021,
///   [arXiv:2103.02142](https://arxiv.org/abs/2103.02142): the fit.
public struct Downwash: AerodynamicEffect {
  /// How the force depends on place.
  public enum Law: Sendable {
    /// A turbulent jet, finite everywhere, along the world's z axis.
    case jet
    /// gym-pybullet-drones' fit, along the body's z axis.
    case fit
  }

  private let law: Law

  /// The downwash by some law.
  public init(_ law: Law = .jet) { self.law = law }

  public func accumulate(into wrenches: inout [Wrench<Body, DroneLanes>], on swarm: Swarm) {
    guard swarm.dronesPerWorld > 1 else { return }
    for group in swarm.groups {
      let first = group * DroneLanes.laneCount
      var force = DroneLanes.zero
      for drone in first..<min(first + DroneLanes.laneCount, swarm.count) {
        force[lane: drone - first] = self.force(on: drone, in: swarm)
      }
      switch law {
      case .fit: wrenches[group].force.z += force
      case .jet: wrenches[group].force += force * swarm.attitudes[group].zRow
      }
    }
  }

  /// The distance beyond which nothing is felt, whatever the law. [m]
  private static let farthest = 10.0

  /// The widest jet's reach at the height of the swarm.
  public func reachAside(in swarm: Swarm) -> Double {
    guard law == .jet else { return Self.farthest }
    var (low, high) = (Double.infinity, -Double.infinity)
    var (spread, width, core) = (0.0, 0.0, 0.0)
    for drone in 0..<swarm.count {
      let p = swarm.parameters[drone / DroneLanes.laneCount]
      let lane = drone % DroneLanes.laneCount
      let z = swarm.position(of: drone).z
      (low, high) = (min(low, z), max(high, z))
      spread = max(spread, p.downwashSpread[lane: lane])
      width = max(width, p.downwashWidth[lane: lane])
      core = max(core, p.arm[lane: lane] * p.arm[lane: lane])
    }
    let l = spread * max(0, high - low) + width
    let widest = 0.5 * (l + (l * l + 4 * core).squareRoot())
    let reach = (1 + 1e-9) * Self.squaredReach.squareRoot() * widest
    return reach < Self.farthest ? reach : Self.farthest
  }

  /// The force on a drone from all drones above it, summed by their index, along z. [N]
  private func force(on drone: Int, in swarm: Swarm) -> Double {
    let position = swarm.position(of: drone).map { DroneLanes($0) }
    var force = 0.0
    swarm.forEachGroup(near: drone) { group, isInWorld in
      let source = swarm.states[group].position
      let height = source.z - position.z
      let (dx, dy) = (source.x - position.x, source.y - position.y)
      let squaredDistance = dx * dx + dy * dy
      let isNear =
        isInWorld .& (DroneLanes.zero .< height)
        .& (squaredDistance .< DroneLanes(Self.farthest * Self.farthest))
      guard isNear.any else { return }
      let safeHeight = DroneLanes.one.replacing(with: height, where: isNear)
      let push =
        switch law {
        case .fit: fit(safeHeight, squaredDistance, on: drone, in: swarm)
        case .jet: jet(safeHeight, squaredDistance, below: group, in: swarm, where: isNear)
        }
      let felt = DroneLanes.zero.replacing(with: push, where: isNear)
      for lane in 0..<DroneLanes.laneCount { force += felt[lane: lane] }
    }
    return force
  }

  private func fit(
    _ height: DroneLanes, _ squaredDistance: DroneLanes, on drone: Int, in swarm: Swarm
  ) -> DroneLanes {
    let p = swarm.parameters[drone / DroneLanes.laneCount]
    let lane = drone % DroneLanes.laneCount
    let ratio = DroneLanes(0.25 * p.rotorRadius[lane: lane]) / height
    let width =
      DroneLanes(p.downwashSpread[lane: lane]) * height + DroneLanes(p.downwashWidth[lane: lane])
    // Held off zero: at the height where the width vanishes the original is not a number.
    let area = (width * width).raised(to: DroneLanes(.leastNormalMagnitude))
    let profile = (DroneLanes(-0.5) * (squaredDistance / area)).exponential()
    return -(DroneLanes(p.downwashGain[lane: lane]) * (ratio * ratio) * profile)
  }

  private func jet(
    _ height: DroneLanes, _ squaredDistance: DroneLanes, below group: Int, in swarm: Swarm,
    where isNear: SIMDMask<SIMD8<Int64>>
  ) -> DroneLanes {
    let p = swarm.parameters[group]
    let l = p.downwashSpread * height + p.downwashWidth
    let width = DroneLanes(0.5) * (l + (l * l + DroneLanes(4) * (p.arm * p.arm)).squareRoot())
    let squaredWidth = width * width
    let isWithin = isNear .& (squaredDistance .< DroneLanes(Self.squaredReach) * squaredWidth)
    guard isWithin.any else { return .zero }
    let radius = DroneLanes(0.25) * p.rotorRadius
    let gain = p.downwashGain * radius * radius
    let weight = p.mass * DroneLanes(QuadcopterModel.nominalGravity)
    var thrust = DroneLanes.zero
    for rotor in 0..<4 {
      thrust += p.thrustCurves[rotor].value(at: swarm.rotorSpeeds[group][rotor])
    }
    let (nearField, squaredHeight) = (gain / weight, height * height)
    let spread = (squaredHeight * squaredHeight + nearField * nearField).squareRoot()
    let profile = (DroneLanes(-0.5) * (squaredDistance / squaredWidth)).exponential()
    return DroneLanes.zero.replacing(
      with: -(gain * thrust / weight / spread * profile), where: isWithin)
  }

  /// The square of the distance, in widths of the jet, beyond which it is nothing: at 10 widths it has
  /// fallen to 2e-22 of its strength on the axis.
  private static let squaredReach = 100.0
}
