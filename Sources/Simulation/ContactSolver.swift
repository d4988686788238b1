import Bullet
import Drone
import Geometry
import SpatialMath

/// The things that drones may touch, and Bullet to say what happens when they do.
///
/// Bullet is asked in those steps alone in which some drone's swept bounds come within reach of the
/// floor, an obstacle or another drone, and is told of those drones only. A drone that nothing touches
/// keeps its velocities bit for bit, so that whether Bullet was asked cannot be seen.
struct ContactSolver: ~Copyable {
  var world: BulletWorld
  private let vehicles: [VehicleID]
  private let period: Double
  private let gravity: Double
  private let hasFloor: Bool
  private let hasLooseObstacles: Bool
  var obstacles: [ObstacleBounds]
  private var neighbours: NeighbourSweep
  private var surfaces: SurfaceFinder
  private var listed: [VehicleMotion]
  /// The drones of ``listed``, in the same order.
  private var drones: [Int]
  private var isListed: [Bool]

  init(
    models: [QuadcopterModel], floor: Bool, obstacles: [RigidBody], physics: FlightPhysics,
    period: Double
  ) throws(BulletError) {
    var world = try BulletWorld(gravity: Vector(0, 0, -physics.gravity))
    if floor { _ = try world.add(RigidBody(.plane, friction: 1)) }
    var bounds: [ObstacleBounds] = []
    for obstacle in obstacles {
      bounds.append(ObstacleBounds(of: obstacle, body: try world.add(obstacle)))
    }
    var vehicles: [VehicleID] = []
    for model in models {
      vehicles.append(
        try world.addVehicle(
          model.collisionShape.moved(by: model.collisionOffset), mass: model.mass,
          inertia: model.inertia, marginOutside: physics.isCollisionMarginOutside))
    }
    self.world = world
    self.vehicles = vehicles
    self.obstacles = bounds
    self.period = period
    gravity = physics.gravity
    hasFloor = floor
    hasLooseObstacles = obstacles.contains { $0.mass > 0 }
    neighbours = NeighbourSweep(count: models.count)
    surfaces = SurfaceFinder(count: models.count, hasFloor: floor)
    listed = []
    drones = []
    isListed = Array(repeating: false, count: models.count)
    listed.reserveCapacity(models.count)
    drones.reserveCapacity(models.count)
  }

  /// Finds the height of the surface below each drone; without obstacles it is the floor's for good.
  mutating func findSurfaces(below swarm: inout Swarm) {
    guard !obstacles.isEmpty else { return }
    surfaces.find(below: &swarm, in: &world, obstacles: obstacles)
  }

  /// Gives the drones of a swarm, whose velocities are those at the end of the step, the velocities
  /// that contacts leave them.
  ///
  /// - Parameters:
  ///   - swarm: The drones.
  ///   - counts: How many points of each drone pushed or overlapped in the step before; overwritten.
  mutating func solve(_ swarm: inout Swarm, counts: inout [Int]) {
    for drone in drones {
      isListed[drone] = false
      counts[drone] = 0
    }
    findDronesInReach(of: swarm)
    guard !drones.isEmpty || hasLooseObstacles else { return }
    list(swarm)
    solveListed()
    takeBack(&swarm, counts: &counts)
    for index in obstacles.indices where obstacles[index].isLoose {
      obstacles[index].update(
        world.motion(of: obstacles[index].body), gravity: gravity, period: period)
    }
  }

  private mutating func solveListed() {
    var listed: [VehicleMotion] = []
    swap(&listed, &self.listed)
    var motions = listed.mutableSpan
    world.solve(step: period, vehicles: &motions)
    swap(&listed, &self.listed)
  }

  private mutating func findDronesInReach(of swarm: Swarm) {
    neighbours.update(swarm, period: period)
    neighbours.markPairs(in: &isListed)
    for drone in 0..<swarm.count {
      let (position, reach) = (neighbours.positions[drone], neighbours.reaches[drone])
      if hasFloor, position.z < reach { isListed[drone] = true }
      for obstacle in obstacles where obstacle.isWithin(reach, of: position) {
        isListed[drone] = true
      }
    }
    drones.removeAll(keepingCapacity: true)
    for drone in isListed.indices where isListed[drone] { drones.append(drone) }
  }

  private mutating func list(_ swarm: Swarm) {
    listed.removeAll(keepingCapacity: true)
    for drone in drones {
      let state = swarm[drone]
      listed.append(
        VehicleMotion(
          vehicles[drone], pose: Pose(position: state.position, attitude: state.attitude),
          velocity: state.velocity, angularVelocity: state.angularVelocity))
    }
  }

  private mutating func takeBack(_ swarm: inout Swarm, counts: inout [Int]) {
    for (motion, drone) in zip(listed, drones) {
      counts[drone] = Int(motion.contactCount)
      guard motion.isTouched else { continue }
      var state = swarm[drone]
      state.velocity = motion.velocity
      state.bodyRates = state.attitude.inverse(motion.angularVelocity)
      swarm[drone] = state
    }
  }
}
