import Bullet
import Drone
import Geometry
import SpatialMath

/// The things that drones may touch, and Bullet to say what happens when they do.
///
/// Bullet is asked in those steps alone in which some drone's swept bounds come within reach of an obstacle
/// or another drone, and is told of those drones only; ``FloorImpact`` says what the floor does to others. A
/// drone that nothing touches keeps its velocities bit for bit, so that whether Bullet was asked cannot be
/// seen.
struct ContactSolver: ~Copyable {
  var world: BulletWorld
  let vehicles: [VehicleID]
  /// From the principal axes of each drone, along which Bullet has its frame, to its body's.
  private let principalAxes: [Rotation<Body, Body, Double>]
  let period: Double
  /// The speed that free fall adds in a step. [m/s]
  private let fall: Double
  private let isAlwaysAsked: Bool
  var obstacles: Obstacles
  /// The floor below each group.
  private let floors: [FloorBelow<DroneLanes>]
  private var surfaces: SurfaceFinder
  /// The outlines by which drones meet the floor without Bullet; `nil` where Bullet is asked of it.
  let outlines: KeptOutlines?
  /// Whether Bullet was asked in the last step.
  private(set) var hasSolved = false
  private var listed: [VehicleMotion] = []
  /// The drones of ``listed``, in the same order.
  private var drones: [Int] = []

  init(
    worlds: [WorldDescription], physics: FlightPhysics, period: Double
  ) throws(BulletError) {
    var world = try BulletWorld(gravity: Vector(0, 0, -physics.gravity), subworlds: worlds.count)
    let obstacles = try Obstacles(of: worlds, in: &world)
    var vehicles: [VehicleID] = []
    for (subworld, description) in worlds.enumerated() {
      for model in description.models {
        vehicles.append(
          try world.addVehicle(
            model.outline, to: subworld, mass: model.mass, inertia: model.inertia,
            friction: model.friction, restitution: model.restitution,
            marginOutside: physics.isCollisionMarginOutside))
      }
    }
    let models = worlds.flatMap(\.models)
    var outlines: KeptOutlines?
    if FloorOutlines.exist(of: models, physics: physics) {
      outlines = KeptOutlines(
        try FloorOutlines(of: models, physics: physics, in: &world))
    }
    self.outlines = outlines
    self.world = world
    self.vehicles = vehicles
    principalAxes = models.map(\.principalAxes)
    self.obstacles = obstacles
    self.period = period
    fall = physics.gravity * period
    isAlwaysAsked = physics.isBulletAlwaysAsked
    floors = FloorBelow.floors(of: worlds)
    surfaces = SurfaceFinder(worlds: worlds)
    listed.reserveCapacity(vehicles.count)
    drones.reserveCapacity(vehicles.count)
  }

  /// Puts the obstacles whose motion is scheduled where they are at the start of a step.
  ///
  /// - Parameter steps: How many steps each world has made.
  mutating func moveScheduledObstacles(after steps: [Int]) {
    for index in obstacles.scheduled {
      let now = steps[obstacles.worlds[index]]
      guard let schedule = obstacles.schedules[index] else { continue }
      let motion = schedule.motion(from: Double(now) * period, to: Double(now + 1) * period)
      try? world.setMotion(motion, of: obstacles.bounds[index].body)
      obstacles.bounds[index].update(motion, fall: 0, period: period)
    }
  }

  /// Finds the height of the surface below each drone; without obstacles it is the floor's for good.
  mutating func findSurfaces(below swarm: inout SwarmGroups<some GroupLanes>) {
    guard !obstacles.bounds.isEmpty else { return }
    surfaces.find(below: &swarm, in: &world, obstacles: obstacles)
  }

  /// A search for drones that may touch something, with so many drones in each world.
  func reach<S: SingleFlightLanes>(dronesPerWorld: Int) -> ReachFinder<S> {
    ReachFinder(
      floors: floors, count: vehicles.count, dronesPerWorld: dronesPerWorld,
      isFloorBullets: outlines == nil, isAlwaysAsked: isAlwaysAsked)
  }

  /// Gives drones, whose velocities are those at the end of the step, the velocities that contacts leave them,
  /// but for groups that touch the floor alone.
  ///
  /// - Parameters:
  ///   - groups: The drones.
  ///   - counts: How many points of each drone pushed or overlapped in the step before; overwritten.
  mutating func solve<S: SingleFlightLanes>(_ groups: inout AllGroups<S>, counts: inout [Int]) {
    counts.bringToZero()
    drones.removeAll(keepingCapacity: true)
    groups.reach?.find(in: groups.swarm, obstacles: obstacles, period: period, into: &drones)
    ask(&groups.swarm, counts: &counts)
  }

  /// Whether Bullet was asked of some drone in the last step.
  var mayTouch: Bool { !drones.isEmpty }

  /// The floor below the drones of a group.
  func floor(below group: Int) -> FloorBelow<DroneLanes> { floors[group] }

  /// Forgets the contacts that Bullet found in the last step: it is not asked in those to come.
  mutating func forgetContacts() { hasSolved = false }

  private mutating func ask<S: GroupLanes>(_ swarm: inout SwarmGroups<S>, counts: inout [Int]) {
    hasSolved = !drones.isEmpty || !obstacles.dynamic.isEmpty
    guard hasSolved else { return }
    list(swarm)
    solveListed()
    takeBack(&swarm, counts: &counts)
    for index in obstacles.dynamic {
      let motion = world.motion(of: obstacles.bounds[index].body)
      obstacles.bounds[index].update(motion, fall: fall, period: period)
    }
  }

  /// How the obstacles of a world move whose motion is not scheduled, in order.
  mutating func motions(ofWorld index: Int) -> [BodyMotion] {
    obstacles.free(ofWorld: index).map { world.motion(of: obstacles.bounds[$0].body) }
  }

  /// Moves the obstacles of a world whose motion is not scheduled.
  mutating func setMotions(_ motions: [BodyMotion], ofWorld index: Int) throws(BulletError) {
    for (obstacle, motion) in zip(obstacles.free(ofWorld: index), motions) {
      try set(motion, of: obstacle)
    }
  }

  /// Puts the obstacles of a world back to where they were at first.
  mutating func resetObstacles(ofWorld index: Int) {
    for obstacle in obstacles.free(ofWorld: index) {
      try? set(BodyMotion(pose: obstacles.startPoses[obstacle]), of: obstacle)
    }
  }

  private mutating func set(_ motion: BodyMotion, of obstacle: Int) throws(BulletError) {
    let body = obstacles.bounds[obstacle].body
    guard world.motion(of: body) != motion else { return }
    try world.setMotion(motion, of: body)
    let fall = obstacles.bounds[obstacle].isDynamic ? fall : 0
    obstacles.bounds[obstacle].update(motion, fall: fall, period: period)
  }

  private mutating func solveListed() {
    var listed: [VehicleMotion] = []
    swap(&listed, &self.listed)
    var motions = listed.mutableSpan
    world.solve(step: period, vehicles: &motions)
    swap(&listed, &self.listed)
  }

  private mutating func list<S: GroupLanes>(_ swarm: SwarmGroups<S>) {
    listed.removeAll(keepingCapacity: true)
    for drone in drones {
      let state = swarm[drone]
      listed.append(
        VehicleMotion(
          vehicles[drone],
          pose: Pose(
            position: state.position, attitude: principalFrame(of: drone, at: state.attitude)),
          velocity: state.velocity, angularVelocity: state.angularVelocity))
    }
  }

  /// How a drone's principal axes are turned.
  ///
  /// Nearly all are the body's, whose attitude then stays as it is, to the bit.
  private func principalFrame(
    of drone: Int, at attitude: Rotation<Body, World, Double>
  ) -> Rotation<Body, World, Double> {
    let axes = principalAxes[drone]
    return axes == .identity ? attitude : attitude.after(axes)
  }

  private mutating func takeBack<S: GroupLanes>(_ swarm: inout SwarmGroups<S>, counts: inout [Int])
  {
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

extension QuadcopterModel {
  /// The collision shape about the centre of mass, along the principal axes. [m]
  fileprivate var outline: Shape {
    let shape = collisionShape.moved(by: collisionOffset)
    guard principalAxes != .identity else { return shape }
    return .compound([PlacedShape(shape, attitude: principalAxes.inverse)])
  }
}
