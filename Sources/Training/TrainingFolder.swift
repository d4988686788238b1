import Files
import Foundation

/// The files of a training run.
public struct TrainingFolder: Sendable, Hashable {
  /// Where it is.
  package let path: String

  /// The folder at a path.
  public init(path: String) { self.path = path }

  /// What is learned and how, as JSON.
  package var configuration: String { path + "/training.json" }
  /// All that goes on depends on, as of the last save.
  package var checkpoint: String { path + "/checkpoint.safetensors" }
  /// The policy of the best evaluation.
  package var best: String { path + "/best.safetensors" }
  /// The policy of the last iteration.
  package var last: String { path + "/last.safetensors" }
  /// A row an iteration.
  package var table: String { path + "/learning.csv" }
  /// Where the policies and recordings of other pilots are kept.
  var pilots: String { path + "/pilots" }
  /// Where past policies are kept.
  var pool: String { path + "/pool" }

  /// The policy of after some iterations.
  package func pastPolicy(after iteration: Int) -> String {
    "\(pool)/iteration-\(iteration).safetensors"
  }

  /// How it ended, as JSON.
  package var summary: String { path + "/summary.json" }

  /// A file of curves for TensorBoard that begins now.
  func events(at time: Date) -> String {
    "\(path)/events.out.tfevents.\(Int(time.timeIntervalSince1970 * 1000)).swiftlet"
  }

  /// Reads the configuration of a run that has begun.
  ///
  /// - Returns: The configuration.
  /// - Throws: `unfit`, with the file, where there is no run, none that has saved anything yet, or one
  ///   whose numbers make no sense.
  package func readConfiguration() throws(TrainingError) -> TrainingConfiguration {
    var bytes: [UInt8] = []
    do {
      bytes = try contents(ofFile: configuration, atMost: InputLimits.metadataBytes)
      let decoded = try JSONDecoder().decode(TrainingConfiguration.self, from: Data(bytes))
      do { try decoded.validate() } catch {
        throw TrainingError.unfit("\(configuration): \(error)")
      }
      guard FileManager.default.isReadableFile(atPath: checkpoint) else {
        throw TrainingError.unfit("\(checkpoint): there is no checkpoint; begin anew")
      }
      return decoded
    } catch let error as TrainingError {
      throw error
    } catch let fault as FileFault {
      throw .unfit("\(configuration): \(fault); is this the folder of a training run?")
    } catch {
      throw .unfit("\(configuration)\(TrainingFileFault(error, in: bytes))")
    }
  }

  /// Writes something as JSON, at once.
  func write(_ value: some Encodable, to path: String) throws(TrainingError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      let bytes = [UInt8](try encoder.encode(value))
      try writeWholeFile(bytes.span, to: path)
    } catch let fault as OutputFault {
      throw .file(path: path, reason: "it could not be written: \(fault.reason)")
    } catch {
      throw .file(path: path, reason: "it could not be written: \(error.localizedDescription)")
    }
  }
}
