import Foundation

/// The command `swiftlet`, as a person runs it.
struct Command {
  /// What a run of it left behind.
  struct Outcome {
    var code: Int32
    var output: String
    var error: String

    /// The lines of standard error.
    var errorLines: [String] { error.split(separator: "\n").map(String.init) }
  }

  /// The root of the repository.
  static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The program, beside the tests.
  static let program: URL = {
    let tests = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let beside = tests.appendingPathComponent("swiftlet")
    return FileManager.default.isExecutableFile(atPath: beside.path)
      ? beside : repository.appendingPathComponent(".build/release/swiftlet")
  }()

  /// Runs a program to its end.
  ///
  /// - Parameters:
  ///   - program: The program.
  ///   - arguments: What it is told.
  ///   - folder: Where it runs.
  /// - Returns: What it left behind.
  /// - Throws: What keeps the program from starting.
  static func run(
    _ program: URL, _ arguments: [String], in folder: URL = repository
  ) throws -> Outcome {
    let (process, output, error) = (Process(), Pipe(), Pipe())
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.standardOutput = output
    process.standardError = error
    try process.run()
    // One after the other: nothing here writes enough to standard error to fill a pipe.
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let complaint = error.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      code: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
      error: String(decoding: complaint, as: UTF8.self))
  }

  /// Runs `swiftlet` with these words.
  static func swiftlet(_ arguments: String..., in folder: URL = repository) throws -> Outcome {
    try run(program, arguments, in: folder)
  }
}
