import Foundation
import Swiftlet

/// One case of `swiftlet bench physics`.
struct PhysicsBench: Encodable {
  /// How near drones are to what they may touch.
  enum Situation: String, Encodable, CaseIterable {
    /// High up.
    case far
    /// Hovering so low that contacts must be looked for, and touching nothing.
    case near
    /// On the floor, at rest.
    case resting
  }

  /// What a case came to.
  struct Result: Encodable {
    /// The case.
    let bench: PhysicsBench
    /// Drone-steps a second of processor time, the median.
    let perCPUSecond: Double
    /// Drone-steps a second on the clock, the median.
    let perWallSecond: Double
  }

  let worlds: Int
  let dronesPerWorld: Int
  let hasEffects: Bool
  let situation: Situation
  let threads: Int
  var isSingle = false

  /// What it is called.
  var name: String {
    let air = hasEffects ? "effects" : "vacuum"
    return
      "\(worlds)x\(dronesPerWorld) \(air) \(situation) \(threads) thread\(threads > 1 ? "s" : "")"
      + (isSingle ? " single" : "")
  }

  /// All cases: worlds and drones, effects, contacts, threads.
  static func table(threads: Int) -> [PhysicsBench] {
    let layouts = [(1, 1, 1), (1, 10, 1), (1, 80, 1), (1, 1000, 1), (1024, 1, 1)]
    let threaded = threads > 1 ? [(1024, 1, threads)] : []
    let cases = (layouts + threaded).flatMap { worlds, drones, threads in
      [false, true].flatMap { hasEffects in
        Situation.allCases.map { situation in
          PhysicsBench(
            worlds: worlds, dronesPerWorld: drones, hasEffects: hasEffects, situation: situation,
            threads: threads)
        }
      }
    }
    // Single precision is for drones that fly alone.
    return cases
      + cases.filter { $0.dronesPerWorld == 1 && $0.worlds > 1 }.map { bench in
        var bench = bench
        bench.isSingle = true
        return bench
      }
  }

  /// Steps of a round, after which all worlds are put back.
  private static let stepsPerRound = 24

  /// How long a run lasts, at least. [s]
  private static let runLength = 0.05

  /// Runs the case some times over.
  func run(times: Int) throws(SimulationError) -> Result {
    var physics = FlightPhysics.accurate(
      effects: hasEffects ? EffectCatalogue.standard.entries.map { $0.effect(.accurate) } : [])
    if isSingle { physics.precision = .single }
    let model: QuadcopterModel
    do throws(ModelError) {
      guard let found = try ModelCatalogue.standard.model(named: "cf2x") else {
        fatalError("the package brings a model cf2x")
      }
      model = found
    } catch { fatalError("the package's own models are sound: \(error)") }
    let world = WorldDescription(
      models: Array(repeating: model, count: dronesPerWorld), states: states)
    var batch = try WorldBatch(
      worlds: Array(repeating: world, count: worlds), physics: physics, frequency: 240,
      pool: WorkerPool(threads: threads))
    if situation != .resting {
      let hover = PerRotor(repeating: model.hoverRotorSpeed(gravity: physics.gravity))
      for drone in 0..<batch.droneCount { batch.command(drone, rotorSpeeds: hover) }
    }
    batch.advance(steps: Self.stepsPerRound)
    let start = (0..<worlds).map { batch.snapshot(ofWorld: $0) }
    let rates = (0..<times).map { _ in measure(&batch, from: start) }
    return Result(
      bench: self, perCPUSecond: median(rates.map(\.cpu)), perWallSecond: median(rates.map(\.wall)))
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
      batch.advance(steps: Self.stepsPerRound)
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
        switch situation {
        case .far: 100 + 2 * share
        case .near: 0.05
        case .resting: 0.0125
        }
      return DroneState(
        position: Vector(Double(drone % columns), Double(drone / columns), height))
    }
  }
}
