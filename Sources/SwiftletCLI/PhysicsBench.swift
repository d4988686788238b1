import Parameters
import Swiftlet

/// One case of `swiftlet bench physics`.
struct PhysicsBench: Encodable {
  /// How near drones are to what they may touch.
  enum Placement: String, Encodable, CaseIterable {
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
  let placement: Placement
  let threads: Int
  var isSingle = false

  /// What it is called.
  var name: String {
    let air = hasEffects ? "effects" : "vacuum"
    return
      "\(worlds)x\(dronesPerWorld) \(air) \(placement) \(threads) thread\(threads > 1 ? "s" : "")"
      + (isSingle ? " single" : "")
  }

  /// All cases: worlds and drones, effects, contacts, threads.
  static func table(threads: Int) -> [PhysicsBench] {
    let layouts = [
      (1, 1, 1), (1, 10, 1), (1, 80, 1), (1, 1000, 1), (128, 10, 1), (1024, 1, 1),
    ]
    let threaded = threads > 1 ? [(1024, 1, threads)] : []
    let cases = (layouts + threaded).flatMap { worlds, drones, threads in
      [false, true].flatMap { hasEffects in
        Placement.allCases.map { placement in
          PhysicsBench(
            worlds: worlds, dronesPerWorld: drones, hasEffects: hasEffects, placement: placement,
            threads: threads)
        }
      }
    }
    // Lanes of single precision are for more drones than one.
    return cases
      + cases.filter { $0.dronesPerWorld * $0.worlds > 1 }.map { bench in
        var bench = bench
        bench.isSingle = true
        return bench
      }
  }

  /// Runs the case some times over.
  ///
  /// - Parameters:
  ///   - times: How often.
  ///   - steps: How many physics steps are made in one call.
  /// - Returns: The rates.
  /// - Throws: ``SimulationError`` if Bullet refuses a drone's shape.
  func run(times: Int, stepsPerCall steps: Int) throws(SimulationError) -> Result {
    var physics = FlightPhysics.accurate(
      effects: hasEffects ? EffectCatalogue.standard.entries.map { $0.effect(.accurate) } : [])
    if isSingle { physics.precision = .single }
    let run = PhysicsRun(
      worlds: worlds, dronesPerWorld: dronesPerWorld, physics: physics, placement: placement,
      threads: threads, stepsPerCall: steps)
    let rates = try run.rates(times: times)
    return Result(bench: self, perCPUSecond: rates.cpu, perWallSecond: rates.wall)
  }
}
