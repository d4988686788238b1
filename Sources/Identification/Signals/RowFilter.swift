/// What makes signals of a log's rows comparable: even times, one band of frequencies, no ends.
struct RowFilter: Sendable {
  /// The rows that have a row on both sides.
  let rows: Range<Int>
  /// How many values a signal has once it is filtered; 0 where the log is too short, or its rows are too rare.
  let count: Int

  private let times: [Double]
  private let band: BandPass
  private let first: Int
  /// How many values at both ends are left out, and how long the start.
  private static let (edge, start) = (25, 0.5)

  /// A filter for a log with rows at some times. [s, Hz]
  init(times: [Double], band: ClosedRange<Double>) {
    rows = 1..<times.count - 1
    first = rows.first { times[$0] - times[0] >= Self.start } ?? rows.upperBound
    self.times = Array(times[first..<rows.upperBound])
    let interval =
      self.times.count > 1
      ? (self.times[self.times.count - 1] - self.times[0]) / Double(self.times.count - 1) : 1
    self.band = BandPass(band, interval: interval)
    let isFast = 2 * band.upperBound * interval < 1
    count = isFast ? max(0, self.times.count - 2 * Self.edge) : 0
  }

  /// The part of a signal, given at ``rows``, that lies in the band, at even times.
  func filter(_ signal: [Double]) -> [Double] {
    guard count > 0 else { return [] }
    return Array(
      band.filter(even(Array(signal[(first - rows.lowerBound)...])))[Self.edge..<Self.edge + count])
  }

  /// The times of what ``filter(_:)`` gives. [s]
  var filteredTimes: [Double] {
    guard count > 0 else { return [] }
    let step = (times[times.count - 1] - times[0]) / Double(times.count - 1)
    return (Self.edge..<Self.edge + count).map { times[0] + Double($0) * step }
  }

  /// The signal at even times, along straight lines.
  private func even(_ signal: [Double]) -> [Double] {
    let last = times.count - 1
    let step = (times[last] - times[0]) / Double(last)
    var row = 0
    return times.indices.map { index in
      let time = times[0] + Double(index) * step
      while row + 1 < last, times[row + 1] <= time { row += 1 }
      let share = (time - times[row]) / (times[row + 1] - times[row])
      return signal[row] + share * (signal[row + 1] - signal[row])
    }
  }
}
