import Foundation

/// A firmware that runs as a program of this machine, until nobody needs it.
final class FirmwareProgram: Sendable {
  /// How long it may take to begin. [s]
  static let patience = 20.0

  /// The path of the program.
  let path: String

  private let process: Process
  /// Its folder stays as long as it runs.
  private let folder: FirmwareFolder

  /// Starts a program in a folder, without waiting for it.
  ///
  /// - Parameters:
  ///   - path: The path of the program.
  ///   - folder: Where it runs.
  ///   - environment: Variables beside those of this process.
  ///   - input: What it reads, which is then its own; nothing by default.
  /// - Throws: ``BetaflightError`` where it does not start.
  init(
    _ path: String, in folder: FirmwareFolder, _ environment: [String: String] = [:],
    input: FileHandle? = nil
  ) throws(BetaflightError) {
    (self.path, self.folder) = (path, folder)
    process = Process()
    process.executableURL = URL(fileURLWithPath: path).absoluteURL
    process.currentDirectoryURL = folder.url
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = input ?? FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch {
      throw BetaflightError("\(path) does not start: \(error.localizedDescription)")
    }
    try? input?.close()
  }

  deinit { end() }

  /// Whether it still runs.
  var isRunning: Bool { process.isRunning }

  /// Waits until it has ended by itself, or ends it. [s]
  func end(after time: Double) {
    let end = ContinuousClock.now + .seconds(time)
    while isRunning, ContinuousClock.now < end { Thread.sleep(forTimeInterval: 0.01) }
    self.end()
  }

  private func end() {
    guard process.isRunning else { return }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
}
