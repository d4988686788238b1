import Drone
import Randomness
import SpatialMath

/// The noise that shakes drones: Ornstein-Uhlenbeck processes of variance 1, three for each drone.
///
/// A step of dt brings each, with a = exp(−dt / T), exactly from instant to instant:
///
///     n′ = a n + √(1 − a²) g
///
/// with independent g of mean 0 and variance 1. They are sums of 21 tosses of a coin, three from one draw
/// of 64 bits: their fourth moment is 2.90 where that of a normal distribution is 3, and that of n, which
/// sums up many, 3 − 0.1 (1 − a²) / (1 + a²): 2.998 for T = 0.2 s at 240 Hz.
///
/// Each drone has a stream of random numbers of its own, so that other drones change nothing.
struct NoiseField: Sendable {
  /// The processes of one drone.
  struct State: Sendable, Equatable {
    /// Their values about the body's axes. [–]
    var value: Vector<Body, Double>
    /// Where their random numbers stand.
    var random: SplitMix64
  }

  private let period: Double
  private let dronesPerWorld: Int
  /// Where the random numbers of each world start; empty where nothing shakes.
  private var seeds: [UInt64]
  private var values: [Vector<Body, DroneLanes>]
  private var randoms: [SplitMix64Lanes]
  private var decays: [DroneLanes]
  private var gains: [DroneLanes]

  /// The stream of the seed that noise draws from.
  private static let stream: UInt64 = 2

  /// The noise of the drones of some worlds, as far as an effect asks for it.
  init(
    _ worlds: [WorldDescription], of drones: [DroneParameters<Double>], physics: FlightPhysics,
    period: Double
  ) {
    seeds = physics.effects.contains { $0 is TorqueNoise } ? worlds.map(\.seed) : []
    (dronesPerWorld, self.period) = (worlds[0].models.count, period)
    let lanes = DroneLanes.laneCount
    let groups = seeds.isEmpty ? 0 : (drones.count + lanes - 1) / lanes
    values = Array(repeating: .zero, count: groups)
    randoms = Array(repeating: SplitMix64Lanes(SplitMix64(seed: 0)), count: groups)
    decays = Array(repeating: .zero, count: groups)
    gains = decays
    for world in seeds.indices { reset(world: world) }
    for (drone, numbers) in drones.enumerated() { set(time: numbers.torqueNoiseTime, of: drone) }
  }

  /// Whether anything shakes.
  var isUsed: Bool { !seeds.isEmpty }

  /// Sets the correlation time of a drone's noise. [s]
  mutating func set(time: Double, of drone: Int) {
    guard isUsed else { return }
    let (group, lane) = (drone / DroneLanes.laneCount, drone % DroneLanes.laneCount)
    let decay = (-period / time).exponential()
    decays[group][lane: lane] = decay
    gains[group][lane: lane] = max(0, 1 - decay * decay).squareRoot()
  }

  /// Starts the noise of a world anew with some seed.
  mutating func restart(world: Int, seed: UInt64) {
    guard isUsed else { return }
    seeds[world] = seed
    reset(world: world)
  }

  /// Starts the noise of a world anew, in its stationary state.
  mutating func reset(world: Int) {
    guard isUsed else { return }
    let streams = SplitMix64(seed: seeds[world]).stream(Self.stream)
    for place in 0..<dronesPerWorld {
      var random = streams.stream(UInt64(place))
      let value = Vector<Body, Double>(random.normal(), random.normal(), random.normal())
      self[world * dronesPerWorld + place] = State(value: value, random: random)
    }
  }

  /// The processes of a drone.
  subscript(drone: Int) -> State {
    get {
      let (group, lane) = (drone / DroneLanes.laneCount, drone % DroneLanes.laneCount)
      return State(value: values[group][lane: lane], random: randoms[group][lane])
    }
    set {
      let (group, lane) = (drone / DroneLanes.laneCount, drone % DroneLanes.laneCount)
      values[group][lane: lane] = newValue.value
      randoms[group][lane] = newValue.random
    }
  }

  /// The noise of a group in the step to come. [–]
  @inline(__always)
  mutating func next(_ group: Int) -> Vector<Body, DroneLanes> {
    let bits = randoms[group].next()
    let tosses = Vector<Body, DroneLanes>(
      Self.sum(bits), Self.sum(bits &>> SIMD4(repeating: 21)),
      Self.sum(bits &>> SIMD4(repeating: 42)))
    values[group] = decays[group] * values[group] + gains[group] * tosses
    return values[group]
  }

  /// The sum of the lowest 21 bits, each as ±1/√21.
  @inline(__always)
  private static func sum(_ bits: SIMD4<UInt64>) -> DroneLanes {
    let heads = DroneLanes(countOfOnes: bits & SIMD4(repeating: 0x1f_ffff))
    return 0.2182178902359924 * (2 * heads - DroneLanes(21))
  }
}

// What a snapshot keeps of it.
extension NoiseField.State {
  /// Zeros, which stand where nothing shakes.
  static let blank = Self(value: .zero, random: SplitMix64(seed: 0))

  /// Writes or reads all numbers.
  mutating func code(by coder: inout some WordCoder) {
    value = value.map { coder.code($0) }
    random = SplitMix64(seed: coder.code(random.state))
  }
}
