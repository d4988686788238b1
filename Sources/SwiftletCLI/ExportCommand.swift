import ArgumentParser
import Foundation
import Swiftlet

/// `swiftlet export`.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a learned policy for other programs: ONNX or C.",
    discussion: """
      FILE.onnx is a model for onnxruntime and its like. FILE.h is a header of C99 for firmware: constants and \
      one function, without libraries or heap; its first lines say what each number of an observation and an action \
      means. Normalisation and bounds are inside both.

      EXAMPLES:
        swiftlet export hover -o hover.onnx
        swiftlet export hover -o hover.h
        swiftlet export runs/mine/best.safetensors -o pilot.h --int8 --name pilot
        swiftlet export runs/four -o second.h --network 1
      """)

  @Argument(
    help:
      "A policy file, the folder of a training run, or the name of a policy that comes with the package.",
    completion: .file(extensions: ["safetensors"]))
  var policy: String

  @Option(
    name: .shortAndLong,
    help: "The file to write; its ending, .onnx or .h, says what.", completion: .file())
  var output: String

  @Flag(help: "Keep the weights of a header in 8 bits, a quarter of the size.")
  var int8 = false

  @Option(
    parsing: .unconditional,
    help: "Which network, of a policy that has one for each drone; counted from 0.")
  var network: Int?

  @Option(help: "What all names in a header begin with. (default: the name of the file)")
  var name: String?

  @Flag(help: "Print what was written as JSON.")
  var json = false

  func validate() throws {
    for ending in ["mcap", "parquet"] where output.lowercased().hasSuffix("." + ending) {
      throw ValidationError(
        """
        \(output): flights are exported by the command of the Python package; type: \
        pip install 'swiftlet[\(ending)]', and then: python -m swiftlet export RUN -o \(output)
        """)
    }
  }

  func run() throws {
    do {
      let export = try PolicyExport(
        TrainedPolicy.load(policy), to: output, network: network, weights: int8 ? .int8 : .float,
        name: name)
      let report = try export.write()
      if json { try printJSON(report) } else { try standardOutput(report.text) }
    } catch let error as InvalidConfiguration {
      throw CommandFailure.input(error.description)
    } catch { throw CommandFailure(error, in: error is TrainingError ? policy : nil) ?? error }
  }
}

extension PolicyExport.Report {
  /// What was written, for people.
  fileprivate var text: String {
    guard let cost else { return path }
    var lines = [
      path,
      "  size       \(cost.constantBytes.grouped) bytes of constants, \(cost.stackBytes.grouped) of stack",
      "  an action  \(cost.multiplyAdds.grouped) multiply-adds, \(cost.tanhs.grouped) tanh",
    ]
    if let rounding {
      lines.append(
        String(
          format:
            "  rounding   changes a number of an action by at most %.4f, %.5f in root mean square",
          rounding.largest, rounding.rootMeanSquare))
      lines.append(
        "             (of -1 to 1; over \(rounding.observationCount.grouped) observations of its own flights)"
      )
    }
    return lines.joined(separator: "\n")
  }
}
