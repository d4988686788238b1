import Drone
import Randomness
import SpatialMath

/// The wind of one world on its way through time.
///
/// Each drone has a stream of random numbers of its own, so that other drones change nothing.
struct WindField: Sendable {
  private var wind: Wind
  private var seed: UInt64
  private let period: Double
  private let drones: Range<Int>
  private let steps: DrydenFilter.Steps?
  /// The level directions along and across the mean wind.
  private var along: Vector<World, Double>
  private var across: Vector<World, Double>
  /// The turbulence that each drone meets; none where the wind has none.
  var filters: [DrydenFilter]

  /// The steady part. [m/s]
  var mean: Vector<World, Double> { wind.mean }

  /// The stream of the seed that wind draws from.
  private static let stream: UInt64 = 1

  /// The wind of the world that has some drones of a swarm.
  init(_ wind: Wind, on drones: Range<Int>, seed: UInt64, period: Double) {
    self.wind = wind
    self.seed = seed
    self.period = period
    self.drones = drones
    steps = wind.turbulence.map { DrydenFilter.Steps($0, period: period) }
    (along, across) = Self.axes(of: wind.mean)
    filters = []
    reset()
  }

  /// The winds of worlds with as many drones each.
  static func fields(of worlds: [WorldDescription], period: Double) -> [WindField] {
    worlds.enumerated().map { index, world in
      let count = world.models.count
      return WindField(
        world.wind, on: index * count..<(index + 1) * count, seed: world.seed, period: period)
    }
  }

  /// The level directions along and across a mean wind.
  private static func axes(
    of mean: Vector<World, Double>
  ) -> (along: Vector<World, Double>, across: Vector<World, Double>) {
    let level = Vector<World, Double>(mean.x, mean.y, 0)
    let along = level.norm > 0 ? (1 / level.norm) * level : Vector(1, 0, 0)
    return (along, Vector<World, Double>(0, 0, 1).cross(along))
  }

  /// Starts anew, as if made with this mean and seed.
  mutating func restart(mean: Vector<World, Double>, seed: UInt64) {
    (wind.mean, self.seed) = (mean, seed)
    (along, across) = Self.axes(of: mean)
    reset()
  }

  /// Starts the turbulence anew.
  mutating func reset() {
    guard wind.turbulence != nil else { return }
    let streams = SplitMix64(seed: seed).stream(Self.stream)
    filters.removeAll(keepingCapacity: true)
    for drone in drones.indices {
      filters.append(DrydenFilter(random: streams.stream(UInt64(drone - drones.lowerBound))))
    }
  }

  /// Whether it changes with time or from drone to drone.
  var isUnsteady: Bool { !wind.gusts.isEmpty || wind.turbulence != nil }

  /// Gives the air around the drones of its world the velocity that it has over the step that follows some
  /// others.
  mutating func apply<S: GroupLanes>(to swarm: inout SwarmGroups<S>, after count: Int) {
    let common = wind.velocity(at: Double(count) * period)
    for drone in drones {
      let (group, lane) = (drone / S.laneCount, drone % S.laneCount)
      swarm.stepValues[group].wind[lane: lane] =
        common + turbulence(at: drone - drones.lowerBound)
    }
  }

  /// The turbulence that a drone meets in the step, counted from the world's first. [m/s]
  private mutating func turbulence(at place: Int) -> Vector<World, Double> {
    guard let turbulence = wind.turbulence, let steps else { return .zero }
    let velocity = turbulence.intensity.scaled(by: filters[place].next(steps))
    return velocity.x * along + velocity.y * across + Vector(0, 0, velocity.z)
  }
}
