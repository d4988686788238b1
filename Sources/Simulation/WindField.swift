import Drone
import Randomness
import SpatialMath

/// The winds of some worlds on their way through time.
///
/// Each drone has a stream of random numbers of its own, so that who else is there changes nothing.
struct WindField: Sendable {
  /// The wind of one world.
  private struct Local: Sendable {
    let wind: Wind
    var seed: UInt64
    let steps: DrydenFilter.Steps?
    /// The level directions along and across the mean wind.
    let along: Vector<World, Double>
    let across: Vector<World, Double>

    init(_ world: WorldDescription, period: Double) {
      (wind, seed) = (world.wind, world.seed)
      steps = wind.turbulence.map { DrydenFilter.Steps($0, period: period) }
      let level = Vector<World, Double>(wind.mean.x, wind.mean.y, 0)
      along = level.norm > 0 ? (1 / level.norm) * level : Vector(1, 0, 0)
      across = Vector<World, Double>(0, 0, 1).cross(along)
    }
  }

  private let period: Double
  private let dronesPerWorld: Int
  private var locals: [Local]
  private var filters: [DrydenFilter]

  /// The stream of a seed that wind draws from.
  private static let stream: UInt64 = 1

  /// The winds of some worlds, or `nil` where no air moves.
  init?(worlds: [WorldDescription], period: Double) {
    guard worlds.contains(where: { $0.wind != .none }) else { return nil }
    self.period = period
    dronesPerWorld = worlds[0].models.count
    locals = worlds.map { Local($0, period: period) }
    filters = Array(repeating: .none, count: worlds.count * dronesPerWorld)
    for world in locals.indices { reset(world: world, seed: nil) }
  }

  /// The turbulence around one drone.
  subscript(drone: Int) -> DrydenFilter {
    get { filters[drone] }
    set { filters[drone] = newValue }
  }

  /// Starts the wind of a world anew, from another seed if there is one.
  mutating func reset(world: Int, seed: UInt64?) {
    if let seed { locals[world].seed = seed }
    guard locals[world].steps != nil else { return }
    let streams = SplitMix64(seed: locals[world].seed).stream(Self.stream)
    for drone in 0..<dronesPerWorld {
      filters[world * dronesPerWorld + drone] = DrydenFilter(
        random: streams.stream(UInt64(drone)))
    }
  }

  /// Blows on the drones of a swarm over the step that follows those made so far.
  mutating func blow(on swarm: inout Swarm, after made: [Int]) {
    for world in locals.indices {
      let local = locals[world]
      let common = local.wind.velocity(at: Double(made[world]) * period)
      for drone in world * dronesPerWorld..<(world + 1) * dronesPerWorld {
        var velocity = common
        if let turbulence = local.wind.turbulence, let steps = local.steps {
          let eddy = turbulence.intensity.scaled(by: filters[drone].next(steps))
          velocity += eddy.x * local.along + eddy.y * local.across + Vector(0, 0, eddy.z)
        }
        swarm.winds[drone / DroneLanes.laneCount][lane: drone % DroneLanes.laneCount] = velocity
      }
    }
  }
}
