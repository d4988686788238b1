import Drone
import SpatialMath

/// Where everything was at one instant of each environment: what it takes to draw it.
struct Tableaux: Sendable, Codable, Equatable {
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

  /// Keeps the instant at which an environment now is.
  ///
  /// - Parameters:
  ///   - environment: The environment.
  ///   - episode: Where it is.
  ///   - isShown: Which of its drones take part, or have just left.
  mutating func keep<Memory>(
    _ environment: Int, _ episode: Episode<Memory>, shown isShown: Span<Bool>
  ) {
    steps[environment] = episode.stepCount
    for agent in isShown.indices { self.isShown[environment * agentCount + agent] = isShown[agent] }
    var place = 7 * environment * thingCount
    for state in episode.states {
      set(Pose(position: state.position, attitude: state.attitude), at: &place)
    }
    for pose in episode.obstacles { set(pose, at: &place) }
  }

  /// Takes over where things were in another, and keeps who was there.
  mutating func move(_ environment: Int, to other: Tableaux) {
    let start = 7 * environment * thingCount
    for index in start..<start + 7 * thingCount { numbers[index] = other.numbers[index] }
  }

  /// Forgets an environment's instant.
  mutating func forget(_ environment: Int) { steps[environment] = -1 }

  /// Where a thing was.
  subscript(environment: Int, thing: Int) -> Pose<Double> {
    let n = 7 * (environment * thingCount + thing)
    return Pose(
      position: Vector(numbers[n], numbers[n + 1], numbers[n + 2]),
      attitude: Rotation(
        x: numbers[n + 3], y: numbers[n + 4], z: numbers[n + 5], w: numbers[n + 6]))
  }

  /// Whether another one is of environments like these, all in the middle of an episode or before it.
  func fits(_ other: Tableaux) -> Bool {
    thingCount == other.thingCount && numbers.count == other.numbers.count
      && steps.count == other.steps.count && isShown.count == other.isShown.count
      && other.numbers.allSatisfy(\.isFinite)
  }

  private mutating func set(_ pose: Pose<Double>, at place: inout Int) {
    let (p, q) = (pose.position, pose.attitude)
    (numbers[place], numbers[place + 1], numbers[place + 2]) = (p.x, p.y, p.z)
    (numbers[place + 3], numbers[place + 4]) = (q.x, q.y)
    (numbers[place + 5], numbers[place + 6]) = (q.z, q.w)
    place += 7
  }
}
