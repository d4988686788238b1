package import Drone
package import FlightLogs
import Synchronization
package import Workers

/// What logs tell of a vehicle, and how surely.
///
/// 1. Accelerations from row to row, and what rotors of some lag make of the logged pulses over the same
///    times, both between 0.2 and 10 Hz.
/// 2. Roll by torque, speed moment and rate damping, pitch likewise, yaw by drag torque and the kick of rotors
///    that speed up, by least squares; thrust over mass by its mean, and what is left of it in the band.
/// 3. The lag and the dead time for which all that explains most.
///
/// Logs of flights under control let a law's answer to disturbances look like physics. Two things keep that
/// small: control that is loud, and, for rate damping, an assumption of 1.2 ± 0.5 1/s. Where a log holds what was
/// added to its pulses, only what those explain is used (two-stage least squares), and nothing is assumed.
package struct FlightIdentification: Sendable {
  /// How surely a constant is told.
  package enum Verdict: String, Sendable, Encodable {
    /// Within a tenth.
    case told
    /// Within a third.
    case roughly
    /// Not at all: a model keeps what it had.
    case untold = "not told"
  }

  /// One constant.
  package struct Finding: Sendable, Encodable {
    /// Which one.
    package var constant: Constant
    /// Its value. [the constant's unit]
    package var value: Double
    /// Its standard deviation by leaving out flights in turn. [the constant's unit]
    package var byFlights: Double
    /// How far it moves where clocks are 2 ms apart. [the constant's unit]
    package var byClock: Double

    /// Its standard deviation, both together. [the constant's unit]
    package var spread: Double { (byFlights * byFlights + byClock * byClock).squareRoot() }

    /// How surely it is told.
    package var verdict: Verdict {
      guard value.isFinite, spread.isFinite, value > 0 || constant == .deadTime else {
        return .untold
      }
      let allowed = max(0.1 * value, constant.negligible)
      return spread <= allowed ? .told : spread <= 3 * allowed ? .roughly : .untold
    }
  }

  /// A dead time, how well it explains, and the constants that go with it.
  package struct ProfilePoint: Sendable, Encodable {
    /// What is left unexplained: less is better. [–]
    package var objective: Double
    /// The constants, each in its unit.
    package var constants: [Constant: Double]
  }

  /// The constants, in their order.
  package let findings: [Finding]
  /// What shares of acceleration between 0.2 and 10 Hz are explained. [–]
  package let explained: [InputResponse.Channel: Double]
  /// How dead time trades against the rest.
  package let profile: [ProfilePoint]
  /// Whether a logged excitation was used.
  package let usesExcitation: Bool
  /// How many pieces were left out in turn. [–]
  package let pieces: Int

  /// How far clocks may be apart. [ms]
  private static let clock = 2.0
  private static let evaluations = 110

  /// Identifies a vehicle.
  ///
  /// - Parameters:
  ///   - logs: The logs.
  ///   - base: A model of its kind, relative to which the constants are.
  ///   - pool: The threads that share the work.
  /// - Throws: ``IdentificationError`` where logs or the base lack something.
  package init(
    _ logs: [FlightLog], base: QuadcopterModel, pool: ThreadPool
  ) throws(IdentificationError) {
    let equations = try FlightEquations(base)
    let flights = Self.pieces(of: logs).compactMap { FlightData($0, equations) }
    guard flights.count > 1 else {
      throw IdentificationError(
        "the logs hold less than 20 s of flight with pulses, voltage, position, attitude, velocity "
          + "and body rates at 25 Hz or more; expected more, or logs with these columns")
    }
    let main = Self.search(flights, equations)
    let found = main.constants
    let jobs = flights.count + 4
    let results = Mutex([RotorSearch?](repeating: nil, count: jobs))
    pool.forEach(jobs) { job in
      let search: RotorSearch
      if job < flights.count {
        search = main.again(flights, leavingOut: job)
      } else {
        let shift = [-2.0, -1, 1, 2][job - flights.count] * Self.clock / 2
        search = main.again(flights, shifting: 0.001 * shift)
      }
      results.withLock { $0[job] = search }
    }
    let searches = results.withLock { $0 }.compactMap { $0 }
    let without = searches[..<flights.count].map(\.constants)
    let shifted = searches[flights.count...]
    findings = Constant.allCases.map { constant in
      Finding(
        constant: constant, value: found[constant] ?? .nan,
        byFlights: Self.jackknife(without.map { $0[constant] ?? .nan }),
        byClock: constant == .deadTime
          ? Self.clock : Self.halfRange(shifted.map { $0.constants[constant] ?? .nan }))
    }
    explained = main.explanation.explained
    profile = (shifted + [main]).map {
      ProfilePoint(objective: $0.explanation.objective, constants: $0.constants)
    }.sorted { ($0.constants[.deadTime] ?? 0) < ($1.constants[.deadTime] ?? 0) }
    usesExcitation = main.assumptions.instruments != nil
    pieces = flights.count
  }

  /// The first search, and a second one by instruments where there are some.
  private static func search(
    _ flights: [FlightData], _ equations: FlightEquations
  ) -> RotorSearch {
    let isExcited = flights.allSatisfy { !$0.instruments.isEmpty }
    var assumptions = Explanation.Assumptions()
    if isExcited { (assumptions.dampingSpread, assumptions.findsDrag) = (10, true) }
    let first = RotorSearch(
      flights, by: equations, from: RotorSearch.scan(flights, by: equations, assumptions),
      assumptions, evaluations: evaluations)
    guard isExcited else { return first }
    return first.withInstruments(flights, evaluations: evaluations)
  }

  /// The logs, cut where they are few, so that parts can be left out.
  private static func pieces(of logs: [FlightLog]) -> [FlightLog] {
    guard logs.count < 4 else { return logs }
    return logs.flatMap { log in
      let count = max(1, min(6, Int(log.duration / 8)))
      let rows = log.times.count
      return (0..<count).map { log[rows: rows * $0 / count..<rows * ($0 + 1) / count] }
    }
  }

  /// The standard deviation of an estimate from those without each of its parts.
  private static func jackknife(_ values: [Double]) -> Double {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let sum = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return ((count - 1) / count * sum).squareRoot()
  }

  private static func halfRange(_ values: [Double]) -> Double {
    ((values.max() ?? .nan) - (values.min() ?? .nan)) / 2
  }
}
