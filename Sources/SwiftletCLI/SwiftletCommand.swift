import ArgumentParser
import Foundation
import Swiftlet

/// The command `swiftlet`.
@main
struct SwiftletCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "swiftlet",
    abstract: "Fly swarms of quadcopters: exactly, reproducibly, fast.",
    discussion: """
      Exit codes: 0 done, 1 a check failed, 2 bad input, 3 could not write.

      EXAMPLE: swiftlet fly Examples/circle.yaml
      """,
    version: SwiftletVersion.current,
    subcommands: [
      FlyCommand.self, ValidateCommand.self, CompareCommand.self, PlotCommand.self,
      PictureCommand.self, VideoCommand.self, ViewCommand.self, ModelsCommand.self,
      EffectsCommand.self, ControllersCommand.self, TasksCommand.self, RolloutCommand.self,
      TrainCommand.self, EvaluateCommand.self,
      BenchCommand.self,
    ])

  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let failure as CommandFailure {
      standardError(failure.message)
      exit(withErrorCode: failure.code)
    } catch {
      let message = fullMessage(for: error)
      let code = exitCode(for: error)
      if code == .success {
        print(message)
        exit(withErrorCode: 0)
      }
      if !message.isEmpty { standardError(message) }
      exit(withErrorCode: code == .validationFailure ? 2 : code.rawValue)
    }
  }

  private static func exit(withErrorCode code: Int32) -> Never { Foundation.exit(code) }
}

/// What ends a command early: a message for people, and a code for programs.
struct CommandFailure: Error {
  let message: String
  let code: Int32

  /// A check failed.
  static func check(_ message: String) -> CommandFailure { .init(message: message, code: 1) }
  /// The input is bad.
  static func input(_ message: String) -> CommandFailure { .init(message: message, code: 2) }
  /// Something could not be written.
  static func output(_ message: String) -> CommandFailure { .init(message: message, code: 3) }
}

/// Writes a line to standard error.
func standardError(_ line: String) {
  FileHandle.standardError.write(Data((line + "\n").utf8))
}
