import Drone
import Simulation
import SpatialMath
import Testing

/// The noise that shakes drones, as it acts, against the law of its process.
struct TorqueNoiseTests {
  private static let time = 0.2
  private static let worlds = 500

  /// Drones at rest in free space, one in each world, that nothing moves but noise so weak that no
  /// gyroscopic torque shows.
  private static func simulator(
    frequency: Double, _ precision: FlightPhysics.Precision = .double, worlds: Range<Int>,
    wind: Wind = Wind()
  ) throws -> Simulator {
    var model = try cf2x()
    model.air.torqueNoise = 1e-12 * model.inertia.scaled(by: Vector(1, 2, 3))
    model.air.torqueNoiseTime = time
    var physics = vacuum(gravity: 0)
    physics.effects = [TorqueNoise()]
    physics.precision = precision
    return try Simulator(
      worlds: worlds.map {
        WorldDescription(models: [model], states: [DroneState()], wind: wind, seed: UInt64($0))
      }, physics: physics, frequency: frequency)
  }

  /// What the last step added to the rates of a drone, as noise of variance 1.
  private func noise(
    _ now: DroneState<Double>, after before: DroneState<Double>, frequency: Double
  ) -> [Double] {
    let change = frequency * 1e12 * (now.bodyRates - before.bodyRates)
    return [change.x, change.y / 2, change.z / 3]
  }

  /// What `add` is told of every step: the noise of all drones and axes, in a row.
  private func watch(
    frequency: Double, steps: Int, wind: Wind = Wind(), _ add: ([Double]) -> Void
  ) throws {
    var simulator = try Self.simulator(frequency: frequency, worlds: 0..<Self.worlds, wind: wind)
    var before = (0..<Self.worlds).map { simulator.swarm[$0] }
    for _ in 0..<steps {
      simulator.advance()
      let now = (0..<Self.worlds).map { simulator.swarm[$0] }
      add(zip(now, before).flatMap { noise($0, after: $1, frequency: frequency) })
      before = now
    }
  }

  /// Over 1500 processes of 6 s the mean square scatters by √(2 / (1500 · 6 s / 0.2 s)) = 0.7 %, and the
  /// fourth moment by √(96 / (1500 · 6 s / 0.1 s)) = 0.03.
  @Test(
    "variance 1, the correlation exp(−t/T) and the fourth moment of a normal distribution, at any step",
    arguments: [20.0, 240, 1000])
  func law(frequency: Double) throws {
    let lag = max(1, Int(0.1 * frequency))
    var rows: [[Double]] = []
    var (square, fourth, product, mean) = (0.0, 0.0, 0.0, 0.0)
    try watch(frequency: frequency, steps: Int(6 * frequency)) { row in
      rows.append(row)
      square += row.reduce(0) { $0 + $1 * $1 }
      fourth += row.reduce(0) { $0 + $1 * $1 * $1 * $1 }
      mean += row.reduce(0, +)
      guard rows.count > lag else { return }
      product += zip(row, rows.removeFirst()).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let count = 3 * Double(Self.worlds) * 6 * frequency
    let pairs = 3 * Double(Self.worlds) * (6 * frequency - Double(lag))
    #expect(abs(mean / count) < 0.02)
    #expect(abs(square / count - 1) < 0.03)
    #expect(abs(product / pairs - (-Double(lag) / frequency / Self.time).exponential()) < 0.03)
    let fade = (-2 / frequency / Self.time).exponential()
    let share = (1 - fade) / (1 + fade)
    #expect(abs(fourth / count - (3 - 2.0 / 21 * share)) < 0.15)
  }

  @Test("axes and drones are shaken each by itself")
  func independence() throws {
    var (axes, drones) = (0.0, 0.0)
    try watch(frequency: 20, steps: 200) { row in
      for index in stride(from: 0, to: row.count - 3, by: 3) {
        axes += row[index] * row[index + 1] + row[index + 1] * row[index + 2]
        drones += row[index] * row[index + 3]
      }
    }
    // √(1 / (500 · 10 s / 0.1 s)) = 0.5 %.
    #expect(abs(axes) / (2 * 200 * 500) < 0.02 && abs(drones) / (200 * 500) < 0.02)
  }

  @Test("the same seed shakes alike, whatever else flies, alone or in step; another does not")
  func seeds() throws {
    func end(_ worlds: Range<Int>, wind: Wind = Wind()) throws -> [DroneState<Double>] {
      var simulator = try Self.simulator(frequency: 240, worlds: worlds, wind: wind)
      for _ in 0..<10 { simulator.advance(steps: 8) }
      return worlds.indices.map { simulator.swarm[$0 - worlds.lowerBound] }
    }
    let all = try end(0..<21)
    for world in [0, 3, 4, 11, 20] { #expect(try end(world..<world + 1) == [all[world]]) }
    #expect(all[0] != all[1])
    let gust = Wind(gusts: [Gust(peak: Vector(1, 0, 0), start: 0, duration: 1)])
    #expect(try end(0..<21, wind: gust) == all)
  }

  @Test("a reset begins the same noise anew, and a restart that of another seed")
  func resets() throws {
    var simulator = try Self.simulator(frequency: 240, worlds: 4..<5)
    simulator.advance(steps: 50)
    let first = simulator.swarm[0]
    simulator.reset(states: [DroneState()])
    simulator.advance(steps: 50)
    #expect(simulator.swarm[0] == first)
    simulator.restartWind(ofWorld: 0, mean: .zero, seed: 5)
    simulator.reset(states: [DroneState()])
    simulator.advance(steps: 50)
    var other = try Self.simulator(frequency: 240, worlds: 5..<6)
    other.advance(steps: 50)
    #expect(simulator.swarm[0] == other.swarm[0] && other.swarm[0] != first)
  }

  @Test("single precision is shaken by the same noise")
  func single() throws {
    var double = try Self.simulator(frequency: 240, worlds: 0..<21)
    var single = try Self.simulator(frequency: 240, .single, worlds: 0..<21)
    double.advance(steps: 100)
    single.advance(steps: 100)
    for drone in 0..<21 {
      let (a, b) = (double.swarm[drone].bodyRates, single.swarm[drone].bodyRates)
      #expect(a != b && (a - b).norm < 1e-4 * a.norm)
    }
  }
}
