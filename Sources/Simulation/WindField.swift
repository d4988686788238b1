import Drone
import Randomness
import SpatialMath

/// The wind of one world on its way through time.
///
/// Each drone has a stream of random numbers of its own, so that who else is there changes nothing.
struct WindField: Sendable {
  private let wind: Wind
  private let period: Double
  private let steps: DrydenFilter.Steps?
  /// The level directions along and across the mean wind.
  private let along: Vector<World, Double>
  private let across: Vector<World, Double>
  private var filters: [DrydenFilter]
  private var step = 0

  /// The stream of the seed that wind draws from.
  private static let stream: UInt64 = 1

  init(_ wind: Wind, drones: Int, seed: UInt64, period: Double) {
    self.wind = wind
    self.period = period
    steps = wind.turbulence.map { DrydenFilter.Steps($0, period: period) }
    let level = Vector<World, Double>(wind.mean.x, wind.mean.y, 0)
    along = level.norm > 0 ? (1 / level.norm) * level : Vector(1, 0, 0)
    across = Vector<World, Double>(0, 0, 1).cross(along)
    let streams = SplitMix64(seed: seed).stream(Self.stream)
    filters =
      wind.turbulence == nil
      ? [] : (0..<drones).map { DrydenFilter(random: streams.stream(UInt64($0))) }
  }

  /// Blows on the drones of a swarm over one step.
  mutating func blow(on swarm: inout Swarm) {
    let common = wind.velocity(at: Double(step) * period)
    step += 1
    for group in swarm.groups { swarm.winds[group] = Vector(repeating: common) }
    guard let turbulence = wind.turbulence, let steps else { return }
    for drone in filters.indices {
      let eddy = turbulence.intensity.scaled(by: filters[drone].next(steps))
      let local = eddy.x * along + eddy.y * across + Vector(0, 0, eddy.z)
      swarm.winds[drone / DroneLanes.laneCount][lane: drone % DroneLanes.laneCount] = common + local
    }
  }
}
