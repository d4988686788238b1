import Foundation
import Testing

/// A real flight, column by column.
struct LoggedFlight: CustomTestStringConvertible {
  let file: String
  let source: String
  let airframe: String
  private let columns: [String: [Double]]

  var testDescription: String { file }

  /// A column; NaN where its cell is empty. [SI, as its name says]
  subscript(name: String) -> [Double] { columns[name] ?? [] }

  private init(folder: URL, file: String, source: String, airframe: String) throws {
    (self.file, self.source, self.airframe) = (file, source, airframe)
    let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
    let lines = text.split(separator: "\n")
    let names = lines[0].split(separator: ",").map(String.init)
    var values = names.map { _ in [Double]() }
    for line in lines.dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      for (column, cell) in cells.enumerated() { values[column].append(Double(cell) ?? .nan) }
    }
    columns = Dictionary(uniqueKeysWithValues: zip(names, values))
  }

  /// All flights of the collection beside the repository where there is one, and whether there is; the few
  /// that live here otherwise.
  static let (all, isWholeCollection): ([LoggedFlight], Bool) = {
    let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let beside = here.appendingPathComponent("../../../shared/data/flights").standardizedFileURL
    let own = here.appendingPathComponent("Fixtures/flights")
    let found = flights(in: beside)
    return found.isEmpty ? (flights(in: own), false) : (found, true)
  }()

  private static func flights(in folder: URL) -> [LoggedFlight] {
    let index = folder.appendingPathComponent("flights.csv")
    guard let text = try? String(contentsOf: index, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").dropFirst().compactMap { line in
      let cells = line.split(separator: ",").map(String.init)
      return try? LoggedFlight(
        folder: folder, file: cells[0], source: cells[1], airframe: cells[2])
    }
  }
}
