import Foundation
import Swiftlet

/// Flights of many drones that are timed.
struct PhysicsRun {
  let worlds: Int
  let dronesPerWorld: Int
  let physics: FlightPhysics
  let placement: PhysicsBench.Placement
  let threads: Int
  /// How many physics steps are made in one call.
  var stepsPerCall = stepsPerRound

  /// Steps of a round, after which all worlds are put back.
  private static let stepsPerRound = 24

  /// How long a run lasts, at least. [s]
  private static let runLength = 0.05

  /// Drone-steps a second of processor time and of wall time, the medians of some runs.
  func rates(times: Int) throws(SimulationError) -> (cpu: Double, wall: Double) {
    let model = QuadcopterModel.peersCrazyflie
    let world = WorldDescription(
      models: Array(repeating: model, count: dronesPerWorld), states: states)
    var batch = try WorldBatch(
      worlds: Array(repeating: world, count: worlds), physics: physics, frequency: 240,
      pool: ThreadPool(threads: threads))
    if placement != .resting {
      let hover = PerRotor(repeating: model.hoverRotorSpeed(gravity: physics.gravity))
      for drone in 0..<batch.droneCount { batch.command(drone, rotorSpeeds: hover) }
    }
    batch.advance(steps: Self.stepsPerRound)
    let start = (0..<worlds).map { batch.snapshot(ofWorld: $0) }
    let rates = (0..<times).map { _ in measure(&batch, from: start) }
    return (median(rates.map(\.cpu)), median(rates.map(\.wall)))
  }

  /// Drone-steps a second of processor time and of wall time; putting back is not counted.
  private func measure(
    _ batch: inout WorldBatch, from start: [WorldSnapshot]
  ) -> (cpu: Double, wall: Double) {
    var (cpu, wall, steps) = (0.0, 0.0, 0.0)
    while wall < Self.runLength {
      for (world, snapshot) in start.enumerated() { try? batch.restore(snapshot, toWorld: world) }
      // All threads awake, and worlds in their caches, as between the steps of a long run.
      for _ in 0..<4 { batch.advance(steps: 8) }
      let (cpuBefore, wallBefore) = (Self.cpuTime, ContinuousClock.now)
      var left = Self.stepsPerRound
      while left > 0 {
        batch.advance(steps: min(left, stepsPerCall))
        left -= stepsPerCall
      }
      cpu += Self.cpuTime - cpuBefore
      wall += (ContinuousClock.now - wallBefore) / .seconds(1)
      steps += Double(Self.stepsPerRound * batch.droneCount)
    }
    return (steps / max(cpu, 1e-6), steps / wall)
  }

  /// The time that all threads of this process have run. [s]
  private static var cpuTime: Double { Double(clock()) * 1e-6 }

  private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

  /// Drones a metre apart.
  private var states: [DroneState<Double>] {
    let columns = Int(Double(dronesPerWorld).squareRoot().rounded(.up))
    return (0..<dronesPerWorld).map { drone in
      let share = (0.618 * Double(drone)).truncatingRemainder(dividingBy: 1)
      let height =
        switch placement {
        case .far: 100 + 2 * share
        case .near: 0.05
        case .resting: 0.0125
        }
      return DroneState(
        position: Vector(Double(drone % columns), Double(drone / columns), height))
    }
  }
}
