/// What is compared as one: a column, or the columns of an attitude.
struct ComparedChannel {
  let name: String
  let unit: String
  let columns: [String]

  /// All channels, in the order in which they are shown.
  static let all: [ComparedChannel] =
    ["x", "y", "z"].map { ComparedChannel(name: $0, unit: "m", columns: [$0]) }
    + [ComparedChannel(name: "attitude", unit: "1", columns: ["qx", "qy", "qz", "qw"])]
    + ["vx", "vy", "vz"].map { ComparedChannel(name: $0, unit: "m/s", columns: [$0]) }
    + ["wx", "wy", "wz"].map { ComparedChannel(name: $0, unit: "rad/s", columns: [$0]) }
    + (0..<4).map { ComparedChannel(name: "rpm\($0)", unit: "rev/min", columns: ["rpm\($0)"]) }
}

/// One file of a comparison.
struct ComparedFile {
  /// What the number of contacts is called, by us and by others.
  static let contactColumns = ["contacts", "n_contacts"]

  let file: TrajectoryFile

  init(_ file: TrajectoryFile) { self.file = file }

  /// A column of the file, with its name.
  typealias Column = (name: String, cells: TrajectoryTable.Cells)

  /// The columns of a channel; `nil` if one is missing.
  func columns(of channel: ComparedChannel) -> [Column]? {
    let found = channel.columns.compactMap(column)
    return found.count == channel.columns.count ? found : nil
  }

  /// The column that counts contacts, if there is one.
  var contacts: Column? { Self.contactColumns.lazy.compactMap(column).first }

  /// The numbers of some columns in a row.
  func numbers(_ columns: [Column], row: Int) throws(CSVError) -> [Double] {
    var numbers: [Double] = []
    for column in columns { numbers.append(try number(column, row: row)) }
    return numbers
  }

  /// The number of a column in a row.
  func number(_ column: Column, row: Int) throws(CSVError) -> Double {
    guard let number = column.cells[row] else {
      throw file.table.error(row, column.name, "", "a number")
    }
    return number
  }

  /// The time of a drone's first row with a contact; infinite if it has none. [s]
  func timeOfContact(ofDrone drone: Int) throws(CSVError) -> Double {
    guard let contacts else { return .infinity }
    for row in file.rows(ofDrone: drone) where try number(contacts, row: row) > 0 {
      return file.table["t"][row]
    }
    return .infinity
  }

  private func column(_ name: String) -> Column? {
    file.table.cells(name).map { (name, $0) }
  }
}

/// How many rows of a drone, from its first, match in both files.
struct MatchedSpan {
  let drone: Int
  let count: Int
}

/// The two files of a comparison.
struct ComparedPair {
  let first: ComparedFile
  let second: ComparedFile

  /// How far apart the times of matching rows may be. [s]
  static let tolerance = 1e-9

  /// The rows to compare; both files must have the same drones at the same times.
  func matchedSpans(untilContact: Bool) throws(CSVError) -> [MatchedSpan] {
    if untilContact, first.contacts == nil, second.contacts == nil {
      throw CSVError(
        file: first.file.table.path, line: 1, .missingColumns([.init(name: "contacts")]))
    }
    try requireSameDrones()
    var spans: [MatchedSpan] = []
    for drone in first.file.drones {
      let end =
        untilContact
        ? min(
          try first.timeOfContact(ofDrone: drone), try second.timeOfContact(ofDrone: drone))
        : .infinity
      let count = try matchedCount(drone, before: end - Self.tolerance)
      spans.append(MatchedSpan(drone: drone, count: count))
    }
    return spans
  }

  private func matchedCount(_ drone: Int, before end: Double) throws(CSVError) -> Int {
    let (a, b) = (first.file, second.file)
    let timesA = a.times(ofDrone: drone).prefix { $0 < end }
    let timesB = b.times(ofDrone: drone).prefix { $0 < end }
    switch firstUnmatched(Array(timesA), Array(timesB), Self.tolerance) {
    case .none: return timesA.count
    case .first(let i): throw a.unmatched(drone, i, b.table.path)
    case .second(let i): throw b.unmatched(drone, i, a.table.path)
    }
  }

  private func requireSameDrones() throws(CSVError) {
    let (a, b) = (first.file, second.file)
    if let extra = a.drones.first(where: { !b.drones.contains($0) }) {
      throw CSVError(file: b.table.path, .missingDrone(extra, other: a.table.path))
    }
    if let extra = b.drones.first(where: { !a.drones.contains($0) }) {
      throw CSVError(file: a.table.path, .missingDrone(extra, other: b.table.path))
    }
  }
}
