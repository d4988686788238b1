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
    let reach = reachAside(in: swarm)
    var pairs = Pairs(law: law)
    for drone in 0..<swarm.count {
      let position = swarm.position(of: drone)
      swarm.forEachDrone(near: drone) { source in
        let offset = swarm.position(of: source) - position
        guard offset.z > 0, offset.x * offset.x + offset.y * offset.y < reach * reach else {
          return
        }
        pairs.add(source, above: drone, of: swarm, into: &wrenches)
      }
    }
    pairs.work(into: &wrenches, on: swarm)
  }

  /// The distance beyond which nothing is felt, whatever the law. [m]
  fileprivate static let farthest = 10.0

  /// The square of the distance, in widths of the jet, beyond which it is nothing.
  fileprivate static let squaredReach = 49.0

  /// The widest jet's reach at the height of the swarm.
  public func reachAside(in swarm: Swarm) -> Double {
    guard law == .jet else { return Self.farthest }
    var (low, high) = (DroneLanes(.infinity), DroneLanes(-.infinity))
    var (spread, width, arm) = (DroneLanes.zero, DroneLanes(-.infinity), DroneLanes.zero)
    for group in swarm.groups {
      let (p, z, isReal) = (
        swarm.parameters[group], swarm.states[group].position.z, swarm.isReal(group)
      )
      low = low.replacing(with: z, where: isReal .& (z .< low))
      high = high.replacing(with: z, where: isReal .& (high .< z))
      spread = spread.raised(to: p.downwashSpread)
      width = width.raised(to: p.downwashWidth)
      arm = arm.raised(to: p.arm)
    }
    let rise = max(0, high.numbers.max() - low.numbers.min())
    // (l + √(l² + 4 b₀²)) / 2 is at most l + b₀ for l above 0, and b₀ below.
    let widest = max(0, spread.numbers.max() * rise + width.numbers.max()) + arm.numbers.max()
    let reach = (1 + 1e-9) * Self.squaredReach.squareRoot() * widest
    return reach < Self.farthest ? reach : Self.farthest
  }
}

/// Pairs of drones, one above the other, gathered until they fill the lanes.
private struct Pairs {
  let law: Downwash.Law
  private var count = 0
  private var sources = SIMD4<Int32>.zero
  private var receivers = SIMD4<Int32>.zero

  init(law: Downwash.Law) { self.law = law }

  /// Adds a pair, and works on all where they are as many as there are lanes.
  @inline(__always)
  mutating func add(
    _ source: Int, above receiver: Int, of swarm: Swarm,
    into wrenches: inout [Wrench<Body, DroneLanes>]
  ) {
    sources[count] = Int32(truncatingIfNeeded: source)
    receivers[count] = Int32(truncatingIfNeeded: receiver)
    count += 1
    if count == DroneLanes.laneCount { work(into: &wrenches, on: swarm) }
  }

  /// Works out the forces of the pairs, and adds them in order.
  @inline(never)
  mutating func work(into wrenches: inout [Wrench<Body, DroneLanes>], on swarm: Swarm) {
    guard count > 0 else { return }
    // Lanes beyond the last pair repeat it, so that they stay finite.
    for pair in count..<DroneLanes.laneCount {
      (sources[pair], receivers[pair]) = (sources[count - 1], receivers[count - 1])
    }
    let offset = positions(of: sources, in: swarm) - positions(of: receivers, in: swarm)
    let squaredDistance = offset.x * offset.x + offset.y * offset.y
    let force =
      law == .jet
      ? jet(offset.z, squaredDistance, swarm) : fit(offset.z, squaredDistance, swarm)
    for pair in 0..<count {
      let (group, lane) = Self.place(of: receivers[pair])
      switch law {
      case .fit: wrenches[group].force.z[lane: lane] += force[lane: pair]
      case .jet:
        let down = swarm.attitudes[group].zRow
        wrenches[group].force.x[lane: lane] += force[lane: pair] * down.x[lane: lane]
        wrenches[group].force.y[lane: lane] += force[lane: pair] * down.y[lane: lane]
        wrenches[group].force.z[lane: lane] += force[lane: pair] * down.z[lane: lane]
      }
    }
    count = 0
  }

  private static func place(of drone: Int32) -> (group: Int, lane: Int) {
    (Int(drone) / DroneLanes.laneCount, Int(drone) % DroneLanes.laneCount)
  }

  /// One number of each of some drones, from where they stand in their groups.
  @inline(__always)
  private func gather(_ drones: SIMD4<Int32>, _ number: (Int) -> DroneLanes) -> DroneLanes {
    var numbers = DroneLanes.zero
    for pair in 0..<DroneLanes.laneCount {
      let (group, lane) = Self.place(of: drones[pair])
      numbers[lane: pair] = number(group)[lane: lane]
    }
    return numbers
  }

  private func positions(of drones: SIMD4<Int32>, in swarm: Swarm) -> Vector<World, DroneLanes> {
    Vector(
      gather(drones) { swarm.states[$0].position.x },
      gather(drones) { swarm.states[$0].position.y },
      gather(drones) { swarm.states[$0].position.z })
  }

  /// The force by the fit, whose coefficients are those of the drone below. [N]
  private func fit(
    _ height: DroneLanes, _ squaredDistance: DroneLanes, _ swarm: Swarm
  ) -> DroneLanes {
    let radius = gather(receivers) { swarm.parameters[$0].rotorRadius }
    let ratio = DroneLanes(0.25) * radius / height
    let width =
      gather(receivers) { swarm.parameters[$0].downwashSpread } * height
      + gather(receivers) { swarm.parameters[$0].downwashWidth }
    // Held off zero: at the height where the width vanishes the original is not a number.
    let area = (width * width).raised(to: DroneLanes(.leastNormalMagnitude))
    let profile = (DroneLanes(-0.5) * (squaredDistance / area)).exponential()
    let gain = gather(receivers) { swarm.parameters[$0].downwashGain }
    return -(gain * (ratio * ratio) * profile)
  }

  /// The force of a jet, whose coefficients are those of the drone above. [N]
  private func jet(
    _ height: DroneLanes, _ squaredDistance: DroneLanes, _ swarm: Swarm
  ) -> DroneLanes {
    let l =
      gather(sources) { swarm.parameters[$0].downwashSpread } * height
      + gather(sources) { swarm.parameters[$0].downwashWidth }
    let arm = gather(sources) { swarm.parameters[$0].arm }
    let width = DroneLanes(0.5) * (l + (l * l + DroneLanes(4) * (arm * arm)).squareRoot())
    let squaredWidth = width * width
    let radius = DroneLanes(0.25) * gather(sources) { swarm.parameters[$0].rotorRadius }
    let gain = gather(sources) { swarm.parameters[$0].downwashGain } * radius * radius
    let mass = gather(sources) { swarm.parameters[$0].mass }
    let thrust = gather(sources) { swarm.thrusts[$0] }
    let nearField = gain / (mass * DroneLanes(QuadcopterModel.nominalGravity))
    let squaredHeight = height * height
    let decline = (squaredHeight * squaredHeight + nearField * nearField).squareRoot()
    let profile = (DroneLanes(-0.5) * (squaredDistance / squaredWidth)).exponential()
    let push = -(nearField * thrust / decline * profile)
    let isWithin = squaredDistance .< DroneLanes(Downwash.squaredReach) * squaredWidth
    return DroneLanes.zero.replacing(with: push, where: isWithin)
  }
}
