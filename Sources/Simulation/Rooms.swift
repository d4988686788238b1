import Drone
import SpatialMath

/// Where drones may go without meeting others of their world: a sphere about each, of which no two meet.
///
/// To ask whether drones are still in their rooms takes less than to look for pairs in every step. While
/// all of a world are, none of its drones can meet another.
struct Rooms {
  /// How much wider than what a drone sweeps in a step its room is made. [m]
  static let spare = 0.05
  /// How many steps pass before rooms are looked for again where there was no space for them. [–]
  private static let patience = 8

  private let dronesPerWorld: Int
  private let count: Int
  private var middles: [Vector<World, DroneLanes>]
  private var radii: [DroneLanes]
  private var isLeft: [Bool]
  private var stepsToWait: [Int]

  /// No rooms yet.
  init(worldCount: Int, dronesPerWorld: Int) {
    self.dronesPerWorld = dronesPerWorld
    count = worldCount * dronesPerWorld
    let groups = (count + DroneLanes.laneCount - 1) / DroneLanes.laneCount
    middles = Array(repeating: .zero, count: groups)
    // Who is no drone never leaves.
    radii = Array(repeating: DroneLanes(.infinity), count: groups)
    for drone in 0..<count { radii[drone: drone] = -.infinity }
    isLeft = Array(repeating: false, count: worldCount)
    stepsToWait = Array(repeating: 0, count: worldCount)
  }

  /// Notes which drones of a group sweep beyond their rooms.
  ///
  /// - Parameters:
  ///   - group: The group.
  ///   - positions: Where the drones are. [m]
  ///   - reach: The radius of what each sweeps in the step. [m]
  @inline(__always)
  mutating func look(
    at group: Int, _ positions: Vector<World, DroneLanes>, reach: DroneLanes
  ) {
    let isIn = (positions - middles[group]).norm + reach .<= radii[group]
    if (.!isIn).any { leave(group, where: isIn) }
  }

  private mutating func leave(_ group: Int, where isIn: DroneLanes.Mask) {
    let first = group * DroneLanes.laneCount
    for drone in first..<min(first + DroneLanes.laneCount, count) where !isIn[lane: drone - first] {
      isLeft[drone / dronesPerWorld] = true
    }
  }

  /// Whether a drone of a world has swept beyond its room since this was last asked.
  mutating func takeLeave(of world: Int) -> Bool {
    defer { isLeft[world] = false }
    return isLeft[world]
  }

  /// Whether it is time to look for rooms in a world.
  mutating func isWorthLooking(in world: Int) -> Bool {
    stepsToWait[world] -= 1
    guard stepsToWait[world] < 0 else { return false }
    stepsToWait[world] = Self.patience
    return true
  }

  /// Gives the drones of a world rooms.
  ///
  /// - Parameters:
  ///   - world: The world.
  ///   - bounds: The spheres of all drones, of which no two of this world meet.
  mutating func settle(_ world: Int, in bounds: [SweptBounds]) {
    stepsToWait[world] = 0
    for drone in world * dronesPerWorld..<(world + 1) * dronesPerWorld {
      let (group, lane) = (drone / DroneLanes.laneCount, drone % DroneLanes.laneCount)
      middles[group][lane: lane] = bounds[drone].position
      // A hair less, so that rounding lets nobody meet.
      radii[group][lane: lane] = bounds[drone].reach * (1 - 1e-9)
    }
  }
}
