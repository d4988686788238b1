package import Configuration
public import Foundation
public import Learning
import SwiftletAssets
package import TaskFiles
package import Tasks

/// The policies that come with the package.
public enum TrainedPolicy {
  /// Their names.
  public static var names: [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: Assets.policies.path)) ?? []
    return files.filter { $0.hasSuffix(".safetensors") }
      .map { String($0.dropLast(".safetensors".count)) }.sorted()
  }

  /// Where a policy's file keeps its task.
  static let documentKey = "task_document"

  /// The task that a policy learned, as its file has it; of files that do not say it, the task of that
  /// name in the catalogue.
  ///
  /// - Parameters:
  ///   - policy: The policy.
  ///   - origin: What to call the file in messages.
  ///   - settings: Values to put in the place of the file's.
  ///   - tasks: What names of tasks stand for.
  /// - Returns: The task.
  /// - Throws: All that is wrong with the task or the settings.
  package static func task(
    of policy: Policy, from origin: String, settings: [String] = [],
    tasks: TaskCatalogue = .standard
  ) throws(InvalidConfiguration) -> TaskSpecification {
    if let document = policy.metadata[documentKey] {
      return try TaskSpecification(
        encoded: document, from: origin, settings: settings, tasks: tasks)
    }
    let drones = policy.metadata["drones"].flatMap(Int.init)
    let keys = drones.map { "{drones: \($0)}" } ?? "{}"
    return try TaskSpecification(
      named: policy.metadata["task"] ?? "", json: keys, settings: settings, tasks: tasks)
  }

  /// Reads a policy, checked wholly.
  ///
  /// - Parameters:
  ///   - name: The path of a file or of the folder of a training run, whose best policy counts, or the name of a policy that comes with the package.
  ///   - folder: Where a relative path starts.
  /// - Returns: The policy.
  /// - Throws: `LearningError` where there is none, or the file is damaged.
  public static func load(
    _ name: String, from folder: URL = URL(fileURLWithPath: ".")
  ) throws(LearningError) -> Policy {
    if names.contains(name) {
      return try Policy(
        contentsOf: Assets.policies.appendingPathComponent(name + ".safetensors").path)
    }
    let path = URL(fileURLWithPath: name, relativeTo: folder).path
    guard name.contains("/") || FileManager.default.fileExists(atPath: path) else {
      throw .file(
        path: name,
        reason: AssetFolder.missing
          ?? "there is no such file, nor a policy of that name; there are "
          + names.joined(separator: ", "))
    }
    var isFolder: ObjCBool = false
    // unsafe: Foundation writes the flag while it is called.
    _ = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    guard isFolder.boolValue else { return try Policy(contentsOf: path) }
    let best = TrainingFolder(path: path).best
    guard FileManager.default.fileExists(atPath: best) else {
      throw .file(
        path: name, reason: "it is a folder without best.safetensors; name a policy file")
    }
    return try Policy(contentsOf: best)
  }
}
