import Drone
import FlightLogs
import SpatialMath

/// The thrust of a model over its weight where a drone stands or flies slowly and level: 1 is right.
///
/// Rows above 0.4 m, slower than 0.6 m/s and 0.15 m/s in height, tilted by less than 0.15 rad, no pulse above
/// 65000; by the mean voltage of the second around each. The rotors' speeds are those of the model's lag:
/// its uneven rates make loud control weaker than its mean.
package struct HoverScore: Sendable {
  /// The rows between two voltages.
  package struct Bin: Sendable, Encodable {
    /// The lowest voltage; the highest is 0.2 V above. [V]
    package var voltage: Double
    /// How many rows. [–]
    package var rows: Int
    /// Thrust over weight. [–]
    package var ratio: Double
  }

  /// Thrust over weight of each row, with the voltage. [V, –]
  private var rows: [(voltage: Double, ratio: Double)] = []
  /// Thrust over weight of each flight that has such rows. [–]
  package private(set) var flights: [Double] = []

  private static let width = 0.2

  /// No flights yet.
  package init() {}

  /// The ratio over all rows; `nil` where there are none. [–]
  package var ratio: Double? { Self.mean(rows.map(\.ratio)) }

  /// Bins that hold at least a hundred rows.
  package var bins: [Bin] {
    Dictionary(grouping: rows) { Int((($0.voltage + 1e-9) / Self.width).rounded(.down)) }
      .filter { $0.value.count >= 100 }
      .map { number, rows in
        Bin(
          voltage: Double(number) * Self.width, rows: rows.count,
          ratio: Self.mean(rows.map(\.ratio)) ?? .nan)
      }
      .sorted { $0.voltage < $1.voltage }
  }

  /// Takes the flights of another score in.
  package mutating func add(_ other: HoverScore) {
    rows += other.rows
    flights += other.flights
  }

  /// The score of a flight; nothing where the log has no position, velocity or voltage.
  init(of log: FlightLog, rotors: RotorSignals) {
    guard let positions = log.positions, let velocities = log.velocities,
      let voltages = log.voltages
    else { return }
    let smooth = Self.smoothed(
      voltages, over: max(1, Int(min(Double(voltages.count), 1 / log.interval).rounded())))
    for row in log.times.indices {
      let cosine = log.attitudes.map { RotationMatrix($0[row]).zRow.z } ?? 1
      let (v, pulses) = (velocities[row], log.pulses[row].array)
      guard positions[row].z > 0.4, abs(v.z) < 0.15, v.norm < 0.6,
        pulses.allSatisfy({ $0 < 65_000 }), cosine > 0.15.sineAndCosine().cosine
      else { continue }
      let thrust = rotors.thrust.value(near: log.times[row]) * cosine
      rows.append((smooth[row], thrust / FlightEquations.gravity))
    }
    flights = Self.mean(rows.map(\.ratio)).map { [$0] } ?? []
  }

  private static func mean(_ numbers: [Double]) -> Double? {
    numbers.isEmpty ? nil : numbers.reduce(0, +) / Double(numbers.count)
  }

  /// The mean over some rows around each, as many as there are at the ends.
  private static func smoothed(_ column: [Double], over width: Int) -> [Double] {
    let sums = column.reduce(into: [0.0]) { $0.append($0[$0.count - 1] + $1) }
    return column.indices.map { row in
      let low = max(0, row - width / 2)
      let high = min(column.count, row + (width - 1) / 2 + 1)
      return (sums[high] - sums[low]) / Double(high - low)
    }
  }
}
