import ArgumentParser
import Foundation
import Swiftlet
import SwiftletAssets

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
      PictureCommand.self, VideoCommand.self, ViewCommand.self, ServeCommand.self,
      ModelsCommand.self,
      EffectsCommand.self, ControllersCommand.self, ReferencesCommand.self, SensorsCommand.self,
      KeysCommand.self,
      TasksCommand.self, RolloutCommand.self, TrainCommand.self, EvaluateCommand.self,
      ExportCommand.self,
      ScoreCommand.self, IdentifyCommand.self, BenchCommand.self,
    ])

  static func main() {
    prepareStandardStreams()
    do {
      var command = try parseAsRoot()
      // Help is a command of ArgumentParser's own, and needs no data.
      if let missing = AssetFolder.missing,
        String(reflecting: type(of: command)).hasPrefix("Swiftlet")
      {
        throw CommandFailure.output(missing)
      }
      try command.run()
    } catch let failure as CommandFailure {
      if !failure.message.isEmpty { standardError(failure.message) }
      exit(withErrorCode: failure.code)
    } catch {
      let message = fullMessage(for: error)
      let code = exitCode(for: error)
      if code == .success {
        do throws(CommandFailure) { try standardOutput(message) } catch {
          if !error.message.isEmpty { standardError(error.message) }
          exit(withErrorCode: error.code)
        }
        exit(withErrorCode: 0)
      }
      if !message.isEmpty { standardError(message) }
      exit(withErrorCode: code == .validationFailure ? 2 : code.rawValue)
    }
  }

  private static func exit(withErrorCode code: Int32) -> Never { Foundation.exit(code) }
}

/// Prints a value as JSON, with sorted keys.
func printJSON(_ value: some Encodable) throws {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  try standardOutput(String(decoding: try encoder.encode(value), as: UTF8.self))
}
