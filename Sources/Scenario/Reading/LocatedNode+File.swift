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
    // unsafe: C reads the path.
    let descriptor = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw InvalidScenario(at: location, "cannot be read") }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    while bytes.count <= largestFile {
      guard isReady(descriptor) else {
        throw InvalidScenario(
          at: location, "is a pipe that nothing came out of for \(longestWait) s",
          expected: "a file")
      }
      var chunk = [UInt8](repeating: 0, count: 1 << 16)
      // unsafe: C writes into the array's own bytes, no more than it has.
      let count = unsafe chunk.withUnsafeMutableBytes {
        unsafe Foundation.read(descriptor, $0.baseAddress, $0.count)
      }
      guard count >= 0 else { throw InvalidScenario(at: location, "cannot be read") }
      guard count > 0 else { break }
      bytes += chunk[..<count]
    }
    return Data(bytes)
  }

  /// How long a pipe may take to write. [s]
  private static let longestWait = 5

  /// Whether a file has something to read, or its end, at once or soon.
  private static func isReady(_ descriptor: Int32) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    // unsafe: C fills the struct that it is given.
    return unsafe poll(&request, 1, Int32(longestWait * 1000)) > 0
  }
}
