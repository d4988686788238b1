import Bullet
import Drone
import SpatialMath

/// Looks down from drones for the surface below them.
struct SurfaceFinder {
  /// The height of the surface where there is none. [m]
  static let nowhere = -1e9

  /// The height of each world's floor, or ``nowhere``. [m]
  let floors: [Double]
  private var rays: [Ray] = []
  private var hits: [RayHit] = []
  /// The drones that may have something besides the floor below them.
  private var drones: [Int] = []

  init(worlds: [WorldDescription]) {
    let count = worlds.reduce(0) { $0 + $1.models.count }
    floors = worlds.map { $0.floor ? 0 : Self.nowhere }
    rays.reserveCapacity(count)
    hits.reserveCapacity(count)
    drones.reserveCapacity(count)
  }

  /// Raises the surface below drones from the floor to the obstacles below them.
  mutating func find<S: GroupLanes>(
    below swarm: inout SwarmGroups<S>, in world: inout BulletWorld, obstacles: Obstacles
  ) {
    for drone in drones {
      swarm.setSurfaceHeight(floors[drone / swarm.dronesPerWorld], of: drone)
    }
    rays.removeAll(keepingCapacity: true)
    hits.removeAll(keepingCapacity: true)
    drones.removeAll(keepingCapacity: true)
    for index in 0..<swarm.worldCount {
      list(swarm, world: index, above: obstacles)
    }
    guard !rays.isEmpty else { return }
    let rays = rays
    var span = hits.mutableSpan
    world.cast(rays.span, into: &span)
    for (ray, drone) in drones.enumerated() where hits[ray].body != nil {
      let height = rays[ray].origin.z - hits[ray].distance
      swarm.setSurfaceHeight(max(floors[drone / swarm.dronesPerWorld], height), of: drone)
    }
  }

  private mutating func list<S: GroupLanes>(
    _ swarm: SwarmGroups<S>, world: Int, above obstacles: Obstacles
  ) {
    let own = obstacles.indices(ofWorld: world)
    for drone in swarm.drones(ofWorld: world) where swarm.presence[drone] {
      let position = swarm.position(of: drone)
      guard own.contains(where: { obstacles.bounds[$0].mayBeBelow(position) }) else { continue }
      rays.append(Ray(from: position, along: Vector(0, 0, -1), subworld: world))
      hits.append(RayHit())
      drones.append(drone)
    }
  }
}
