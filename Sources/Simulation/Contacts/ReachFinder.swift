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

  init(worlds: [WorldDescription]) {
    let dronesPerWorld = worlds[0].models.count
    let count = worlds.count * dronesPerWorld
    let lanes = DroneLanes.laneCount
    let models = worlds.flatMap(\.models)
    floors = (0..<(count + lanes - 1) / lanes).map { group in
      var floor = FloorBelow<DroneLanes>()
      for drone in group * lanes..<min(count, (group + 1) * lanes) {
        let shape = models[drone].collisionShape.moved(by: models[drone].collisionOffset)
        floor.halfSize[lane: drone % lanes] = shape.halfSize
        if worlds[drone / dronesPerWorld].floor { floor.height[lane: drone % lanes] = 0 }
      }
      return floor
    }
    bounds = Array(repeating: SweptBounds(position: .zero, reach: 0), count: count)
    reaches = Array(repeating: .zero, count: floors.count)
    neighbours = NeighbourSweep(count: count)
    spheres = SeparationSpheres(worldCount: worlds.count, dronesPerWorld: dronesPerWorld)
    marks = Array(repeating: false, count: count)
  }

  /// Lists the drones that may touch the floor, an obstacle or another drone, in order.
  ///
  /// - Parameters:
  ///   - swarm: The drones, with the velocities at the end of the step.
  ///   - obstacles: The obstacles.
  ///   - period: The length of the step. [s]
  ///   - drones: Where they are listed.
  mutating func find(
    in swarm: Swarm, obstacles: Obstacles, period: Double, into drones: inout [Int]
  ) {
    let isAlone = swarm.dronesPerWorld == 1 && obstacles.bounds.isEmpty
    var isAnyMarked = !isAlone
    for group in swarm.groups {
      let state = swarm.states[group]
      let radius = swarm.parameters[swarm.parametersIndex(of: group)].boundingRadius
      let isNearFloor = floors[group].isNear(
        state, attitude: swarm.stepValues[group].attitude, radius: radius, period: period)
      isAnyMarked = isAnyMarked || isNearFloor.any
      let first = group * DroneLanes.laneCount
      guard isNearFloor.any || !isAlone else { continue }
      let travel =
        DroneLanes(period) * state.velocity.norm + DroneLanes(FloorBelow<DroneLanes>.margin)
      reaches[group] = radius + travel
      if swarm.dronesPerWorld > 1 { spheres.check(group, state.position, reach: reaches[group]) }
      guard isNearFloor.any else { continue }
      for drone in first..<min(first + DroneLanes.laneCount, swarm.count) {
        marks[drone] = isNearFloor[lane: drone - first]
      }
    }
    guard isAnyMarked else { return }
    if !obstacles.bounds.isEmpty { markNeighbours(of: obstacles, in: swarm) }
    if swarm.dronesPerWorld > 1 { markPairs(in: swarm) }
    for drone in marks.indices where marks[drone] {
      drones.append(drone)
      marks[drone] = false
    }
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
      for obstacle in obstacles[ofWorld: world] {
        for drone in swarm.drones(ofWorld: world)
        where !marks[drone] && obstacle.isWithin(bounds[drone].reach, of: bounds[drone].position) {
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
