import Drone
import SpatialMath

/// Where everything was at one instant of each environment: what it takes to draw it.
struct PoseSnapshots: Sendable, Codable, Equatable {
  /// How many things there are in an environment: its drones, and its obstacles behind them. [–]
  let thingCount: Int
  private let agentCount: Int
  /// Positions and quaternions, thing by thing and environment by environment. [m, –]
  private(set) var numbers: [Double]
  /// Which drones took part, or had just left, drone by drone and environment by environment.
  private(set) var isShown: [Bool]
  /// How many actions were played then, by environment; −1 for an instant that is to be forgotten. [–]
  private(set) var steps: [Int]

  /// Nothing yet, for so many environments.
  init(environmentCount: Int, agentCount: Int, obstacleCount: Int) {
    thingCount = agentCount + obstacleCount
    self.agentCount = agentCount
    isShown = Array(repeating: false, count: environmentCount * agentCount)
    numbers = Array(repeating: 0, count: 7 * environmentCount * thingCount)
    steps = Array(repeating: -1, count: environmentCount)
  }

  /// Keeps where an episode has come to.
  mutating func keep<Memory>(_ environment: Int, _ episode: Episode<Memory>) {
    for agent in 0..<agentCount {
      let state = episode.state(of: agent)
      isShown[environment * agentCount + agent] = episode.isPresent(agent)
      self[environment, agent] = Pose(position: state.position, attitude: state.attitude)
    }
    for (index, pose) in episode.obstacles.enumerated() {
      self[environment, agentCount + index] = pose
    }
    steps[environment] = episode.stepCount
  }

  /// Takes over where things were in another, and keeps which drones were there.
  mutating func move(_ environment: Int, to other: PoseSnapshots) {
    let start = 7 * environment * thingCount
    for index in start..<start + 7 * thingCount { numbers[index] = other.numbers[index] }
  }

  /// Forgets an environment's instant.
  mutating func forget(_ environment: Int) { steps[environment] = -1 }

  /// Where a thing was.
  private(set) subscript(environment: Int, thing: Int) -> Pose<Double> {
    get {
      let n = 7 * (environment * thingCount + thing)
      return Pose(
        position: Vector(numbers[n], numbers[n + 1], numbers[n + 2]),
        attitude: Rotation(
          x: numbers[n + 3], y: numbers[n + 4], z: numbers[n + 5], w: numbers[n + 6]))
    }
    set {
      let n = 7 * (environment * thingCount + thing)
      let (p, q) = (newValue.position, newValue.attitude)
      (numbers[n], numbers[n + 1], numbers[n + 2]) = (p.x, p.y, p.z)
      (numbers[n + 3], numbers[n + 4]) = (q.x, q.y)
      (numbers[n + 5], numbers[n + 6]) = (q.z, q.w)
    }
  }

  /// Whether another one is of environments like these, all in the middle of an episode or before it.
  func fits(_ other: PoseSnapshots) -> Bool {
    thingCount == other.thingCount && numbers.count == other.numbers.count
      && steps.count == other.steps.count && isShown.count == other.isShown.count
      && other.numbers.allSatisfy(\.isFinite)
  }
}
