import Bullet
import Drone
import SpatialMath

/// Looks down from drones for the surface below them.
struct SurfaceFinder {
  /// The height of the surface where there is none. [m]
  static let nowhere = -1e9

  /// The height of the floor, or ``nowhere``. [m]
  let floor: Double
  private var rays: [Ray] = []
  private var hits: [RayHit] = []
  /// The drones that have something besides the floor below them.
  private var drones: [Int] = []

  init(count: Int, hasFloor: Bool) {
    floor = hasFloor ? 0 : Self.nowhere
    rays.reserveCapacity(count)
    hits.reserveCapacity(count)
    drones.reserveCapacity(count)
  }

  /// Raises the surface below drones from the floor to the obstacles below them.
  mutating func find(
    below swarm: inout Swarm, in world: inout BulletWorld, obstacles: [ObstacleBounds]
  ) {
    for drone in drones { swarm.surfaceHeights[drone: drone] = floor }
    rays.removeAll(keepingCapacity: true)
    hits.removeAll(keepingCapacity: true)
    drones.removeAll(keepingCapacity: true)
    for drone in 0..<swarm.count {
      let group = drone / DroneLanes.laneCount
      let position = swarm.states[group].position[lane: drone % DroneLanes.laneCount]
      guard obstacles.contains(where: { $0.mayBeBelow(position) }) else { continue }
      rays.append(Ray(from: position, along: Vector(0, 0, -1)))
      hits.append(RayHit())
      drones.append(drone)
    }
    guard !rays.isEmpty else { return }
    let rays = rays
    var span = hits.mutableSpan
    world.cast(rays.span, into: &span)
    for (ray, drone) in drones.enumerated() where hits[ray].body != nil {
      let height = rays[ray].origin.z - hits[ray].distance
      swarm.surfaceHeights[drone: drone] = max(floor, height)
    }
  }
}

extension [DroneLanes] {
  fileprivate subscript(drone drone: Int) -> Double {
    get { self[drone / DroneLanes.laneCount][drone % DroneLanes.laneCount] }
    set { self[drone / DroneLanes.laneCount][drone % DroneLanes.laneCount] = newValue }
  }
}
