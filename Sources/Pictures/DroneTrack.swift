import Plotting
import Recording

/// The rows of one drone, column by column.
struct DroneTrack {
  /// Its index in the file. [–]
  let drone: Int
  /// Which of the figure's colours it has. [–]
  let color: Int

  private let table: NumberTable
  private let rows: [Int]

  /// The drones of a table, in the order of their indices.
  static func all(in table: NumberTable, firstColor: Int) -> [DroneTrack] {
    var rows: [Int: [Int]] = [:]
    for (row, number) in (table["drone"] ?? []).enumerated() {
      if let drone = Int(exactly: number) { rows[drone, default: []].append(row) }
    }
    return rows.keys.sorted().enumerated().map { index, drone in
      DroneTrack(
        drone: drone, color: firstColor + index, table: table, rows: rows[drone] ?? [])
    }
  }

  /// The numbers of a column times a factor, NaN in its gaps; empty where there is none.
  func values(_ column: String, times factor: Double = 1) -> [Double] {
    guard let numbers = table[column] else { return [] }
    return rows.map { factor * numbers[$0] }
  }

  /// The angles of a column in degrees, with a gap where one jumps from one end of the circle to
  /// the other.
  func degrees(_ column: String) -> [Double] {
    var angles = values(column, times: 180 / .pi)
    for i in angles.indices.dropFirst().reversed() where abs(angles[i] - angles[i - 1]) > 180 {
      angles[i] = .nan
    }
    return angles
  }

  /// Whether it has a reference.
  var hasReference: Bool { values("ref_x").contains { !$0.isNaN } }

  /// How far it was from where it should have been. [m]
  var trackingError: [Double] {
    guard hasReference else { return [] }
    var squares = [Double](repeating: 0, count: rows.count)
    for axis in ["x", "y", "z"] {
      let (actual, reference) = (values(axis), values("ref_" + axis))
      guard reference.count == actual.count else { return [] }
      for i in squares.indices {
        squares[i] += (actual[i] - reference[i]) * (actual[i] - reference[i])
      }
    }
    return squares.map { $0.squareRoot() }
  }
}
