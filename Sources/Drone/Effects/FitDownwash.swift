import SpatialMath

/// ``Downwash`` by gym-pybullet-drones' fit.
struct FitDownwash: PairForce {
  /// Where drones are. [m]
  struct Source: PairSource {
    let position: Vector<World, DroneLanes>

    @inline(__always)
    func repeated(lane: Int) -> Self { Self(position: position.map { DroneLanes($0[lane: lane]) }) }
  }

  func reach(of sources: FlightCondition<DroneLanes>, downTo height: DroneLanes) -> DroneLanes {
    DroneLanes(Downwash.farthest)
  }

  @inline(__always)
  func source(_ drones: FlightCondition<DroneLanes>) -> Source {
    Source(position: drones.state.position)
  }

  @inline(__always)
  func mayReach(_ positions: Vector<World, DroneLanes>, from source: Source) -> DroneLanes.Mask {
    let offset = source.position - positions
    return (.zero .< offset.z)
      .& (offset.squaredNormAlongGround .< DroneLanes(Downwash.farthest * Downwash.farthest))
  }

  @inline(__always)
  func add(
    to wrench: inout Wrench<Body, DroneLanes>, on receivers: FlightCondition<DroneLanes>,
    from source: Source
  ) {
    let offset = source.position - receivers.state.position
    wrench.force.z += push(offset.z, offset.squaredNormAlongGround, receivers.parameters)
  }

  /// The force on drones some height below another and some way aside. [N, for m and m²]
  @inline(__always)
  private func push(
    _ height: DroneLanes, _ squaredDistance: DroneLanes, _ parameters: DroneParameters<DroneLanes>
  ) -> DroneLanes {
    let ratio = DroneLanes(0.25) * parameters.rotorRadius / height
    let width = parameters.downwashSpread * height + parameters.downwashWidth
    // Held off zero: at the height where the width vanishes the original is not a number.
    let area = (width * width).raised(to: DroneLanes(.leastNormalMagnitude))
    let profile = (DroneLanes(-0.5) * (squaredDistance / area)).exponential()
    return -(parameters.downwashGain * (ratio * ratio) * profile)
  }
}
