import SpatialMath

/// ``Downwash`` by gym-pybullet-drones' fit.
struct FitDownwash<S: GroupLanes>: PairForce {
  /// Where drones are. [m]
  struct Source: PairSource {
    let position: Vector<World, S>

    @inline(__always)
    func repeated(lane: Int) -> Self { Self(position: position.map { S($0[lane: lane]) }) }
  }

  func reach(of sources: FlightCondition<S>, downTo height: S) -> S {
    S(Downwash.farthest)
  }

  @inline(__always)
  func source(_ drones: FlightCondition<S>) -> Source {
    Source(position: drones.state.position)
  }

  @inline(__always)
  func mayReach(_ positions: Vector<World, S>, from source: Source) -> S.Mask {
    let offset = source.position - positions
    return (.zero .< offset.z)
      .& (offset.squaredNormAlongGround .< S(Downwash.farthest * Downwash.farthest))
  }

  @inline(__always)
  func mayReach(
    _ positions: Vector<World, S>, from source: Source, within way: S
  ) -> S.Mask {
    let (offset, reach) = (source.position - positions, S(Downwash.farthest) + way)
    return (-way .< offset.z) .& (offset.squaredNormAlongGround .< reach * reach)
  }

  static var isByPlaceAlone: Bool { true }

  @inline(__always)
  func add(
    to wrench: inout Wrench<Body, S>, on receivers: FlightCondition<S>,
    from source: Source
  ) {
    let offset = source.position - receivers.state.position
    wrench.force.z += push(offset.z, offset.squaredNormAlongGround, receivers.parameters)
  }

  /// The force on drones some height below another and some way aside. [N, for m and m²]
  @inline(__always)
  private func push(
    _ height: S, _ squaredDistance: S, _ parameters: DroneParameters<S>
  ) -> S {
    let ratio = S(0.25) * parameters.rotorRadius / height
    let width = parameters.downwashSpread * height + parameters.downwashWidth
    // Held off zero: at the height where the width vanishes the original is not a number.
    let area = (width * width).raised(to: .leastNormal)
    let profile = (S(-0.5) * (squaredDistance / area)).exponential()
    return -(parameters.downwashGain * (ratio * ratio) * profile)
  }
}
