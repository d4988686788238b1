import Files
import Foundation

/// The table of a training run: a row an iteration.
struct LearningTable {
  private let path: String
  private let file: FileHandle

  static let columns = [
    "steps", "seconds", "return", "length", "evaluation", "policy_loss", "value_loss", "entropy",
    "divergence", "clip_fraction", "explained_variance", "deviation", "learning_rate",
  ]

  /// The table at a path, with the rows that it has up to a number of steps, and none after.
  ///
  /// - Parameters:
  ///   - path: Where it is.
  ///   - steps: After how many steps of the run to go on.
  /// - Throws: `TrainingError` where it cannot be written.
  init(path: String, upTo steps: Int) throws(TrainingError) {
    let old = try Self.text(ofFile: path)
    let rows = old.split(separator: "\n").dropFirst().filter { row in
      let cells = row.split(separator: ",", omittingEmptySubsequences: false)
      return cells.count == Self.columns.count && (Int(cells[0]) ?? .max) <= steps
    }
    let text = ([Self.columns.joined(separator: ",")[...]] + rows).joined(separator: "\n") + "\n"
    do {
      let bytes = Array(text.utf8)
      try writeWholeFile(bytes.span, to: path)
      file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      _ = try file.seekToEnd()
    } catch let fault as OutputFault {
      throw .file(path: path, reason: "it could not be written: \(fault.reason)")
    } catch {
      throw .file(path: path, reason: "it could not be written: \(error.localizedDescription)")
    }
    self.path = path
    secondsBefore =
      rows.last.flatMap { Double($0.split(separator: ",")[1]) } ?? 0
  }

  /// What a table holds so far; nothing where there is none.
  private static func text(ofFile path: String) throws(TrainingError) -> String {
    do throws(FileFault) {
      let bytes = try contents(ofFile: path, atMost: InputLimits.metadataBytes)
      return String(decoding: bytes, as: UTF8.self)
    } catch {
      guard error == .missing else { throw .unfit("\(path): \(error)") }
      return ""
    }
  }

  /// How long the run had taken until then. [s]
  let secondsBefore: Double

  /// Adds a row; what is not known stays empty.
  mutating func append(steps: Int, _ values: [Double?]) throws(TrainingError) {
    let cells = values.map { value in value.map { String(format: "%.7g", $0) } ?? "" }
    do {
      try file.write(contentsOf: Data("\(steps),\(cells.joined(separator: ","))\n".utf8))
    } catch {
      throw .file(path: path, reason: "it could not be written: \(error.localizedDescription)")
    }
  }
}
