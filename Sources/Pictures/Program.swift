import Foundation

/// Another program, found on the PATH.
struct Program: Sendable {
  let path: String

  /// The first of some names that is on the PATH.
  init?(_ names: String...) {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let candidates = names.flatMap { name in folders.map { "\($0)/\(name)" } }
    guard let path = candidates.first(where: FileManager.default.isExecutableFile) else {
      return nil
    }
    self.path = path
  }

  /// What it is called.
  var name: String { URL(fileURLWithPath: path).lastPathComponent }

  /// Runs it to its end, with some bytes to read, and returns the bytes that it wrote.
  func run(_ arguments: [String], input: [UInt8]) throws(PictureError) -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    let (from, to) = (Pipe(), Pipe())
    (process.standardOutput, process.standardInput) = (from, to)
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch { throw .failedProgram(name, reason: "\(error)") }
    let writer = Thread {
      try? to.fileHandleForWriting.write(contentsOf: Data(input))
      try? to.fileHandleForWriting.close()
    }
    writer.start()
    let output = from.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw .failedProgram(name, reason: "it ended with \(process.terminationStatus)")
    }
    return [UInt8](output)
  }
}
