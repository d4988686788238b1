import Drone
import Foundation
import SpatialMath

/// What rotors of some lag explain of logs, and the constants that do it best.
struct Explanation: Sendable {
  /// The constants, but for those of the lag.
  private(set) var constants: [Constant: Double] = [:]
  /// What shares of roll, pitch, yaw and thrust are explained. [–]
  private(set) var explained: [InputResponse.Channel: Double] = [:]
  /// The mean squares of what is left of them.
  private(set) var variances: [InputResponse.Channel: Double] = [:]
  /// How well all is explained: less is better.
  private(set) var objective = 0.0

  /// What is held while the rest is searched.
  struct Assumptions: Sendable {
    /// The momentum term over that of the base, in roll and pitch. [–]
    var momentum: (roll: Double, pitch: Double) = (1, 1)
    /// The spread of rate damping about 1.2 1/s; `nil` to assume nothing. [1/s]
    var dampingSpread: Double? = 0.5
    /// Whether drag along z is found too: only where velocities are true.
    var findsDrag = false
    /// What is independent of the noise, and the variances to weigh by.
    var instruments: Instruments?
  }

  /// What is independent of the noise: columns at right angles, and the variances to weigh by.
  struct Instruments: Sendable {
    let columns: [[Double]]
    let variances: [InputResponse.Channel: Double]

    /// The part of a signal that instruments tell.
    func project(_ signal: [Double]) -> [Double] { columns.map { dot($0, signal) } }
  }

  /// Rows of this many count as one: neighbours are alike.
  private static let rowsAlike = 20.0
  private static let usualDamping = 1.2

  /// Explains flights.
  ///
  /// - Parameters:
  ///   - flights: The flights.
  ///   - equations: The base, with the lag to try.
  ///   - assumptions: What is held.
  init(_ flights: [FlightData], by equations: FlightEquations, _ assumptions: Assumptions) {
    let signals = flights.map { FilteredRotors($0, equations) }
    func logged(_ part: (FlightData) -> [Double]) -> [Double] { flights.flatMap(part) }
    func made(_ part: (FilteredRotors) -> [Double]) -> [Double] { signals.flatMap(part) }
    let (roll, pitch) = assumptions.momentum
    let (ix, iy) = (equations.inertia.x, equations.inertia.y)
    explain(
      .roll, zip(logged { $0.turns[0] }, made(\.momentumY)).map { $0 - roll * $1 / ix },
      by: [made(\.roll), logged { $0.velocities[1] }, logged { $0.rates[0].map { -$0 } }],
      as: [.rollGain, .rollSpeedMoment, .rollDamping], assumptions)
    explain(
      .pitch, zip(logged { $0.turns[1] }, made(\.momentumX)).map { $0 + pitch * $1 / iy },
      by: [
        made(\.pitch), logged { $0.velocities[0].map { -$0 } }, logged { $0.rates[1].map { -$0 } },
      ], as: [.pitchGain, .pitchSpeedMoment, .pitchDamping], assumptions)
    explain(
      .yaw, logged { $0.turns[2] }, by: [made(\.yaw), made(\.kick)],
      as: [.yawTorque, .rotorInertia], assumptions)
    explainThrust(
      logged { $0.forces[2] }, made(\.thrust), logged { $0.velocities[2] },
      lift: flights.reduce(0) { $0 + $1.lift }, climb: flights.reduce(0) { $0 + $1.climb },
      sum: signals.reduce(0) { $0 + $1.thrustSum }, assumptions)
    let sideways = Regression(
      logged { $0.forces[0] + $0.forces[1] },
      by: [logged { ($0.velocities[0] + $0.velocities[1]).map { -$0 } }])
    constants[.drag] = sideways.coefficients[0]
  }

  /// The momentum terms that these constants make, over those of the base.
  var momentum: (roll: Double, pitch: Double) {
    let scale = (constants[.rotorInertia] ?? 1) / (constants[.thrust] ?? 1)
    return (scale * (constants[.rollGain] ?? 1), scale * (constants[.pitchGain] ?? 1))
  }

  private mutating func explain(
    _ channel: InputResponse.Channel, _ y: [Double], by columns: [[Double]],
    as names: [Constant], _ assumptions: Assumptions
  ) {
    var fit = Regression(y, by: columns)
    if let instruments = assumptions.instruments {
      let projected = Regression(
        instruments.project(y), by: columns.map { instruments.project($0) })
      note(fit, channel)
      objective += projected.rest / (instruments.variances[channel] ?? 1)
      for (name, value) in zip(names, projected.coefficients) { constants[name] = value }
      return
    }
    if names.count == 3, let spread = assumptions.dampingSpread {
      let weight = Self.rowsAlike * fit.meanSquare / (spread * spread)
      fit = Regression(
        y, by: columns, prior: .init(index: 2, value: Self.usualDamping, weight: weight))
      let off = (fit.coefficients[2] - Self.usualDamping) / spread
      objective += off * off
    }
    note(fit, channel)
    objective += Double(fit.count) / Self.rowsAlike * log(fit.meanSquare)
    for (name, value) in zip(names, fit.coefficients) { constants[name] = value }
  }

  /// Thrust over mass by its mean, and how well it then explains the band.
  private mutating func explainThrust(
    _ y: [Double], _ thrust: [Double], _ climb: [Double], lift: Double, climb climbSum: Double,
    sum: Double, _ assumptions: Assumptions
  ) {
    var drag = 0.0
    var scale = lift / sum
    if assumptions.findsDrag {
      for _ in 0..<3 {
        let rest = zip(y, thrust).map { $0 - scale * $1 }
        drag = Regression(rest, by: [climb.map { -$0 }]).coefficients[0]
        scale = (lift + drag * climbSum) / sum
      }
    }
    constants[.thrust] = scale
    var rest = 0.0
    for row in y.indices {
      let left = y[row] - scale * thrust[row] + drag * climb[row]
      rest += left * left
    }
    explained[.thrust] = 1 - rest / dot(y, y)
    variances[.thrust] = rest / Double(y.count)
    if let instruments = assumptions.instruments {
      objective += rest / (instruments.variances[.thrust] ?? 1)
    } else {
      objective += Double(y.count) / Self.rowsAlike * log(rest / Double(y.count))
    }
  }

  private mutating func note(_ fit: Regression, _ channel: InputResponse.Channel) {
    explained[channel] = fit.explained
    variances[channel] = fit.meanSquare
  }
}

/// What rotors of some lag make of a flight, in the band.
private struct FilteredRotors {
  let (roll, pitch, yaw, kick, thrust): ([Double], [Double], [Double], [Double], [Double])
  /// h ω_y and h ω_x.
  let (momentumY, momentumX): ([Double], [Double])
  /// The sum of thrust over the rows. [m/s²]
  let thrustSum: Double

  init(_ flight: FlightData, _ equations: FlightEquations) {
    let rotors = RotorSignals(following: flight.commands, equations, by: .midpoint)
    func means(_ signal: GridSignal) -> [Double] { flight.differences.means(of: signal) }
    func filtered(_ signal: GridSignal) -> [Double] { flight.filter.filter(means(signal)) }
    (roll, pitch) = (filtered(rotors.roll), filtered(rotors.pitch))
    (yaw, kick) = (filtered(rotors.yaw), filtered(rotors.kick))
    let plain = means(rotors.thrust)
    thrust = flight.filter.filter(plain)
    thrustSum = plain.reduce(0, +)
    let h = means(rotors.momentum)
    momentumY = flight.filter.filter(zip(h, flight.plainRates[1]).map { $0 * $1 })
    momentumX = flight.filter.filter(zip(h, flight.plainRates[0]).map { $0 * $1 })
  }
}
