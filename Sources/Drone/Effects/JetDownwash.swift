import SpatialMath

/// ``Downwash`` as a turbulent jet.
struct JetDownwash: PairForce {
  /// Drones with their jets.
  struct Source: PairSource {
    let position: Vector<World, DroneLanes>
    let jet: Jet<DroneLanes>

    @inline(__always)
    func repeated(lane: Int) -> Self {
      Self(
        position: position.map { DroneLanes($0[lane: lane]) },
        jet: jet.map { DroneLanes($0[lane: lane]) })
    }
  }

  func reach(of sources: FlightCondition<DroneLanes>, downTo height: DroneLanes) -> DroneLanes {
    let rise = sources.state.position.z - height
    return Jet(parameters: sources.parameters, thrust: .zero).reach(over: rise).lowered(
      to: DroneLanes(Downwash.farthest))
  }

  @inline(__always)
  func source(_ drones: FlightCondition<DroneLanes>) -> Source {
    Source(
      position: drones.state.position,
      jet: Jet(parameters: drones.parameters, thrust: drones.thrust))
  }

  @inline(__always)
  func mayReach(_ positions: Vector<World, DroneLanes>, from source: Source) -> DroneLanes.Mask {
    let offset = source.position - positions
    return source.jet.reaches(offset.z, offset.squaredNormAlongGround)
  }

  @inline(__always)
  func add(
    to wrench: inout Wrench<Body, DroneLanes>, on receivers: FlightCondition<DroneLanes>,
    from source: Source
  ) {
    let offset = source.position - receivers.state.position
    let squaredDistance = offset.squaredNormAlongGround
    let push = source.jet.push(offset.z, squaredDistance)
    let isNear = squaredDistance .< DroneLanes(Downwash.farthest * Downwash.farthest)
    wrench.force += DroneLanes.zero.replacing(with: push, where: isNear) * receivers.attitude.zRow
  }
}

extension Vector where F == World {
  /// The square of the length along the ground.
  @inline(__always)
  var squaredNormAlongGround: S { x * x + y * y }
}
