import Drone
import Geometry
import SpatialMath

/// Finds the drones that may touch something in a step.
struct ReachFinder {
  /// The floor below each group.
  let floors: [FloorBelow<DroneLanes>]
  private var bounds: [SweptBounds]
  private var neighbours: NeighbourSweep
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
    neighbours = NeighbourSweep(count: count, dronesPerWorld: dronesPerWorld)
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
      let (state, radius) = (swarm.states[group], swarm.parameters[group].boundingRadius)
      let isNearFloor = floors[group].isNear(
        state, attitude: swarm.attitudes[group], radius: radius, period: period)
      isAnyMarked = isAnyMarked || isNearFloor.any
      let first = group * DroneLanes.laneCount
      guard isNearFloor.any || !isAlone else { continue }
      let travel =
        DroneLanes(period) * state.velocity.norm + DroneLanes(FloorBelow<DroneLanes>.margin)
      let reach = radius + travel
      for drone in first..<min(first + DroneLanes.laneCount, swarm.count) {
        let lane = drone - first
        marks[drone] = isNearFloor[lane: lane]
        if isAlone { continue }
        bounds[drone] = SweptBounds(
          position: state.position[lane: lane], reach: reach[lane: lane])
      }
    }
    guard isAnyMarked else { return }
    if !isAlone { markNeighbours(in: swarm, obstacles: obstacles) }
    for drone in marks.indices where marks[drone] {
      drones.append(drone)
      marks[drone] = false
    }
  }

  private mutating func markNeighbours(in swarm: Swarm, obstacles: Obstacles) {
    if swarm.dronesPerWorld > 1 { neighbours.markPairs(of: bounds, in: &marks) }
    guard !obstacles.bounds.isEmpty else { return }
    for world in 0..<swarm.worldCount {
      for obstacle in obstacles[ofWorld: world] {
        for drone in swarm.drones(ofWorld: world)
        where !marks[drone] && obstacle.isWithin(bounds[drone].reach, of: bounds[drone].position) {
          marks[drone] = true
        }
      }
    }
  }
}
