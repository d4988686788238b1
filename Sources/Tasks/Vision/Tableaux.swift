import Drone
import SpatialMath

/// Where everything was at one instant of each environment: what it takes to draw it.
struct Tableaux: Sendable, Codable, Equatable {
  /// How many things there are in an environment: its drones, and its obstacles behind them. [–]
  let thingCount: Int
  /// Positions and quaternions, thing by thing and environment by environment. [m, –]
  private(set) var numbers: [Double]
  /// How many actions were played then, by environment; −1 for an instant that is to be forgotten. [–]
  private(set) var steps: [Int]

  /// Nothing yet, for so many environments.
  init(environmentCount: Int, thingCount: Int) {
    self.thingCount = thingCount
    numbers = Array(repeating: 0, count: 7 * environmentCount * thingCount)
    steps = Array(repeating: -1, count: environmentCount)
  }

  /// Keeps the instant at which an environment now is.
  mutating func keep<Memory>(_ environment: Int, _ episode: Episode<Memory>) {
    steps[environment] = episode.stepCount
    var place = 7 * environment * thingCount
    for state in episode.states {
      set(Pose(position: state.position, attitude: state.attitude), at: &place)
    }
    for pose in episode.obstacles { set(pose, at: &place) }
  }

  /// Keeps what another has kept of an environment.
  mutating func copy(_ environment: Int, of other: Tableaux) {
    steps[environment] = other.steps[environment]
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
      && steps.count == other.steps.count && other.numbers.allSatisfy(\.isFinite)
  }

  private mutating func set(_ pose: Pose<Double>, at place: inout Int) {
    let (p, q) = (pose.position, pose.attitude)
    (numbers[place], numbers[place + 1], numbers[place + 2]) = (p.x, p.y, p.z)
    (numbers[place + 3], numbers[place + 4]) = (q.x, q.y)
    (numbers[place + 5], numbers[place + 6]) = (q.z, q.w)
    place += 7
  }
}
