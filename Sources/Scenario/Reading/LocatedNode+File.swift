import Foundation

extension LocatedNode {
  /// The scenario in a file.
  package init(file path: String) throws(InvalidScenario) {
    try self.init(yaml: try Self.text(ofFile: path), from: .file(path, line: nil))
  }

  private static func text(ofFile path: String) throws(InvalidScenario) -> String {
    let data = try contents(ofFile: path)
    guard data.count <= largestFile else {
      throw InvalidScenario(
        at: .file(path, line: nil), "is larger than \(largestFile / 1_000_000) MB")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw InvalidScenario(at: .file(path, line: nil), "is not text in UTF-8")
    }
    return text
  }

  /// The bytes of a file, one more than a scenario may have at most: devices have no end.
  private static func contents(ofFile path: String) throws(InvalidScenario) -> Data {
    let location = SourceLocation.file(path, line: nil)
    var isFolder: ObjCBool = false
    guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw InvalidScenario(at: location, "there is no such file")
    }
    guard !isFolder.boolValue else {
      throw InvalidScenario(at: location, "is a folder", expected: "a file")
    }
    do {
      let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      defer { try? file.close() }
      return try file.read(upToCount: largestFile + 1) ?? Data()
    } catch {
      throw InvalidScenario(at: location, "cannot be read")
    }
  }
}
