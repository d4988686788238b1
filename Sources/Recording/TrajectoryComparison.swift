/// How far two flights are apart, channel by channel.
///
/// Rows are compared drone by drone at equal times, to 1e-9 s. A channel is a column, but for the
/// four of the attitude, which are one channel: as q and −q are the same attitude, the difference
/// is |q₁ − q₂| or |q₁ + q₂|, whichever is less, which is about half the angle in radians between
/// two attitudes that are near. Roll, pitch and yaw follow from it and are not compared.
package struct TrajectoryComparison: Sendable {
  /// How far one channel is apart.
  package struct Channel: Sendable, Hashable {
    /// The channel: a column's name, or `attitude`.
    package let name: String
    /// The unit of its differences.
    package let unit: String
    /// The largest magnitude of a difference. [unit]
    package fileprivate(set) var largest = 0.0
    /// The root of the mean square of all differences. [unit]
    package fileprivate(set) var rootMeanSquare = 0.0
    /// The drone of the largest difference. [–]
    package fileprivate(set) var drone = 0
    /// The time of the largest difference. [s]
    package fileprivate(set) var time = 0.0
  }

  /// The channels that both files have.
  package let channels: [Channel]
  /// The channels that a file lacks.
  package let skipped: [String]
  /// The number of pairs of rows that were compared. [–]
  package let rowCount: Int

  /// Compares two trajectory files.
  ///
  /// - Parameters:
  ///   - path: One file.
  ///   - otherPath: The other file.
  ///   - untilContact: Whether to compare the rows of a drone only up to its first contact in either
  ///     file, after which the smallest differences grow without bound.
  /// - Throws: What is wrong with a file, or the first row that has no counterpart.
  package init(
    _ path: String, _ otherPath: String, untilContact: Bool = false
  ) throws(CSVError) {
    let optional = ComparedChannel.all.flatMap(\.columns) + ComparedFile.contactColumns
    func read(_ path: String) throws(CSVError) -> ComparedFile {
      ComparedFile(try TrajectoryFile(contentsOf: path, optional: optional))
    }
    let pair = ComparedPair(first: try read(path), second: try read(otherPath))
    let spans = try pair.matchedSpans(untilContact: untilContact)
    rowCount = spans.reduce(0) { $0 + $1.count }

    var (channels, skipped): ([Channel], [String]) = ([], [])
    for channel in ComparedChannel.all {
      if let difference = try pair.difference(of: channel, over: spans) {
        channels.append(difference)
      } else {
        skipped.append(channel.name)
      }
    }
    guard rowCount > 0, !channels.isEmpty else { throw CSVError(file: path, .nothingToCompare) }
    (self.channels, self.skipped) = (channels, skipped)
  }

  /// Whether a channel is further apart than this, in its own unit.
  package func exceeds(_ tolerance: Double) -> Bool {
    channels.contains { !($0.largest <= tolerance) }
  }
}

extension ComparedPair {
  /// How far a channel is apart; `nil` if a file lacks it.
  fileprivate func difference(
    of channel: ComparedChannel, over spans: [MatchedSpan]
  ) throws(CSVError) -> TrajectoryComparison.Channel? {
    guard let a = first.columns(of: channel), let b = second.columns(of: channel) else {
      return nil
    }
    var result = TrajectoryComparison.Channel(name: channel.name, unit: channel.unit)
    var (sum, count) = (0.0, 0)
    for span in spans {
      let (rowsA, rowsB) = (
        first.file.rows(ofDrone: span.drone), second.file.rows(ofDrone: span.drone)
      )
      for i in 0..<span.count {
        let difference = distance(
          try first.numbers(a, row: rowsA[i]), try second.numbers(b, row: rowsB[i]))
        sum += difference * difference
        count += 1
        if count == 1 || difference > result.largest {
          (result.largest, result.drone) = (difference, span.drone)
          result.time = first.file.table["t"][rowsA[i]]
        }
      }
    }
    result.rootMeanSquare = (sum / Double(max(count, 1))).squareRoot()
    return result
  }

  /// The magnitude of the difference of two numbers, or of two attitudes.
  private func distance(_ a: [Double], _ b: [Double]) -> Double {
    guard a.count > 1 else { return abs(a[0] - b[0]) }
    func length(_ sign: Double) -> Double {
      var sum = 0.0
      for i in a.indices { sum += (a[i] - sign * b[i]) * (a[i] - sign * b[i]) }
      return sum.squareRoot()
    }
    return min(length(1), length(-1))
  }
}
