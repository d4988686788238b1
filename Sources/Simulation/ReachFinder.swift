import Drone
import Geometry
import SpatialMath

/// Finds the drones that may touch something in a step.
struct ReachFinder {
  /// What bounds are widened by: twice Bullet's collision margin. [m]
  private static let margin = 0.002

  /// The height of the floor, a lane a drone; far below where there is none. [m]
  private let floors: [DroneLanes]
  /// The half edges of the box that holds a drone. [m]
  private var halfSizes: [Vector<Body, DroneLanes>]
  private var bounds: [SweptBounds]
  private var neighbours: NeighbourSweep
  private var marks: [Bool]

  init(worlds: [WorldDescription]) {
    let dronesPerWorld = worlds[0].models.count
    let count = worlds.count * dronesPerWorld
    let lanes = DroneLanes.laneCount
    floors = (0..<(count + lanes - 1) / lanes).map { group in
      var floor = DroneLanes(-Double.infinity)
      for drone in group * lanes..<min(count, (group + 1) * lanes)
      where worlds[drone / dronesPerWorld].floor {
        floor[lane: drone % lanes] = 0
      }
      return floor
    }
    halfSizes = Array(repeating: .zero, count: floors.count)
    for (drone, model) in worlds.flatMap(\.models).enumerated() {
      let shape = model.collisionShape.moved(by: model.collisionOffset)
      halfSizes[drone / lanes][lane: drone % lanes] = shape.halfSize
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
      let travel = DroneLanes(period) * state.velocity.norm + DroneLanes(Self.margin)
      let (reach, turning) = (radius + travel, DroneLanes(period) * state.bodyRates.norm * radius)
      // How far down the box about the drone reaches, as it is turned now.
      let (down, half) = (swarm.attitudes[group].zRow, halfSizes[group])
      let depth =
        down.x.magnitude * half.x + down.y.magnitude * half.y + down.z.magnitude * half.z
      let isNearFloor = state.position.z - floors[group] .< depth + (turning + travel)
      isAnyMarked = isAnyMarked || isNearFloor.any
      let first = group * DroneLanes.laneCount
      guard isNearFloor.any || !isAlone else { continue }
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
