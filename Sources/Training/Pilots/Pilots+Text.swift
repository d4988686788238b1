package import Foundation
import Learning
package import Tasks

extension Pilots {
  /// What may stand behind the drone of a setting.
  package static let words = "learner, pid, random, random:SEED, zero, FILE.csv or a policy"

  /// The pilots that some settings ask for, such as `1=pid`, `0-2=runs/mine` or `2=flight/actions.csv`; a later
  /// one counts before an earlier one.
  ///
  /// - Parameters:
  ///   - settings: A drone or a range of drones, an equals sign, and who flies: ``words``.
  ///   - task: The task.
  ///   - name: What the task is called.
  ///   - folder: Where relative paths start.
  /// - Throws: ``TrainingError`` with the setting, what is wrong with it and what was expected.
  package init(
    _ settings: [String], of task: some DroneTask, named name: String,
    from folder: URL = URL(fileURLWithPath: ".")
  ) throws(TrainingError) {
    self.init(agentCount: task.agentCount)
    let signature = TaskSignature(of: task, named: name)
    for setting in settings {
      do {
        let (drones, word) = try Self.parts(of: setting, agentCount: task.agentCount)
        let pilot = try Self.pilot(
          word, drones: drones, setup: task.setup, from: folder)
        if case .policy(let policy, _) = pilot { try signature.check(policy) }
        for drone in drones { self[drone] = pilot }
      } catch { throw .unfit("pilot \(setting.prefix(200)): \(error)") }
    }
  }

  /// Copies all files that pilots come from into the folder of a training run.
  ///
  /// - Returns: The settings that ask for the same pilots by the copies, seen from that folder; `nil` where whoever
  ///   plays flies all drones.
  func keep(in folder: TrainingFolder) throws -> [String]? {
    guard !areAllOwn else { return nil }
    try FileManager.default.createDirectory(
      atPath: folder.pilots, withIntermediateDirectories: true)
    return try pilots.enumerated().map { drone, pilot in
      let copy = "\(folder.pilots)/drone-\(drone)"
      switch pilot {
      case .policy(let policy, _):
        try policy.write(to: copy + ".safetensors")
        return "\(drone)=pilots/drone-\(drone).safetensors"
      case .recorded(let recording):
        try FileManager.default.copyItem(atPath: recording.path, toPath: copy + ".csv")
        return "\(drone)=pilots/drone-\(drone).csv"
      case .own, .rule, .past: return "\(drone)=\(pilot.name)"
      }
    }
  }

  /// The drones of a setting, and who flies them.
  private static func parts(
    of setting: String, agentCount: Int
  ) throws(TrainingError) -> (ClosedRange<Int>, String) {
    let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let bounds = parts[0].split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, !parts[1].isEmpty, (1...2).contains(bounds.count),
      let first = bounds[0], let last = bounds[bounds.count - 1], first <= last
    else {
      throw .unfit("expected DRONE=PILOT or FIRST-LAST=PILOT, with \(words)")
    }
    guard first >= 0, last < agentCount else {
      let known = agentCount == 1 ? "0" : "0 to \(agentCount - 1)"
      throw .unfit("there is no drone \(last); expected \(known)")
    }
    return (first...last, String(parts[1]))
  }

  private static func pilot(
    _ word: String, drones: ClosedRange<Int>, setup: TaskSetup, from folder: URL
  ) throws -> Pilot {
    if word == "learner" { return .own }
    if let rule = TaskPolicy(rawValue: word) { return .rule(rule, seed: 0) }
    if word.hasPrefix("random:") {
      guard let seed = UInt64(word.dropFirst("random:".count)) else {
        throw TrainingError.unfit("the seed of chance is a whole number from 0 on")
      }
      return .rule(.random, seed: seed)
    }
    guard !word.hasSuffix(".csv") else {
      return .recorded(
        try ActionRecording(
          contentsOf: URL(fileURLWithPath: word, relativeTo: folder).path, drones: drones,
          actionCount: setup.actionMode.count, period: setup.period))
    }
    do { return .policy(try TrainedPolicy.load(word, from: folder), name: word) } catch {
      guard case .file = error, !word.contains("/") else { throw error }
      throw TrainingError.unfit("\(error); expected \(words)")
    }
  }
}
