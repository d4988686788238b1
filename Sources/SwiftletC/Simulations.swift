import Configuration
import CSwiftlet
import Drone
import Foundation
import Geometry
import Scenario
import Simulation
import SpatialMath
import Workers

/// Worlds of drones that are stepped by rotor speeds.
final class Simulations: Held {
  /// What there is in each world at its start.
  let start: WorldDescription
  /// The worlds.
  var batch: WorldBatch
  /// The length of a physics step. [s]
  let period: Double
  /// The acceleration of free fall. [m/s²]
  let gravity: Double
  /// Where the turbulence of each world starts.
  private var seeds: [UInt64]

  override class var kind: String { "handle of a simulation" }

  init(_ specification: FlightSpecification, worlds count: Int, threads: Int) throws {
    let start = specification.start
    guard count.multipliedReportingOverflow(by: start.models.count).partialValue <= 1_000_000 else {
      throw Failure.argument(
        "\(count) worlds of \(start.models.count) drones are more than 1000000 drones")
    }
    seeds = (0..<count).map { specification.seed &+ UInt64($0) }
    let worlds = seeds.map { seed in
      var world = start
      world.seed = seed
      return world
    }
    batch = try WorldBatch(
      worlds: worlds, physics: try Catalogues.standard.physics(of: specification),
      frequency: specification.rates.physics, pool: ThreadPool(threads: threads))
    (self.start, period) = (start, 1 / specification.rates.physics)
    gravity = specification.physics.gravity
  }

  /// How many drones there are in all.
  var rowCount: Int { batch.droneCount }

  /// Begins anew in some worlds, with other seeds of turbulence where there are some.
  func reset(where mask: [Bool]?, seeds new: [UInt64]?) {
    for world in 0..<batch.worldCount where mask?[world] ?? true {
      if let new { seeds[world] = new[world] }
      let (seed, mean, states) = (seeds[world], start.wind.mean, start.states)
      batch.withWorld(world) { local, simulator in
        simulator.reset(world: local, states: states)
        simulator.restartWind(ofWorld: local, mean: mean, seed: seed)
      }
    }
  }

  /// Puts drones where some states say.
  @unsafe
  func write(where mask: [Bool]?, _ states: StatePointers) throws {
    let count = batch.dronesPerWorld
    let rows = (0..<rowCount).filter { mask?[$0 / count] ?? true }
    var wanted: [DroneState<Double>] = []
    for row in rows {
      var state = batch[row]
      unsafe states.read(row, into: &state)
      wanted.append(try state.checked(row))
    }
    for (row, state) in zip(rows, wanted) {
      batch.withWorld(row / count) { local, simulator in
        simulator.setState(state, of: local * count + row % count)
      }
    }
  }

  /// In which worlds something has become infinite or not a number.
  func faults() -> [Bool] {
    (0..<batch.worldCount).map { !batch.faults(ofWorld: $0).isEmpty }
  }

  /// Pushes a drone until it is pushed otherwise.
  func push(_ row: Int, force: Vector<World, Double>, torque: Vector<World, Double>) {
    let count = batch.dronesPerWorld
    batch.withWorld(row / count) { local, simulator in
      simulator.push(local * count + row % count, force: force, torque: torque)
    }
  }

  /// Sets the mean wind of a world, and begins its turbulence anew.
  func setWind(_ velocity: Vector<World, Double>, seed: UInt64, of world: Int) {
    batch.withWorld(world) { local, simulator in
      simulator.restartWind(ofWorld: local, mean: velocity, seed: seed)
    }
  }
}

extension DroneState<Double> {
  /// The state, its attitude of length 1, if a drone can be in it.
  func checked(_ row: Int) throws -> DroneState {
    let numbers =
      position.array + attitude.array + velocity.array + bodyRates.array + rotorSpeeds.array
    guard numbers.allSatisfy({ $0.isFinite && abs($0) <= 1e12 }) else {
      throw Failure.argument("the state in row \(row) has a number that is not finite")
    }
    guard abs(attitude.squaredNorm - 1) < 1e-3 else {
      throw Failure.argument(
        "the attitude in row \(row) has a squared length of \(attitude.squaredNorm); expected 1")
    }
    var state = self
    state.attitude = attitude.normalized
    return state
  }
}

extension Vector where S == Double {
  /// The components in a list.
  var array: [Double] { [x, y, z] }
}

extension Rotation where S == Double {
  /// The quaternion in a list.
  var array: [Double] { [x, y, z, w] }
}

/// Worlds as they were at one instant: one, or all of a simulation.
final class SimulationSnapshot: Held {
  let worlds: [WorldSnapshot]

  init(worlds: [WorldSnapshot]) { self.worlds = worlds }

  override class var kind: String { "snapshot of a simulation" }
}

extension Simulations {
  /// One world as it is now, or all of them.
  func keep(_ world: Int?) -> SimulationSnapshot {
    let worlds = world.map { $0..<$0 + 1 } ?? 0..<batch.worldCount
    return SimulationSnapshot(worlds: worlds.map { batch.snapshot(ofWorld: $0) })
  }

  /// Puts one world back, or all of them.
  func goBack(_ world: Int?, to snapshot: SimulationSnapshot) throws {
    let worlds = snapshot.worlds
    if let world {
      guard worlds.count == 1 else {
        throw Failure.argument("the snapshot has \(worlds.count) worlds; it goes into all at once")
      }
      return try batch.restore(worlds[0], toWorld: world)
    }
    guard worlds.count == 1 || worlds.count == batch.worldCount else {
      throw Failure.argument(
        "the snapshot has \(worlds.count) worlds, and the simulation \(batch.worldCount)")
    }
    for world in 0..<batch.worldCount {
      try batch.restore(worlds[worlds.count == 1 ? 0 : world], toWorld: world)
    }
  }
}
