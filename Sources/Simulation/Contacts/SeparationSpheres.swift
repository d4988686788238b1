import Drone
import SpatialMath

/// Spheres about drones, of which no two of a world meet: while all drones of a world sweep no farther than
/// their spheres, none can meet another.
///
/// To ask whether drones are still in their spheres takes less than to look for pairs in every step.
struct SeparationSpheres<S: GroupLanes> {
  /// How much wider than what a drone sweeps in a step its sphere is made. [m]
  static var spare: Double { 0.05 }
  /// How many steps pass before spheres are looked for again where there was no space for them. [–]
  private static var stepsBetweenSearches: Int { 8 }

  private let dronesPerWorld: Int
  private let count: Int
  private var middles: [Vector<World, S>]
  private var radii: [S]
  private var hasExits: [Bool]
  private var stepsToWait: [Int]

  /// No spheres yet.
  init(worldCount: Int, dronesPerWorld: Int) {
    self.dronesPerWorld = dronesPerWorld
    count = worldCount * dronesPerWorld
    let groups = (count + S.laneCount - 1) / S.laneCount
    middles = Array(repeating: .zero, count: groups)
    // Lanes without a drone never leave.
    radii = Array(repeating: S(.infinity), count: groups)
    for drone in 0..<count {
      radii[drone / S.laneCount][lane: drone % S.laneCount] = -.infinity
    }
    hasExits = Array(repeating: false, count: worldCount)
    stepsToWait = Array(repeating: 0, count: worldCount)
  }

  /// Notes which drones of a group sweep beyond their spheres.
  ///
  /// - Parameters:
  ///   - group: The group.
  ///   - positions: Where the drones are. [m]
  ///   - reach: The radius of what each sweeps in the step. [m]
  @inline(__always)
  mutating func check(
    _ group: Int, _ positions: Vector<World, S>, reach: S
  ) {
    let isIn = (positions - middles[group]).norm + reach .<= radii[group]
    if (.!isIn).any { noteExits(from: group, where: isIn) }
  }

  private mutating func noteExits(from group: Int, where isIn: S.Mask) {
    let first = group * S.laneCount
    for drone in first..<min(first + S.laneCount, count) where !isIn[lane: drone - first] {
      hasExits[drone / dronesPerWorld] = true
    }
  }

  /// Whether a drone of a world has swept beyond its sphere since this was last asked.
  mutating func takeExits(from world: Int) -> Bool {
    defer { hasExits[world] = false }
    return hasExits[world]
  }

  /// Whether it is time to search for spheres in a world.
  mutating func isWorthSearching(in world: Int) -> Bool {
    stepsToWait[world] -= 1
    guard stepsToWait[world] < 0 else { return false }
    stepsToWait[world] = Self.stepsBetweenSearches
    return true
  }

  /// Gives the drones of a world their spheres.
  ///
  /// - Parameters:
  ///   - world: The world.
  ///   - bounds: The spheres of all drones, of which no two of this world meet.
  mutating func set(_ world: Int, to bounds: [SweptBounds]) {
    stepsToWait[world] = 0
    for drone in world * dronesPerWorld..<(world + 1) * dronesPerWorld {
      let (group, lane) = (drone / S.laneCount, drone % S.laneCount)
      middles[group][lane: lane] = bounds[drone].position
      // Slightly less, so that rounding lets no two meet.
      radii[group][lane: lane] = bounds[drone].reach * (1 - S.roundingSlack)
    }
  }
}
