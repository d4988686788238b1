import Drone
import Geometry
import SpatialMath

/// Finds the drones that may touch something in a step.
struct ReachFinder {
  /// The floor below each group.
  let floors: [FloorBelow<DroneLanes>]
  private var reaches: [DroneLanes]
  private var bounds: [SweptBounds]
  private var neighbours: NeighbourSweep
  private var spheres: SeparationSpheres
  private var marks: [Bool]
  /// Which drones of each group may touch the floor.
  private var areNearFloor: [DroneLanes.Mask]
  /// Whether Bullet is asked of the floor too.
  private let isFloorBullets: Bool
  /// Whether Bullet is asked of all drones but those that may touch the floor alone.
  private let isAlwaysAsked: Bool
  /// Groups of which some drones may touch the floor and nothing else, and which those are.
  private(set) var floorGroups: [(group: Int, drones: DroneLanes.Mask)] = []

  init(worlds: [WorldDescription], isFloorBullets: Bool, isAlwaysAsked: Bool) {
    (self.isFloorBullets, self.isAlwaysAsked) = (isFloorBullets, isAlwaysAsked)
    let dronesPerWorld = worlds[0].models.count
    let count = worlds.count * dronesPerWorld
    let lanes = DroneLanes.laneCount
    let models = worlds.flatMap(\.models)
    floors = (0..<(count + lanes - 1) / lanes).map { group in
      var floor = FloorBelow<DroneLanes>()
      for drone in group * lanes..<min(count, (group + 1) * lanes) {
        let shape = models[drone].collisionShape.moved(by: models[drone].collisionOffset)
        floor.halfSize[lane: drone % lanes] = shape.halfSize
        floor.friction[lane: drone % lanes] = models[drone].friction * RigidBody(.plane).friction
        if worlds[drone / dronesPerWorld].floor { floor.height[lane: drone % lanes] = 0 }
      }
      return floor
    }
    bounds = Array(repeating: SweptBounds(position: .zero, reach: 0), count: count)
    reaches = Array(repeating: .zero, count: floors.count)
    neighbours = NeighbourSweep(count: count)
    spheres = SeparationSpheres(worldCount: worlds.count, dronesPerWorld: dronesPerWorld)
    marks = Array(repeating: false, count: count)
    areNearFloor = Array(repeating: DroneLanes.zero .< .zero, count: floors.count)
    floorGroups.reserveCapacity(floors.count)
  }

  /// Lists the drones that may touch an obstacle or another drone, in order, and those that may touch the
  /// floor too where Bullet is asked of it; otherwise ``floorGroups`` are those that touch no more.
  ///
  /// - Parameters:
  ///   - swarm: The drones, with the velocities at the end of the step.
  ///   - obstacles: The obstacles.
  ///   - period: The length of the step. [s]
  ///   - drones: Where they are listed.
  mutating func find(
    in swarm: Swarm, obstacles: Obstacles, period: Double, into drones: inout [Int]
  ) {
    floorGroups.removeAll(keepingCapacity: true)
    let isAlone = swarm.dronesPerWorld == 1 && obstacles.bounds.isEmpty
    var isAnyNear = false
    for group in swarm.groups {
      isAnyNear = findFloor(below: group, of: swarm, period: period) || isAnyNear
    }
    guard isAnyNear || !isAlone || isAlwaysAsked else { return }
    if !obstacles.bounds.isEmpty { markNeighbours(of: obstacles, in: swarm) }
    if swarm.dronesPerWorld > 1 { markPairs(in: swarm) }
    guard isAnyNear || isAlwaysAsked || marks.contains(true) else { return }
    for group in swarm.groups { sort(group, of: swarm, into: &drones) }
  }

  /// Finds out which drones of a group may touch the floor, and how far each may go.
  private mutating func findFloor(below group: Int, of swarm: Swarm, period: Double) -> Bool {
    guard swarm.presence.isAny(inGroup: group) else {
      (areNearFloor[group], reaches[group]) = (.zero .< DroneLanes.zero, DroneLanes(-.infinity))
      return false
    }
    let state = swarm.states[group]
    let radius = swarm.parameters[swarm.parametersIndex(of: group)].boundingRadius
    var isNear = floors[group].isNear(
      state, attitude: swarm.stepValues[group].attitude, radius: radius, period: period)
    var reach =
      radius + DroneLanes(period) * state.velocity.norm + DroneLanes(FloorBelow<DroneLanes>.margin)
    if !swarm.presence.areAll {
      let isPresent = swarm.presence[group: group]
      isNear = isNear .& isPresent
      // What has left meets no other, however near.
      reach = DroneLanes(-.infinity).replacing(with: reach, where: isPresent)
    }
    areNearFloor[group] = isNear
    reaches[group] = reach
    if swarm.dronesPerWorld > 1 { spheres.check(group, state.position, reach: reaches[group]) }
    return isNear.any
  }

  /// Takes up the marks of a group's drones: which of them Bullet is asked of, and which the floor alone
  /// concerns.
  private mutating func sort(_ group: Int, of swarm: Swarm, into drones: inout [Int]) {
    let first = group * DroneLanes.laneCount
    let all = first..<min(first + DroneLanes.laneCount, swarm.count)
    let isAnyMarked = areNearFloor[group].any || isAlwaysAsked || all.contains { marks[$0] }
    guard isAnyMarked else { return }
    var onFloorAlone = DroneLanes.zero
    for drone in all {
      let isNearFloor = areNearFloor[group][lane: drone - first]
      if isNearFloor, !marks[drone], !isFloorBullets {
        onFloorAlone[lane: drone - first] = 1
      } else if isNearFloor || marks[drone] || isAlwaysAsked && swarm.presence[drone] {
        drones.append(drone)
      }
      marks[drone] = false
    }
    let areOnFloorAlone = DroneLanes.zero .< onFloorAlone
    if areOnFloorAlone.any { floorGroups.append((group, areOnFloorAlone)) }
  }

  /// Marks drones that may touch another.
  private mutating func markPairs(in swarm: Swarm) {
    for world in 0..<swarm.worldCount where spheres.takeExits(from: world) {
      let drones = swarm.drones(ofWorld: world)
      if spheres.isWorthSearching(in: world) {
        setBounds(of: drones, in: swarm, spare: SeparationSpheres.spare)
        guard neighbours.hasPairs(of: drones, with: bounds) else {
          spheres.set(world, to: bounds)
          continue
        }
      }
      setBounds(of: drones, in: swarm, spare: 0)
      neighbours.markPairs(of: drones, with: bounds, in: &marks)
    }
  }

  private mutating func markNeighbours(of obstacles: Obstacles, in swarm: Swarm) {
    setBounds(of: 0..<swarm.count, in: swarm, spare: 0)
    for world in 0..<swarm.worldCount {
      for obstacle in obstacles.indices(ofWorld: world) {
        for drone in swarm.drones(ofWorld: world)
        where !marks[drone] && swarm.presence[drone]
          && obstacles.bounds[obstacle].isWithin(bounds[drone].reach, of: bounds[drone].position)
        {
          marks[drone] = true
        }
      }
    }
  }

  /// Puts spheres about what some drones sweep in the step, with some space to spare. [m]
  private mutating func setBounds(of drones: Range<Int>, in swarm: Swarm, spare: Double) {
    for drone in drones {
      let (group, lane) = (drone / DroneLanes.laneCount, drone % DroneLanes.laneCount)
      bounds[drone] = SweptBounds(
        position: swarm.position(of: drone), reach: reaches[group][lane: lane] + spare)
    }
  }
}
