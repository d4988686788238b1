import Drone
import FlightLogs
import SpatialMath

/// A log, ready to be compared with rotors of any lag: what it shows of accelerations, in one band.
struct FlightData: Sendable {
  /// Where pulses lead, at 1 ms.
  let commands: RotorCommands
  let filter: RowFilter
  let differences: RowDifferences
  /// Angular accelerations, in the band. [rad/s²]
  let turns: [[Double]]
  /// Body rates in the band, averaged over the same times. [rad/s]
  let rates: [[Double]]
  /// Velocities along the body's axes in the band, averaged over the same times. [m/s]
  let velocities: [[Double]]
  /// Accelerations without gravity along the body's axes, in the band. [m/s²]
  let forces: [[Double]]
  /// The sums over the rows of acceleration and velocity along z. [m/s², m/s]
  let (lift, climb): (Double, Double)
  /// Body rates as they are. [rad/s]
  let plainRates: [[Double]]
  /// What excites the drone and what it is asked for, in the band, in many delays.
  let instruments: [[Double]]

  private static let band = 0.2...10.0

  /// The data of a log; `nil` where it is too short or lacks something.
  init?(_ log: FlightLog, _ equations: FlightEquations) {
    guard let motion = LoggedMotion(log), let body = BodyMotion(log) else { return nil }
    let filter = RowFilter(times: log.times, band: Self.band)
    guard filter.count > 100 else { return nil }
    let differences = RowDifferences(times: log.times, rows: filter.rows)
    commands = RotorCommands(
      log, voltages: motion.voltages, by: equations.line, step: 0.001)
    let (w, u) = (motion.rates.columns, motion.bodyVelocities.columns)
    turns = w.map { filter.filter(differences.slopes($0)) }
    plainRates = w.map { differences.means($0) }
    rates = plainRates.map { filter.filter($0) }
    let speeds = u.map { differences.means($0) }
    velocities = speeds.map { filter.filter($0) }
    let plainForces = differences.accelerations(body).columns
    forces = plainForces.map { filter.filter($0) }
    lift = plainForces[2].reduce(0, +)
    climb = speeds[2].reduce(0, +)
    (self.filter, self.differences) = (filter, differences)
    instruments = Self.instruments(log, filter)
  }

  /// Excitations 0, 3, … 39 rows later, and setpoints 0, 20, … 140 rows later; none without excitations.
  private static func instruments(_ log: FlightLog, _ filter: RowFilter) -> [[Double]] {
    guard let excitations = log.excitations else { return [] }
    var columns = (0..<4).flatMap { rotor in
      stride(from: 0, through: 39, by: 3).map { delay in
        filter.rows.map { excitations[max(0, $0 - delay)][rotor] }
      }
    }
    for setpoints in log.setpoints?.columns ?? [] {
      for delay in stride(from: 0, through: 140, by: 20) {
        columns.append(filter.rows.map { setpoints[max(0, $0 - delay)] })
      }
    }
    return columns.map { filter.filter($0) }
  }
}

extension [Vector<Body, Double>] {
  /// The components of vectors, axis by axis.
  fileprivate var columns: [[Double]] { [map(\.x), map(\.y), map(\.z)] }
}

extension [Vector<World, Double>] {
  /// The components of vectors, axis by axis.
  fileprivate var columns: [[Double]] { [map(\.x), map(\.y), map(\.z)] }
}
