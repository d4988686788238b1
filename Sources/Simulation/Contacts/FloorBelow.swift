import Drone
import Geometry
import SpatialMath

/// The floor below some drones, and how far down they reach.
struct FloorBelow<S: Lanes> {
  /// The height of the floor; far below where there is none. [m]
  var height = S(-.infinity)
  /// The half edges of the box that holds a drone. [m]
  var halfSize = Vector<Body, S>.zero
  /// Coulomb's coefficient of drone and floor. [–]
  var friction = S.zero

  /// Where there is a drone.
  @inline(__always)
  var isThere: S.Mask { S.zero .< halfSize.x }

  /// What bounds are widened by: twice Bullet's collision margin. [m]
  static var margin: Double { 0.002 }

  /// Where drones may touch the floor in a step.
  ///
  /// - Parameters:
  ///   - state: The drones, with the velocities at the end of the step.
  ///   - attitude: Their attitude.
  ///   - radius: The radius of the sphere that holds each. [m]
  ///   - period: The length of the step. [s]
  /// - Returns: A truth value a lane.
  @inline(__always)
  func isNear(
    _ state: DroneState<S>, attitude: RotationMatrix<Body, World, S>, radius: S, period: Double
  ) -> S.Mask {
    let altitude = state.position.z - height
    let margin = S(Self.margin)
    // Sums of magnitudes are never below lengths, and cost no roots.
    let (v, w) = (state.velocity, state.bodyRates)
    let speed = v.x.magnitude + v.y.magnitude + v.z.magnitude
    let rate = w.x.magnitude + w.y.magnitude + w.z.magnitude
    let isLow = altitude .< (radius + margin) + S(period) * (speed + rate * radius)
    guard isLow.any else { return isLow }
    let (travel, turning) = (S(period) * v.norm + margin, S(period) * w.norm * radius)
    // How far down the box about the drone reaches, as it is turned now.
    let down = attitude.zRow
    let depth =
      down.x.magnitude * halfSize.x + down.y.magnitude * halfSize.y
      + down.z.magnitude * halfSize.z
    return altitude .< depth + (turning + travel)
  }
}

extension FloorBelow<DroneLanes> {
  /// The floors below the drones of some worlds, a group an element.
  static func floors(of worlds: [WorldDescription]) -> [Self] {
    let models = worlds.flatMap(\.models)
    let (lanes, dronesPerWorld) = (DroneLanes.laneCount, worlds[0].models.count)
    return SwarmGroups<DroneLanes>.groups(of: models.indices).map { group in
      var floor = Self()
      for drone in group * lanes..<min(models.count, (group + 1) * lanes) {
        let shape = models[drone].collisionShape.moved(by: models[drone].collisionOffset)
        floor.halfSize[lane: drone % lanes] = shape.halfSize
        floor.friction[lane: drone % lanes] = models[drone].friction * RigidBody(.plane).friction
        if worlds[drone / dronesPerWorld].floor { floor.height[lane: drone % lanes] = 0 }
      }
      return floor
    }
  }
}

extension FloorBelow where S: SingleFlightLanes {
  /// The floor below a group, from those below groups of four.
  init(_ floors: [FloorBelow<DroneLanes>], group: Int) {
    S.forEachPart { part in
      guard group * S.groupCount + part < floors.count else { return }
      put(floors[group * S.groupCount + part], part: part)
    }
  }
}

extension FloorBelow where S: FlightLanes {
  /// Takes over the floor below one of the groups in the lanes.
  @inline(__always)
  mutating func put(_ floor: FloorBelow<DroneLanes>, part: Int) {
    height[group: part] = floor.height
    halfSize.update(from: floor.halfSize) { $0[group: part] = $1 }
    friction[group: part] = floor.friction
  }
}
