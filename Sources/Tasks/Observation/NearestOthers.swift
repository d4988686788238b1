import Drone
import SpatialMath

/// Finds the drones of a world that are nearest to one of them, as it sees them.
struct NearestOthers: Sendable {
  /// How many drones each world has. [–]
  private let agentCount: Int
  /// How many groups of lanes those fill. [–]
  private let groupCount: Int
  /// Where the drones are, world by world in groups of their own; what is not there is infinitely far. [m]
  private var positions: [Vector<World, DroneLanes>]
  /// How far the others are from one drone, squared, a group an element; infinite where there is none. [m²]
  private var distances: [DroneLanes]

  /// Drones of which nothing is known.
  init(worldCount: Int, agentCount: Int) {
    self.agentCount = agentCount
    groupCount = (agentCount + DroneLanes.laneCount - 1) / DroneLanes.laneCount
    let nowhere = DroneLanes(.infinity)
    positions = Array(
      repeating: Vector(nowhere, nowhere, nowhere), count: worldCount * groupCount)
    distances = Array(repeating: nowhere, count: groupCount)
  }

  /// Takes in where a drone seems to be, or that it has left.
  ///
  /// - Parameters:
  ///   - position: Where it is; `nil` where it has left. [m]
  ///   - agent: Which of its world's drones it is.
  ///   - world: The world.
  mutating func note(_ position: Vector<World, Double>?, of agent: Int, world: Int) {
    let (group, lane) = DroneLanes.place(of: agent)
    positions[world * groupCount + group][lane: lane] =
      position ?? Vector(.infinity, .infinity, .infinity)
  }

  /// Works out how far a drone is from the others.
  mutating func measure(from agent: Int, world: Int) {
    let first = world * groupCount
    let own = position(of: agent, world: world).map { DroneLanes($0) }
    let nowhere = DroneLanes(.infinity)
    for group in 0..<groupCount {
      let distance = (positions[first + group] - own).squaredNorm
      distances[group] = nowhere.replacing(with: distance, where: distance.isFinite)
    }
    remove(agent)
  }

  /// Takes out the nearest drone, the first of those that are as near, and says which it is; `nil` where none
  /// is left.
  mutating func takeNearest() -> Int? {
    // The nearest in each lane, then the nearest of those.
    var (least, places) = (distances[0], DroneLanes.laneNumbers)
    var numbers = DroneLanes.laneNumbers
    for group in 1..<max(1, groupCount) {
      numbers = numbers + DroneLanes(Double(DroneLanes.laneCount))
      let isNearer = distances[group] .< least
      least = least.replacing(with: distances[group], where: isNearer)
      places = places.replacing(with: numbers, where: isNearer)
    }
    let distance = least.least
    guard distance < .infinity else { return nil }
    let nowhere = DroneLanes(.infinity)
    let agent = Int(nowhere.replacing(with: places, where: least .<= DroneLanes(distance)).least)
    remove(agent)
    return agent
  }

  /// From one drone to another of its world, as they were noted. [m]
  func offset(from agent: Int, to other: Int, world: Int) -> Vector<World, Double> {
    position(of: other, world: world) - position(of: agent, world: world)
  }

  private mutating func remove(_ agent: Int) {
    let (group, lane) = DroneLanes.place(of: agent)
    distances[group][lane: lane] = .infinity
  }

  private func position(of agent: Int, world: Int) -> Vector<World, Double> {
    let (group, lane) = DroneLanes.place(of: agent)
    return positions[world * groupCount + group][lane: lane]
  }
}
