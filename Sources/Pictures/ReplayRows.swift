import Recording

/// The rows of a flight in the order of its page: instant by instant, drone by drone.
struct ReplayRows {
  /// Pages hold no more rows than this: beyond, instants are left out evenly. [–]
  static let mostRows = 240_000

  /// The numbers of a row, in the page's order; the page's script counts them too.
  static let columns = [
    "x", "y", "z", "qx", "qy", "qz", "qw", "vx", "vy", "vz", "rpm0", "rpm1", "rpm2", "rpm3",
    "ref_x", "ref_y", "ref_z", "contacts",
  ]

  /// The drones' indices in the file. [–]
  let drones: [Int]
  /// The instants. [s]
  let times: [Double]
  /// The rows; a reference that is absent is not a number.
  private(set) var numbers: [Float]
  /// The obstacles that move. [–]
  let movers: [Int]
  /// How they do: instant by instant, obstacle by obstacle.
  let motions: [Float]

  /// The rows of a flight whose drones are recorded at the same times.
  init(of flight: RecordedFlight) throws(CSVError) {
    let required = ["x", "y", "z"]
    let file = try TrajectoryFile(
      contentsOf: flight.trajectory, required: required,
      optional: Self.columns.filter { !required.contains($0) })
    let isWhole = !flight.isPartial
    if isWhole { try file.requireSharedTimes() }
    let rows = file.drones.map(file.rows(ofDrone:))
    // The last instant of a flight that was cut short may lack drones.
    let count = rows.map(\.count).min() ?? 0
    let moving = try ReplayMotions(of: flight)
    let width = rows.count + moving.obstacles.count
    let stride = max(1, (count * width + Self.mostRows - 1) / Self.mostRows)
    var instants = Array(Swift.stride(from: 0, to: count, by: stride))
    if let last = instants.last, last < count - 1 { instants.append(count - 1) }
    drones = file.drones
    times = instants.map { file.table["t"][rows[0][$0]] }
    (movers, motions) = (moving.obstacles, moving.numbers(at: times))
    numbers = []
    numbers.reserveCapacity(instants.count * rows.count * Self.columns.count)
    let columns = Self.columns.map { ReplayColumn($0, of: file.table) }
    for instant in instants {
      for own in rows {
        for column in columns.dropLast() { numbers.append(column[own[instant]]) }
        // A touch between two instants that are kept counts for the first.
        let until = min(instant + stride, count)
        numbers.append((instant..<until).map { columns[columns.count - 1][own[$0]] }.max() ?? 0)
      }
    }
  }
}

/// One column of a trajectory, with a value for cells that are empty.
private struct ReplayColumn {
  private let numbers: [Double]
  private let cells: TrajectoryTable.Cells?
  private let absent: Float

  init(_ name: String, of table: TrajectoryTable) {
    absent = name == "qw" ? 1 : name.hasPrefix("ref") ? .nan : 0
    cells = table.cells(name)
    numbers = ["x", "y", "z"].contains(name) ? table[name] : []
  }

  subscript(row: Int) -> Float {
    numbers.isEmpty ? cells?[row].map(Float.init) ?? absent : Float(numbers[row])
  }
}
