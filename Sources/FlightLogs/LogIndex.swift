import Files
import Foundation

/// What stands beside logs in a file `flights.csv`: which law flew each, in columns `file` and `controller`.
package struct LogIndex: Sendable {
  private let laws: [String: String]

  /// The index of a log's folder; of nothing where there is none.
  package init(besideLog path: String) {
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let file = (folder + ["flights.csv"]).joined(separator: "/")
    let bytes = (try? contents(ofFile: file, atMost: InputLimits.scenarioBytes)) ?? []
    let rows = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    guard let names = rows.first, let log = names.firstIndex(of: "file"),
      let law = names.firstIndex(of: "controller")
    else {
      laws = [:]
      return
    }
    let full = rows.dropFirst().filter { $0.count == names.count }
    laws = Dictionary(full.map { ($0[log], $0[law]) }) { first, _ in first }
  }

  /// The law that flew a log, by the log's name, if the index says so.
  package func law(ofLog name: String) -> String? { laws[name] }
}
