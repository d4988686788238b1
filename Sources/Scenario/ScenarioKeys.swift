package import Configuration
import Foundation

/// All keys of scenario files, as the schema reads them, in the order in which they are read.
package struct ScenarioKeys: Sendable {
  /// The keys below one key.
  package struct Section: Sendable {
    /// The keys that lead here; empty for the file itself.
    package let path: String
    /// What is here.
    package let summary: String
    /// The keys.
    package let keys: [KeyOutline.Key]
    /// A scenario that has some of them, without its version.
    package let example: String?
  }

  /// The keys, in order.
  package let keys: [KeyOutline.Key]

  private let values: [String: KeyOutline.Key]

  /// The keys under which catalogues put their entries too.
  package init(catalogues: Catalogues = .standard) {
    keys = KeyOutline.keys { map in
      var schema = ScenarioSchema(catalogues: catalogues, folder: URL(fileURLWithPath: "/"))
      _ = schema.flight(&map, named: "the file's")
    }
    values = Dictionary(keys.map { ($0.path, $0) }) { first, _ in first }
  }

  /// What a key takes, in words, elements of lists included.
  package func expected(_ key: KeyOutline.Key) -> String {
    guard let element = values[key.path + "[]"] else { return key.expected }
    return "\(key.expected), each \(expected(element))"
  }

  /// The sections, each with an example.
  package var sections: [Section] {
    var paths: [String] = []
    var members: [String: [KeyOutline.Key]] = [:]
    for key in keys where !key.path.hasSuffix("[]") {
      let parent = key.path.parent
      if members[parent] == nil { paths.append(parent) }
      members[parent, default: []].append(key)
    }
    return paths.map { path in
      let owner = values[path.hasSuffix("[]") ? String(path.dropLast(2)) : path]
      return Section(
        path: path, summary: owner?.summary ?? "", keys: members[path] ?? [],
        example: Self.example(of: path))
    }
  }
}

extension ScenarioKeys {
  /// The example that has the most keys right below a path, and the shortest of those.
  private static func example(of path: String) -> String? {
    examples.map { example in (example, example.paths.count { $0.parent == path }) }
      .filter { $0.1 > 0 }
      .max { ($0.1, -$0.0.text.count) < ($1.1, -$1.0.text.count) }?.0.text
  }
}

extension String {
  /// The path of what holds this one's last key.
  fileprivate var parent: String {
    lastIndex(of: ".").map { String(self[..<$0]) } ?? ""
  }
}
