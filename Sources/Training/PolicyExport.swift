import Configuration
import Files
import Foundation
package import Learning
import Parameters
import TaskFiles
package import Tasks
import Workers

/// A policy as a file for other programs: ONNX, or a header of C99.
package struct PolicyExport: Sendable {
  /// A kind of file, by the ending of its name.
  package enum Format: String, Sendable, CaseIterable, Encodable {
    /// ONNX.
    case onnx
    /// A header of C99.
    case h
  }

  /// Where the file goes.
  package let path: String
  /// What it is.
  package let format: Format
  private let policy: Policy
  private let network: Int
  private let weights: CSource.Weights
  /// What names in the header begin with.
  private let name: String

  /// A file to be written.
  ///
  /// - Parameters:
  ///   - policy: The policy.
  ///   - path: Where the file goes; its ending says of what format it is.
  ///   - network: Which of the networks of a policy that has one for each drone.
  ///   - weights: How a header keeps weights.
  ///   - name: What names in a header begin with; the name of the file if `nil`.
  /// - Throws: `LearningError` for what there is not, and what the format has not.
  package init(
    _ policy: Policy, to path: String, network: Int? = nil, weights: CSource.Weights = .float,
    name: String? = nil
  ) throws(LearningError) {
    let file = URL(fileURLWithPath: path)
    guard let format = Format(rawValue: file.pathExtension) else {
      throw .badOption(
        "\(path): the name of the file says what to write; expected one that ends with .onnx or .h")
    }
    guard network != nil || policy.networkCount == 1 else {
      throw .badOption(
        "the policy has \(policy.networkCount) networks, one for each drone of its task, and a file "
          + "holds one; say which by network, 0 to \(policy.networkCount - 1)")
    }
    guard format == .h || weights == .float && name == nil else {
      throw .badOption(
        "\(path): \(name == nil ? "weights of 8 bits are" : "a name is") for headers of C (.h)")
    }
    (self.policy, self.path, self.format) = (policy, path, format)
    (self.network, self.weights) = (network ?? 0, weights)
    self.name = name ?? Self.name(of: file.deletingPathExtension().lastPathComponent)
  }

  /// A file's name as names in C are written.
  private static func name(of file: String) -> String {
    let word = String(file.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    return word.first?.isLetter == true ? word : "policy_" + word
  }

  /// Writes the file, which appears whole or not at all.
  ///
  /// - Parameter tasks: What names of tasks stand for: a header says what its numbers mean.
  /// - Returns: What was written.
  /// - Throws: `LearningError` where it cannot be written, `TrainingError` or `InvalidConfiguration` where the task
  ///   that the policy learned is none.
  @discardableResult
  package func write(tasks: TaskCatalogue = .standard) throws -> Report {
    switch format {
    case .onnx:
      try policy.writeONNX(to: path, network: network)
      return Report(path: path, format: format, cost: nil, rounding: nil)
    case .h: return try writeHeader(tasks)
    }
  }

  private func writeHeader(_ tasks: TaskCatalogue) throws -> Report {
    let source = try CSource(policy, network: network, weights: weights, name: name)
    let word = policy.metadata["task"] ?? ""
    guard tasks[word] != nil else {
      throw TrainingError.unfit("it learned '\(word.excerpt)', and there is no such task")
    }
    let task = try TrainedPolicy.task(of: policy, from: "its task", tasks: tasks).task
    try TaskSignature(of: task, named: word).check(policy)
    let rounding = weights == .float ? nil : try self.rounding(in: task)
    let notes = PolicyNotes(task, named: word, prefix: name, cost: source.cost, rounding: rounding)
    let text = Array(source.text(notes: notes.lines, rate: task.setup.controlFrequency).utf8)
    do throws(OutputFault) { try writeWholeFile(text.span, to: path) } catch {
      throw LearningError.file(path: path, reason: "it could not be written: \(error.reason)")
    }
    return Report(path: path, format: format, cost: source.cost, rounding: rounding)
  }

  private func rounding(in task: some DroneTask) throws -> RoundingDifference {
    try RoundingDifference(of: policy, network: network, in: task, pool: ThreadPool())
  }

  /// What was written.
  package struct Report: Sendable, Hashable, Encodable {
    /// Where.
    package let path: String
    /// What.
    package let format: Format
    /// What evaluating a header takes.
    package let cost: CSource.Cost?
    /// What weights of eight bits change.
    package let rounding: RoundingDifference?
  }
}
