import Betaflight
package import Configuration
import Control
package import Recording

extension ScenarioKeys {
  /// The columns of the tables that scenarios name, by the key that names them.
  package static let files: [(key: String, columns: [FileColumn])] = [
    ("drones[].reference.csv", SampledReference.columns),
    ("drones[].controller.replay", RecordedFlights.columns),
    ("drones[].controller.human.sticks", SticksRecording.columns),
    ("drones[].controller.betaflight.sticks", RadioRecording.columns),
  ]

  /// The page of all keys, as Markdown.
  package var page: String {
    let head = """
      # The keys of a scenario file

      Written by `swiftlet keys --markdown` from what reads the files; do not edit it. A `[]` stands for
      any element of a list. Of keys that are "one of these" one is there. In the terminal,
      `swiftlet keys NAME` shows the keys below one, such as `swiftlet keys wind`.

      """
    let files = Self.files.map { file in
      "## Columns of the file of `\(file.key)`\n\n"
        + Self.table(
          ["column", "unit", "what it is"],
          file.columns.map {
            ["`\($0.name)`", $0.unit, $0.summary + ($0.isOptional ? "; may be missing" : "")]
          })
    }
    return ([head] + sections.map(text) + files).joined(separator: "\n")
  }

  private func text(_ section: Section) -> String {
    let title = section.path.isEmpty ? "## The file" : "## `\(section.path)`"
    let rows = section.keys.map { key in
      ["`\(key.name)`", expected(key), usual(key), key.summary]
    }
    let summary = section.summary.isEmpty ? "" : "\(section.summary.capitalizedSentence).\n\n"
    let example = section.example.map { "\n```yaml\n\(Self.file($0))\n```\n" } ?? ""
    return "\(title)\n\n\(summary)"
      + Self.table(["key", "value", "by default", "what it is"], rows) + example
  }

  /// What holds where a key is not there.
  package func usual(_ key: KeyOutline.Key) -> String {
    key.isAlternative ? "one of these" : key.usual ?? "–"
  }

  /// An example as a whole file.
  package static func file(_ example: String) -> String {
    example.hasPrefix("version") ? example : "version: 1\n" + example
  }

  private static func table(_ head: [String], _ rows: [[String]]) -> String {
    ([head, head.map { _ in "---" }] + rows).map { row in
      "| \(row.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ")) |\n"
    }.joined()
  }
}

extension KeyOutline.Key {
  /// The key itself.
  package var name: String {
    path.lastIndex(of: ".").map { String(path[path.index(after: $0)...]) } ?? path
  }
}

extension String {
  fileprivate var capitalizedSentence: String { prefix(1).uppercased() + dropFirst() }
}
