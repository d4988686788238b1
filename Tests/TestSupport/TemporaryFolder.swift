package import Foundation

/// A folder of one test, deleted with its owner.
package final class TemporaryFolder: Sendable {
  package let url: URL

  package init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("swiftlet-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// The path of the folder.
  package var path: String { url.path }

  /// The path of a file in the folder.
  package func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  /// Writes a file, and gives its path.
  package func write(_ text: String, to name: String) throws -> String {
    try write(Data(text.utf8), to: name)
  }

  /// Writes a file, and gives its path.
  package func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
    try Data(bytes).write(to: url.appendingPathComponent(name))
    return path(name)
  }

  /// The names of all that is in the folder and the folders in it, sorted.
  package var contents: [String] {
    let names = FileManager.default.enumerator(atPath: url.path)?.allObjects ?? []
    return names.compactMap { $0 as? String }.sorted()
  }
}

/// The text of a file.
package func contents(_ path: String) throws -> String {
  try String(contentsOfFile: path, encoding: .utf8)
}
