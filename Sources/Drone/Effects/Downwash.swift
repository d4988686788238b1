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
/// up to seven widths b aside, where 2e-11 of it is left, with A = c1 (R/4)² and the fitted c1, c2, c3 of the upper drone's model, its rotor radius R, its
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
    switch law {
    case .jet: addJets(to: &wrenches, on: swarm)
    case .fit: addFits(to: &wrenches, on: swarm)
    }
  }

  /// Adds the forces of all jets, those of one drone after those of another.
  private func addJets(to wrenches: inout [Wrench<Body, DroneLanes>], on swarm: Swarm) {
    var draughts = Draughts()
    var world = swarm.drones(ofWorld: 0)
    for group in swarm.groups {
      let jets = Jet(
        parameters: swarm.parameters[swarm.parametersIndex(of: group)], thrust: swarm.thrusts[group]
      )
      let positions = swarm.states[group].position
      for source in swarm.drones(ofGroup: group) {
        if source == world.upperBound { world = source..<source + swarm.dronesPerWorld }
        let lane = source % DroneLanes.laneCount
        let jet = jets.map { DroneLanes($0[lane: lane]) }
        let position = positions.map { DroneLanes($0[lane: lane]) }
        swarm.forEachGroup(near: source, in: world) { below in
          let offset = position - swarm.states[below].position
          let squaredDistance = offset.x * offset.x + offset.y * offset.y
          guard jet.mayReach(offset.z, squaredDistance).any else { return }
          let stretch = jet.stretch(offset.z, squaredDistance)
          let isFelt =
            stretch.isWithin .& swarm.isOneOf(world, below)
            .& (squaredDistance .< DroneLanes(Self.farthest * Self.farthest))
          guard isFelt.any else { return }
          draughts.add(stretch, on: below, where: isFelt, to: &wrenches, on: swarm)
        }
      }
    }
    draughts.finish(&wrenches, on: swarm)
  }

  /// Adds the forces by the fit, those of one drone after those of another.
  private func addFits(to wrenches: inout [Wrench<Body, DroneLanes>], on swarm: Swarm) {
    for source in 0..<swarm.count {
      let world = swarm.drones(ofWorld: source / swarm.dronesPerWorld)
      let position = swarm.position(of: source).map { DroneLanes($0) }
      swarm.forEachGroup(near: source, in: world) { below in
        let offset = position - swarm.states[below].position
        let squaredDistance = offset.x * offset.x + offset.y * offset.y
        let isFelt =
          (.zero .< offset.z) .& swarm.isOneOf(world, below)
          .& (squaredDistance .< DroneLanes(Self.farthest * Self.farthest))
        guard isFelt.any else { return }
        let push = fit(
          offset.z, squaredDistance, swarm.parameters[swarm.parametersIndex(of: below)])
        let force = wrenches[below].force.z
        wrenches[below].force.z = force.replacing(with: force + push, where: isFelt)
      }
    }
  }

  /// The force by the fit on drones some way below another. [N]
  private func fit<S: Lanes>(
    _ height: S, _ squaredDistance: S, _ parameters: DroneParameters<S>
  ) -> S {
    let ratio = S(0.25) * parameters.rotorRadius / height
    let width = parameters.downwashSpread * height + parameters.downwashWidth
    // Held off zero: at the height where the width vanishes the original is not a number.
    let area = (width * width).raised(to: S(.leastNormalMagnitude))
    let profile = (S(-0.5) * (squaredDistance / area)).exponential()
    return -(parameters.downwashGain * (ratio * ratio) * profile)
  }

  /// The distance beyond which nothing is felt, whatever the law. [m]
  private static let farthest = 10.0

  /// The widest jet's reach at the height of the swarm.
  public func reachAside(in swarm: Swarm) -> Double {
    guard law == .jet else { return Self.farthest }
    var (low, high) = (DroneLanes(.infinity), DroneLanes(-.infinity))
    var (spread, width, arm) = (DroneLanes.zero, DroneLanes(-.infinity), DroneLanes.zero)
    for group in swarm.groups {
      let (p, z) = (
        swarm.parameters[swarm.parametersIndex(of: group)], swarm.states[group].position.z
      )
      let isReal = swarm.isOneOf(0..<swarm.count, group)
      low = low.replacing(with: z, where: isReal .& (z .< low))
      high = high.replacing(with: z, where: isReal .& (high .< z))
      spread = spread.raised(to: p.downwashSpread)
      width = width.raised(to: p.downwashWidth)
      arm = arm.raised(to: p.arm)
    }
    let rise = max(0, high.numbers.max() - low.numbers.min())
    // (l + √(l² + 4 b₀²)) / 2 is at most l + b₀ for l above 0, and b₀ below.
    let widest = max(0, spread.numbers.max() * rise + width.numbers.max()) + arm.numbers.max()
    let reach = (1 + 1e-9) * Jet<DroneLanes>.squaredReach.squareRoot() * widest
    return reach < Self.farthest ? reach : Self.farthest
  }
}

/// Groups of drones in the jets of others, two by two: a force is a long chain of operations that wait
/// for each other, so that two cost little more than one.
private struct Draughts {
  private struct Draught {
    var group = 0
    var isFelt = DroneLanes.zero .< .zero
    var stretch = Jet<DroneLanes>.Stretch.none
  }

  private var isWaiting = false
  private var first = Draught()

  /// Adds the force of a jet, now or with that of the next.
  @inline(never)
  mutating func add(
    _ stretch: Jet<DroneLanes>.Stretch, on group: Int, where isFelt: DroneLanes.Mask,
    to wrenches: inout [Wrench<Body, DroneLanes>], on swarm: Swarm
  ) {
    let draught = Draught(group: group, isFelt: isFelt, stretch: stretch)
    guard isWaiting else {
      (first, isWaiting) = (draught, true)
      return
    }
    let pushes = Jet.Stretch(first.stretch, stretch).push
    add(pushes.first, of: first, to: &wrenches, on: swarm)
    add(pushes.second, of: draught, to: &wrenches, on: swarm)
    isWaiting = false
  }

  /// Adds the force that is left.
  mutating func finish(_ wrenches: inout [Wrench<Body, DroneLanes>], on swarm: Swarm) {
    guard isWaiting else { return }
    add(first.stretch.push, of: first, to: &wrenches, on: swarm)
    isWaiting = false
  }

  @inline(__always)
  private func add(
    _ push: DroneLanes, of draught: Draught, to wrenches: inout [Wrench<Body, DroneLanes>],
    on swarm: Swarm
  ) {
    let force = wrenches[draught.group].force
    wrenches[draught.group].force = force.replacing(
      with: force + push * swarm.attitudes[draught.group].zRow, where: draught.isFelt)
  }
}
