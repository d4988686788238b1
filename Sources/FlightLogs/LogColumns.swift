import Drone
import Recording
import SpatialMath

/// The columns of a log by the names of ``FlightLog``, whatever the file calls them.
struct LogColumns {
  /// The path of the file, as it was given.
  let path: String
  /// The numbers, NaN where a cell is empty.
  private let columns: [String: [Double]]
  /// Where a row stands in the file, such as `log.csv:17`.
  private let place: @Sendable (Int) -> String

  static let names =
    [
      "t", "x", "y", "z", "qx", "qy", "qz", "qw", "vx", "vy", "vz", "wx", "wy", "wz", "ax", "ay",
      "az",
    ] + pulseNames + ["vbat", "ref_x", "ref_y", "ref_z", "ref_yaw", "exc0", "exc1", "exc2", "exc3"]
  static let pulseNames = ["pwm0", "pwm1", "pwm2", "pwm3"]

  init(
    path: String, columns: [String: [Double]], place: @escaping @Sendable (Int) -> String
  ) {
    (self.path, self.columns, self.place) = (path, columns, place)
  }

  /// The columns of a CSV file.
  init(table path: String) throws(FlightLogError) {
    let required = ["t"] + Self.pulseNames
    let table: TrajectoryTable
    do throws(CSVError) {
      table = try TrajectoryTable(
        contentsOf: path, required: required,
        optional: Self.names.filter { !required.contains($0) })
    } catch { throw FlightLogError(error.description) }
    var columns: [String: [Double]] = [:]
    for name in Self.names {
      if required.contains(name) {
        columns[name] = table[name]
      } else if let cells = table.cells(name) {
        columns[name] = cells.map { $0 ?? .nan }
      }
    }
    self.init(path: path, columns: columns) { "\(path):\(table.line(ofRow: $0))" }
  }

  /// The numbers of a column; `nil` where there are none.
  func numbers(_ name: String) throws(FlightLogError) -> [Double]? {
    guard let column = columns[name], column.contains(where: { !$0.isNaN }) else { return nil }
    if let row = column.firstIndex(where: \.isNaN) {
      throw FlightLogError(
        "\(place(row)): column \"\(name)\": is empty; expected a number, as in other rows")
    }
    return column
  }

  /// Three columns as vectors; `nil` unless all are there.
  func vectors<F: Frame>(
    _ x: String, _ y: String, _ z: String
  ) throws(FlightLogError) -> [Vector<F, Double>]? {
    for name in [x, y, z] {
      try check(name, numbers(name), "a number within a million") { abs($0) <= 1e6 }
    }
    guard let x = try numbers(x), let y = try numbers(y), let z = try numbers(z) else { return nil }
    return x.indices.map { Vector(x[$0], y[$0], z[$0]) }
  }

  /// Four columns as numbers of the rotors; `nil` unless all are there.
  func perRotor(
    _ a: String, _ b: String, _ c: String, _ d: String
  ) throws(FlightLogError) -> [PerRotor<Double>]? {
    guard let a = try numbers(a), let b = try numbers(b), let c = try numbers(c),
      let d = try numbers(d)
    else { return nil }
    return a.indices.map { PerRotor(a[$0], b[$0], c[$0], d[$0]) }
  }

  /// Refuses the first number that is not what it should be.
  func check(
    _ name: String, _ column: [Double]?, _ expected: String, _ isGood: (Double) -> Bool
  ) throws(FlightLogError) {
    guard let column, let row = column.firstIndex(where: { !isGood($0) }) else { return }
    throw error(row, name, column[row], expected)
  }

  /// The error of a row that holds something else than it should.
  func error(
    _ row: Int, _ name: String, _ value: Double, _ expected: String
  ) -> FlightLogError {
    FlightLogError("\(place(row)): column \"\(name)\": \(value) is not \(expected)")
  }
}
