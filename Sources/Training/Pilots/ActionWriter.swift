package import Gym
package import Recording
package import Tasks

/// Writes what the drones of an environment do, as ``ActionRecording`` reads it.
package struct ActionWriter: ~Copyable {
  private var file: NumberWriter
  private var stepCount = 0
  private let period: Double

  /// Begins a file in the folder of an episode.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - setup: What the actions are of.
  /// - Throws: Why the file cannot be made.
  package init(in folder: RunFolder, of setup: TaskSetup) throws(RecordingError) {
    period = setup.period
    file = try NumberWriter(
      named: ActionRecording.fileName, in: folder,
      columns: ActionRecording.columns(actionCount: setup.actionMode.count))
  }

  /// Writes the actions of the drones of the first environment that took part in the last step, within their
  /// bounds.
  package mutating func append(_ batch: borrowing StepBatch) throws(RecordingError) {
    let width = batch.layout.actionCount
    let rows = batch.layout.rows(of: 0).filter { batch.participations[$0] }
    guard !rows.isEmpty else { return }
    try file.append(
      rows.map { row in
        let action = (0..<width).map { batch.actions[row * width + $0] }
        return [Double(stepCount) * period, Double(row)]
          + action.map { Double(min(max($0, -1), 1)) }
      })
    stepCount += 1
  }

  /// Makes sure that every row is on the disk, and gives the file its name.
  package consuming func finish() throws(RecordingError) { try file.finish() }
}
