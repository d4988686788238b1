package import FlightLogs
package import SpatialMath

/// A log that has all that prediction needs.
package struct LoggedMotion: Sendable {
  /// The log itself.
  package let log: FlightLog
  /// The times of the rows. [s]
  package var times: [Double] { log.times }
  let positions: [Vector<World, Double>]
  let attitudes: [RotationMatrix<Body, World, Double>]
  let velocities: [Vector<World, Double>]
  let rates: [Vector<Body, Double>]
  let voltages: [Double]
  /// The velocities along the body's axes. [m/s]
  let bodyVelocities: [Vector<Body, Double>]
  private let quaternions: [Rotation<Body, World, Double>]

  /// The log, unless it lacks position, attitude, velocity, rates or voltage.
  package init?(_ log: FlightLog) {
    guard let positions = log.positions, let quaternions = log.attitudes,
      let velocities = log.velocities, let rates = log.bodyRates, let voltages = log.voltages
    else { return nil }
    self.log = log
    (self.positions, self.velocities, self.rates) = (positions, velocities, rates)
    (self.voltages, self.quaternions) = (voltages, quaternions)
    attitudes = quaternions.map { RotationMatrix($0) }
    bodyVelocities = zip(attitudes, velocities).map { $0.inverse($1) }
  }

  /// How the drone moved at a time, along straight lines between rows. [s]
  package func state(at time: Double) -> MotionState {
    let row = lastRow(at: time)
    guard row + 1 < times.count, time > times[row] else { return state(ofRow: row) }
    let share = (time - times[row]) / (times[row + 1] - times[row])
    let (a, b) = (quaternions[row], quaternions[row + 1])
    let sign = a.x * b.x + a.y * b.y + a.z * b.z + a.w * b.w < 0 ? -1.0 : 1
    let q = a.zip(b) { $0 + share * (sign * $1 - $0) }.normalized
    return MotionState(
      position: positions[row] + share * (positions[row + 1] - positions[row]),
      attitude: RotationMatrix(q),
      velocity: velocities[row] + share * (velocities[row + 1] - velocities[row]),
      rates: rates[row] + share * (rates[row + 1] - rates[row]))
  }

  private func state(ofRow row: Int) -> MotionState {
    MotionState(
      position: positions[row], attitude: attitudes[row], velocity: velocities[row],
      rates: rates[row])
  }

  /// The last row that is not later than a time, or the first. [s]
  func lastRow(at time: Double) -> Int {
    var (low, high) = (0, times.count)
    while low < high {
      let middle = (low + high) / 2
      if times[middle] <= time + 1e-9 { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }
}

/// How a drone moves.
package struct MotionState: Sendable {
  /// The position. [m]
  package var position: Vector<World, Double>
  /// From body to world.
  package var attitude: RotationMatrix<Body, World, Double>
  /// The velocity. [m/s]
  package var velocity: Vector<World, Double>
  /// The body rates. [rad/s]
  package var rates: Vector<Body, Double>
}
