import Configuration
import ArgumentParser
import Scenario
import Swiftlet

/// `swiftlet keys`.
struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "Explain the keys of scenario files.",
    discussion: """
      Each key with what it takes, what holds without it, what it is, and an example.

      EXAMPLES:
        swiftlet keys
        swiftlet keys wind
        swiftlet keys circle
      """)

  @Argument(help: "A key; without one, the keys of the file itself, and of drones and the world.")
  var name: String?

  @Flag(help: "Print the page of all keys, as Markdown.")
  var markdown = false

  func run() throws {
    let keys = ScenarioKeys()
    guard !markdown else { return try standardOutput(keys.page.trimmedEnd) }
    let sections = keys.sections
    let shown = sections.filter { section in
      guard let name else { return ["", "drones[]", "world"].contains(section.path) }
      return section.path.withoutElements == name.withoutElements
        || section.path.steps.contains(name) || section.keys.contains { $0.name == name }
    }
    guard let name, shown.isEmpty else {
      return try standardOutput(
        shown.map { text($0, of: keys, all: name != nil) }.joined(separator: "\n\n"))
    }
    let names = Set(keys.keys.map { $0.name.withoutElements }).sorted()
    throw CommandFailure.input(
      unknown("key", name, among: names, else: "'swiftlet keys' lists the first of them"))
  }

  private func text(
    _ section: ScenarioKeys.Section, of keys: ScenarioKeys, all: Bool
  ) -> String {
    var table = TextTable(["  key", "value", "by default", "what it is"])
    for key in section.keys {
      table.append(["  " + key.name, keys.expected(key), keys.usual(key), key.summary])
    }
    let title = section.path.isEmpty ? "the file" : section.path
    let summary = section.summary.isEmpty ? "" : ": " + section.summary
    let example = section.example.map { "\n\n" + ScenarioKeys.file($0).indented } ?? ""
    return "\(title)\(summary)\n\(table.text)" + (all ? example : "")
  }
}

extension String {
  /// The keys of a path, without what marks elements.
  fileprivate var steps: [String] {
    split(separator: ".").map { String($0).withoutElements }
  }

  fileprivate var withoutElements: String { replacing("[]", with: "") }

  fileprivate var indented: String {
    split(separator: "\n", omittingEmptySubsequences: false).map { "    " + $0 }
      .joined(separator: "\n")
  }

  fileprivate var trimmedEnd: String { hasSuffix("\n") ? String(dropLast()) : self }
}
