package import SpatialMath

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
package struct Downwash: PairEffect {
  /// How the force depends on place.
  package enum Law: Sendable {
    /// A turbulent jet, finite everywhere, along the world's z axis.
    case jet
    /// gym-pybullet-drones' fit, along the body's z axis.
    case fit
  }

  private let law: Law

  /// The downwash by some law.
  package init(_ law: Law = .jet) { self.law = law }

  /// The distance beyond which nothing is felt, whatever the law. [m]
  private static let farthest = 10.0

  package func reach(
    of sources: FlightCondition<DroneLanes>, downTo height: DroneLanes
  ) -> DroneLanes {
    let farthest = DroneLanes(Self.farthest)
    switch law {
    case .jet:
      let rise = sources.state.position.z - height
      return Jet(parameters: sources.parameters, thrust: .zero).reach(over: rise).lowered(
        to: farthest)
    case .fit: return farthest
    }
  }

  @inline(__always)
  package func source(_ drones: FlightCondition<DroneLanes>) -> DownwashSource {
    DownwashSource(
      position: drones.state.position,
      jet: Jet(parameters: drones.parameters, thrust: drones.thrust))
  }

  @inline(__always)
  package func mayReach(
    _ positions: Vector<World, DroneLanes>, from source: DownwashSource
  ) -> DroneLanes.Mask {
    let (height, squaredDistance) = source.way(to: positions)
    switch law {
    case .jet:
      // Most drones are told by the lesser test.
      let mayReach = source.jet.mayReach(height, squaredDistance)
      guard mayReach.any else { return mayReach }
      return source.jet.reaches(height, squaredDistance)
    case .fit:
      let isNear = squaredDistance .< DroneLanes(Self.farthest * Self.farthest)
      return isNear .& (.zero .< height)
    }
  }

  @inline(__always)
  package func add(
    to wrench: inout Wrench<Body, DroneLanes>, on receivers: FlightCondition<DroneLanes>,
    from source: DownwashSource
  ) {
    let (height, squaredDistance) = source.way(to: receivers.state.position)
    let isNear = squaredDistance .< DroneLanes(Self.farthest * Self.farthest)
    switch law {
    case .jet:
      let push = source.jet.push(height, squaredDistance)
      wrench.force +=
        DroneLanes.zero.replacing(with: push, where: isNear) * receivers.attitude.zRow
    case .fit:
      let push = fit(height, squaredDistance, receivers.parameters)
      let isFelt = isNear .& (.zero .< height)
      wrench.force.z += DroneLanes.zero.replacing(with: push, where: isFelt)
    }
  }

  /// The force by the fit on drones some height below another and some way aside. [N]
  @inline(__always)
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
}

/// Drones whose downwash others may feel.
package struct DownwashSource: PairSource {
  let position: Vector<World, DroneLanes>
  let jet: Jet<DroneLanes>

  @inline(__always)
  package func repeated(lane: Int) -> DownwashSource {
    DownwashSource(
      position: position.map { DroneLanes($0[lane: lane]) },
      jet: jet.map { DroneLanes($0[lane: lane]) })
  }

  /// How far drones are below, and the square of how far aside. [m, m²]
  @inline(__always)
  fileprivate func way(
    to positions: Vector<World, DroneLanes>
  ) -> (height: DroneLanes, squaredDistance: DroneLanes) {
    let offset = position - positions
    return (offset.z, offset.x * offset.x + offset.y * offset.y)
  }
}
