import Foundation
import Recording

/// The actions of drones in an episode, step by step: a CSV file with the columns `t` [s], `drone`, `a0`, `a1` and
/// so on, and a row for each step that a drone took part in.
package struct ActionRecording: Sendable, Hashable {
  /// The name of the file in the folder of a recorded episode.
  package static let fileName = "actions.csv"

  /// The path of the file.
  package let path: String
  private let actionCount: Int
  /// How long an action lasts. [s]
  private let period: Double
  /// The actions of each drone, one after the other. [–]
  private var actions: [Int: [Float]] = [:]

  /// The columns of actions of so many numbers.
  package static func columns(actionCount: Int) -> [String] {
    ["t", "drone"] + (0..<actionCount).map { "a\($0)" }
  }

  /// Reads a recording.
  ///
  /// - Parameters:
  ///   - path: The path of the file.
  ///   - drones: The drones whose actions are asked for.
  ///   - actionCount: How many numbers an action has.
  ///   - period: How long an action lasts. [s]
  /// - Throws: ``TrainingError`` with the file, the line, what is wrong there and what was expected.
  package init(
    contentsOf path: String, drones: ClosedRange<Int>, actionCount: Int, period: Double
  ) throws(TrainingError) {
    let table: NumberTable
    do throws(CSVError) { table = try NumberTable(contentsOf: path) } catch {
      throw .unfit(error.description)
    }
    (self.path, self.actionCount, self.period) = (path, actionCount, period)
    var columns: [[Double]] = []
    for name in Self.columns(actionCount: actionCount) {
      guard let column = table[name] else {
        throw .unfit("\(path): there is no column \(name) of numbers")
      }
      columns.append(column)
    }
    for row in 0..<table.rowCount { try take(row, of: columns) }
    for drone in drones where actions[drone] == nil {
      throw .unfit("\(path): there are no actions of drone \(drone)")
    }
  }

  /// Takes in a row of a table.
  private mutating func take(_ row: Int, of columns: [[Double]]) throws(TrainingError) {
    func fault(_ column: Int, _ expected: String) -> TrainingError {
      let name = Self.columns(actionCount: actionCount)[column]
      return .unfit("\(path):\(row + 2): \(name): \(columns[column][row]); expected \(expected)")
    }
    guard let drone = Int(exactly: columns[1][row]), drone >= 0 else {
      throw fault(1, "the number of a drone")
    }
    let step = (actions[drone]?.count ?? 0) / actionCount
    let time = Double(step) * period
    guard abs(columns[0][row] - time) < 0.01 * period else {
      throw fault(0, "\(time) s, the time of step \(step) of drone \(drone)")
    }
    for column in columns.indices.dropFirst(2) {
      guard (-1...1).contains(columns[column][row]) else {
        throw fault(column, "a number from -1 to 1")
      }
      actions[drone, default: []].append(Float(columns[column][row]))
    }
  }

  /// Writes what a drone did in a step; after the end of the recording, what it did last.
  func write(_ step: Int, of drone: Int, into action: inout MutableSpan<Float>) {
    guard let numbers = actions[drone] else { return }
    let first = min(step * actionCount, numbers.count - actionCount)
    for column in 0..<actionCount { action[column] = numbers[first + column] }
  }
}
