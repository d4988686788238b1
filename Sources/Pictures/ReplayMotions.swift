import Recording

/// How obstacles move in a flight, as its page has it.
struct ReplayMotions {
  /// The numbers of an obstacle at an instant, in the page's order; the page's script counts them too.
  static let columns = ["x", "y", "z", "qx", "qy", "qz", "qw"]

  /// The obstacles that move, as places among all of the world's. [–]
  let obstacles: [Int]

  private let table: TrajectoryTable?
  private let rows: [[Int]]

  /// The motions of a flight; none where nothing of it was recorded.
  init(of flight: RecordedFlight) throws(CSVError) {
    guard let path = flight.obstacles else {
      (obstacles, table, rows) = ([], nil, [])
      return
    }
    let table = try TrajectoryTable(
      contentsOf: path, required: ["t", "obstacle"] + Self.columns)
    var rows: [Int: [Int]] = [:]
    for (row, number) in table["obstacle"].enumerated() {
      guard let obstacle = Int(exactly: number), obstacle >= 0 else {
        throw table.error(row, "obstacle", "\(number)", "a whole number from 0 up")
      }
      rows[obstacle, default: []].append(row)
    }
    obstacles = rows.keys.sorted()
    self.rows = obstacles.compactMap { rows[$0] }
    self.table = table
  }

  /// The numbers at some rising times: instant by instant, obstacle by obstacle. [s]
  ///
  /// Each obstacle is where its last row before has it, or its first.
  func numbers(at times: [Double]) -> [Float] {
    guard let table else { return [] }
    let (recorded, columns) = (table["t"], Self.columns.map { table[$0] })
    var next = rows.map { _ in 0 }
    var numbers: [Float] = []
    numbers.reserveCapacity(times.count * rows.count * columns.count)
    for time in times {
      for (place, own) in rows.enumerated() {
        while next[place] + 1 < own.count, recorded[own[next[place] + 1]] <= time {
          next[place] += 1
        }
        for column in columns { numbers.append(Float(column[own[next[place]]])) }
      }
    }
    return numbers
  }
}
