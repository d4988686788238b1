import Foundation

/// A firmware that runs as a program of this machine, until nobody needs it.
final class FirmwareProgram: Sendable {
  private let process: Process
  private let name: String

  /// How long it may take to begin. [s]
  private static let patience = 20.0

  /// Starts a program in a folder, without waiting for it.
  private init(_ path: String, in folder: FirmwareFolder) throws(BetaflightError) {
    name = path
    process = Process()
    process.executableURL = URL(fileURLWithPath: path).absoluteURL
    process.currentDirectoryURL = folder.url
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch {
      throw BetaflightError("\(path) does not start: \(error.localizedDescription)")
    }
  }

  deinit { end() }

  /// Whether it still runs.
  var isRunning: Bool { process.isRunning }

  private func end() {
    guard process.isRunning else { return }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// Starts a program, and waits until its command line answers.
  ///
  /// - Returns: The program, and its command line.
  static func start(
    _ path: String, in folder: FirmwareFolder
  ) throws(BetaflightError) -> (FirmwareProgram, CommandLine) {
    let program = try FirmwareProgram(path, in: folder)
    let end = ContinuousClock.now + .seconds(patience)
    while ContinuousClock.now < end, program.isRunning {
      if let line = CommandLine(), line.hasBegun(before: end) { return (program, line) }
      Thread.sleep(forTimeInterval: 0.05)
    }
    throw BetaflightError(
      program.isRunning
        ? "\(path) does not listen on port \(CommandLine.port) of 127.0.0.1"
        : "\(path) ended as it began; expected the SITL of Betaflight 4.6")
  }

  /// Has a program write its settings into a folder.
  static func configure(
    _ path: String, in folder: FirmwareFolder, _ settings: [String]
  ) throws(BetaflightError) {
    let (program, line) = try start(path, in: folder)
    try line.say("#")
    for setting in settings { try line.say("\(setting)\n") }
    try line.say("save\n", until: "Rebooting")
    // It writes the file before it ends.
    let end = ContinuousClock.now + .seconds(0.5)
    while program.isRunning, ContinuousClock.now < end { Thread.sleep(forTimeInterval: 0.02) }
  }
}
