import Drone
import Geometry
import Parameters
import Randomness
import Simulation
import SpatialMath

/// Worlds in which a lot is touched, and what flies in them.
enum Scene: CaseIterable {
  /// Drones that fall onto a pillar, a dynamic box and each other.
  case pile
  /// Drones that fly into each other, high up.
  case midair
  /// Drones that come down askew.
  case landing
  /// Drones that fly along a wall, pressed against it.
  case scrape

  static let droneCount = 5

  /// The world at its start; seeds differ in the states.
  func world(seed: UInt64) throws -> WorldDescription {
    var random = SplitMix64(seed: seed)
    let model = try cf2x()
    let states = (0..<Self.droneCount).map { state(of: $0, &random) }
    return WorldDescription(
      models: Array(repeating: model, count: states.count), states: states, obstacles: obstacles)
  }

  private var obstacles: [RigidBody] {
    switch self {
    case .pile:
      [
        RigidBody(
          .cylinder(radius: 0.1, height: 0.3), at: Pose(position: Vector(0.2, 0, 0.15))),
        RigidBody(
          .box(size: Vector(0.2, 0.2, 0.2)), at: Pose(position: Vector(0, 0.1, 0.12)), mass: 0.05),
      ]
    case .midair, .landing: []
    case .scrape:
      [RigidBody(.box(size: Vector(0.1, 20, 4)), at: Pose(position: Vector(0.12, 0, 2)))]
    }
  }

  private func state(of drone: Int, _ random: inout SplitMix64) -> DroneState<Double> {
    var state = tumbling(&random, rate: 3)
    let place = Double(drone)
    switch self {
    case .pile:
      state.position = Vector(0.04 * place, 0.05, 0.4 + 0.06 * place)
      state.velocity = Vector(0.3, 0, -1)
    case .midair:
      let side = drone % 2 == 0 ? 1.0 : -1.0
      state.position = Vector(0.4 * side, 0.03 * place, 20 + 0.02 * place)
      state.velocity = Vector(-4 * side, 0, 0)
      state.attitude = .identity
    case .landing:
      state.position = Vector(0.3 * place, 0, 0.2)
      state.velocity = Vector(0.2, 0.1, -0.6)
    case .scrape:
      state.position = Vector(-0.05, 0.5 * place, 1)
      state.velocity = Vector(1, 2, 0)
      state.attitude = .identity
      state.bodyRates = Vector(0.1, 0.2, 0.3)
    }
    return state
  }
}

/// Flies a world of a simulator by commands that depend on a seed and the step alone.
///
/// - Returns: A hash of every state on the way, and how many contacts there were.
@discardableResult
func fly(
  _ simulator: inout Simulator, world: Int = 0, seed: UInt64, from start: Int = 0, steps: Int
) -> Trace {
  var trace = Trace()
  for step in start..<start + steps {
    if step % 5 == 0 { command(&simulator, world: world, seed: seed, step: step) }
    simulator.advance()
    for drone in simulator.swarm.drones(ofWorld: world) {
      trace.add(simulator.swarm[drone])
      trace.contacts += simulator.contactCount(of: drone)
    }
  }
  return trace
}

/// Commands the drones of one world anew.
func command(_ simulator: inout Simulator, world: Int, seed: UInt64, step: Int) {
  var random = SplitMix64(seed: seed).stream(UInt64(step))
  for drone in simulator.swarm.drones(ofWorld: world) {
    let speeds = PerRotor(repeating: ()).map { random.uniform(in: 8_000...17_000) }
    simulator.command(drone, rotorSpeeds: speeds)
  }
}

/// What a flight came through, in a number.
struct Trace: Equatable {
  private(set) var hash = FNV1a()
  var contacts = 0

  mutating func add(_ state: DroneState<Double>) {
    let (p, q, v, w) = (state.position, state.attitude, state.velocity, state.bodyRates)
    for number in [p.x, p.y, p.z, q.x, q.y, q.z, q.w, v.x, v.y, v.z, w.x, w.y, w.z] {
      hash.add(number.bitPattern)
    }
  }
}

/// Physics with all the air that there is.
func air(
  _ preset: PhysicsPreset = .accurate, in precision: FlightPhysics.Precision = .double
) -> FlightPhysics {
  let effects = EffectCatalogue.standard.entries.map { $0.effect(preset) }
  var physics = preset == .gpd ? FlightPhysics.gpd(effects: effects) : .accurate(effects: effects)
  physics.precision = precision
  return physics
}
