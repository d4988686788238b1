import FlightLogs
import SpatialMath

/// What changes from the row before to the row after, and the mean of signals in between.
struct RowDifferences: Sendable {
  let times: [Double]
  let rows: Range<Int>

  /// How fast a column changes at each row.
  func slopes(_ column: [Double]) -> [Double] {
    rows.map { (column[$0 + 1] - column[$0 - 1]) / (times[$0 + 1] - times[$0 - 1]) }
  }

  /// The mean of a signal about a row.
  func mean(of signal: GridSignal, at row: Int) -> Double {
    signal.mean(from: times[row - 1], to: times[row + 1])
  }

  /// The means of a signal about each row.
  func means(of signal: GridSignal) -> [Double] { rows.map { mean(of: signal, at: $0) } }

  /// The mean of a column about each row, by Simpson's rule.
  func means(_ column: [Double]) -> [Double] {
    rows.map { (column[$0 - 1] + 4 * column[$0] + column[$0 + 1]) / 6 }
  }

  /// The acceleration without gravity along the body's z axis that velocities show. [m/s²]
  func lifts(_ motion: BodyMotion) -> [Double] { accelerations(motion).map(\.z) }

  /// The acceleration without gravity along the body's axes that velocities show. [m/s²]
  func accelerations(_ motion: BodyMotion) -> [Vector<Body, Double>] {
    rows.map { row in
      let change = motion.velocities[row + 1] - motion.velocities[row - 1]
      let a = change / (times[row + 1] - times[row - 1])
      return motion.attitudes[row].inverse(a + Vector(0, 0, FlightEquations.gravity))
    }
  }
}

/// The velocities of a log, and how it stood.
struct BodyMotion: Sendable {
  let velocities: [Vector<World, Double>]
  let attitudes: [RotationMatrix<Body, World, Double>]
  /// The velocities along the body's axes. [m/s]
  let bodyVelocities: [Vector<Body, Double>]

  /// Those of a log that has both.
  init?(_ log: FlightLog) {
    guard let velocities = log.velocities, let attitudes = log.attitudes else { return nil }
    self.velocities = velocities
    self.attitudes = attitudes.map { RotationMatrix($0) }
    bodyVelocities = zip(self.attitudes, velocities).map { $0.inverse($1) }
  }
}
