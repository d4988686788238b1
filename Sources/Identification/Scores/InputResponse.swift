package import Drone
package import FlightLogs
import SpatialMath

/// What share of logged acceleration between 0.5 and 10 Hz a model explains from the pulses.
///
///     R² = 1 − Σ (y − p)² / Σ y²
///
/// with the acceleration y that gyro and velocity (or the accelerometer) show from row to row, and the mean p of
/// the model over the same time. Nothing is fitted, and feedback hardly spoils it.
package struct InputResponse: Sendable {
  /// What is explained.
  package enum Channel: String, Sendable, CaseIterable, Encodable {
    /// Angular acceleration about x.
    case roll
    /// About y.
    case pitch
    /// About z.
    case yaw
    /// Acceleration along the body's z axis.
    case thrust
  }

  /// One channel of one log, in the band.
  package struct Series: Sendable, Encodable {
    /// The log's name.
    package let log: String
    /// What is explained.
    package let channel: Channel
    /// When. [s]
    package let times: [Double]
    /// What was logged. [rad/s² or m/s²]
    package let logged: [Double]
    /// What the model makes of the pulses. [rad/s² or m/s²]
    package let explained: [Double]
  }

  private var sums: [Channel: (rest: Double, all: Double)] = [:]
  /// Log by log, channel by channel.
  package private(set) var series: [Series] = []

  /// No flights yet.
  package init() {}

  /// R² of a channel; `nil` where no log has it. [–]
  package subscript(channel: Channel) -> Double? {
    sums[channel].flatMap { $0.all > 0 ? 1 - $0.rest / $0.all : nil }
  }

  /// R² of the channels that logs have, by their names. [–]
  var shares: [String: Double] {
    let found = Channel.allCases.compactMap { channel in
      self[channel].map { (channel.rawValue, $0) }
    }
    return Dictionary(uniqueKeysWithValues: found)
  }

  /// Takes the flights of another response in.
  package mutating func add(_ other: InputResponse) {
    for (channel, sum) in other.sums {
      let known = sums[channel] ?? (0, 0)
      sums[channel] = (known.rest + sum.rest, known.all + sum.all)
    }
    series += other.series
  }

  private mutating func add(_ new: Series) {
    let (y, p) = (new.logged, new.explained)
    let known = sums[new.channel] ?? (0, 0)
    let rest = zip(y, p).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    sums[new.channel] = (known.rest + rest, known.all + y.reduce(0) { $0 + $1 * $1 })
    series.append(new)
  }

  /// The response of a model to a log's pulses.
  ///
  /// - Parameters:
  ///   - log: The log.
  ///   - model: The model.
  ///   - voltage: The battery's voltage, where the log does not say it. [V]
  /// - Throws: ``IdentificationError`` where model or log do not say what is needed.
  package init(
    of log: FlightLog, by model: QuadcopterModel, voltage: Double? = nil
  ) throws(IdentificationError) {
    let equations = try FlightEquations(model)
    let rotors = RotorSignals(
      following: try RotorCommands(log, by: equations.line, voltage: voltage), equations)
    self.init(of: log, rotors: rotors, equations)
  }

  /// The response of a flight; nothing where the log has no body rates.
  ///
  /// - Parameters:
  ///   - log: The log.
  ///   - rotors: What the model's rotors do under its pulses.
  ///   - equations: The model.
  init(of log: FlightLog, rotors: RotorSignals, _ equations: FlightEquations) {
    guard let w = log.bodyRates else { return }
    let filter = RowFilter(times: log.times, band: 0.5...10)
    guard filter.count > 0 else { return }
    let motion = BodyMotion(log)
    let differences = RowDifferences(times: log.times, rows: filter.rows)
    let turns = filter.rows.map { row in
      let mean = (1 / 3) * (w[row - 1] + w[row] + w[row + 1])
      let h = differences.mean(of: rotors.momentum, at: row)
      return equations.response(
        velocity: motion?.bodyVelocities[row] ?? .zero, rates: mean, momentum: h)
        - equations.damping.scaled(by: mean)
    }
    func add(_ channel: Channel, _ y: [Double], _ p: [Double]) {
      self.add(
        Series(
          log: log.name, channel: channel, times: filter.filteredTimes, logged: filter.filter(y),
          explained: filter.filter(p)))
    }
    let (roll, pitch) = (differences.means(of: rotors.roll), differences.means(of: rotors.pitch))
    add(.roll, differences.slopes(w.map(\.x)), zip(roll, turns).map { $0 + $1.x })
    add(.pitch, differences.slopes(w.map(\.y)), zip(pitch, turns).map { $0 + $1.y })
    let (yaw, kick) = (differences.means(of: rotors.yaw), differences.means(of: rotors.kick))
    add(.yaw, differences.slopes(w.map(\.z)), zip(zip(yaw, kick), turns).map { $0.0 + $0.1 + $1.z })
    let thrust = differences.means(of: rotors.thrust)
    if let motion {
      let drag = filter.rows.map { equations.drag.z * motion.bodyVelocities[$0].z }
      add(.thrust, differences.lifts(motion), zip(thrust, drag).map { $0 - $1 })
    } else if let a = log.accelerations {
      add(.thrust, filter.rows.map { a[$0].z }, thrust)
    }
  }
}
