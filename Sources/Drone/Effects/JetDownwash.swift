import SpatialMath

/// ``Downwash`` as a turbulent jet.
struct JetDownwash<S: GroupLanes>: PairForce {
  /// Drones with their jets.
  struct Source: PairSource {
    let position: Vector<World, S>
    let jet: Jet<S>

    @inline(__always)
    func repeated(lane: Int) -> Self {
      Self(
        position: position.map { S($0[lane: lane]) },
        jet: jet.map { S($0[lane: lane]) })
    }
  }

  func reach(of sources: FlightCondition<S>, downTo height: S) -> S {
    let rise = sources.state.position.z - height
    return Jet(parameters: sources.parameters, thrust: .zero).reach(over: rise).lowered(
      to: S(Downwash.farthest))
  }

  @inline(__always)
  func source(_ drones: FlightCondition<S>) -> Source {
    Source(
      position: drones.state.position,
      jet: Jet(parameters: drones.parameters, thrust: drones.thrust))
  }

  @inline(__always)
  func mayReach(_ positions: Vector<World, S>, from source: Source) -> S.Mask {
    let offset = source.position - positions
    return source.jet.reaches(offset.z, offset.squaredNormAlongGround)
  }

  @inline(__always)
  func mayReach(
    _ positions: Vector<World, S>, from source: Source, within way: S
  ) -> S.Mask {
    let offset = source.position - positions
    return source.jet.reaches(offset.z, offset.squaredNormAlongGround, within: way)
  }

  static var isByPlaceAlone: Bool { true }

  @inline(__always)
  func add(
    to wrench: inout Wrench<Body, S>, on receivers: FlightCondition<S>,
    from source: Source
  ) {
    let offset = source.position - receivers.state.position
    let squaredDistance = offset.squaredNormAlongGround
    let push = source.jet.push(offset.z, squaredDistance)
    let isNear = squaredDistance .< S(Downwash.farthest * Downwash.farthest)
    wrench.force += S.zero.replacing(with: push, where: isNear) * receivers.attitude.zRow
  }
}

extension Vector where F == World {
  /// The square of the length along the ground.
  @inline(__always)
  var squaredNormAlongGround: S { x * x + y * y }
}
