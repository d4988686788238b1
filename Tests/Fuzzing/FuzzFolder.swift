package import Foundation

/// A folder in which inputs become files, with files beside them that scenarios can name.
package final class FuzzFolder: Sendable {
  private let url: URL

  /// A new folder with copies of all inputs of a corpus: a folder with a folder for each target.
  package init(copying corpus: URL) throws {
    let files = FileManager.default
    url = files.temporaryDirectory.appendingPathComponent("swiftlet-fuzz-\(UUID().uuidString)")
    try files.createDirectory(at: url, withIntermediateDirectories: true)
    for name in ["csv", "obj", "stl", "urdf"] {
      let folder = corpus.appendingPathComponent(name)
      for file in try files.contentsOfDirectory(atPath: folder.path) {
        try files.copyItem(
          at: folder.appendingPathComponent(file), to: url.appendingPathComponent(file))
      }
    }
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// The path of a file in it.
  package func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  /// Writes a file in it, and returns its path.
  package func write(_ bytes: [UInt8], to name: String) -> String {
    let path = path(name)
    do { try Data(bytes).write(to: URL(fileURLWithPath: path)) } catch {
      fatalError("the fuzzer's own folder cannot be written to: \(error)")
    }
    return path
  }
}
