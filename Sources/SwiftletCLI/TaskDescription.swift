import Foundation
import Swiftlet

/// The description of a task for those who train on it.
struct TaskDescription {
  private let name: String
  private let setup: TaskSetup
  private let contract: TaskContract
  private let agentCount: Int

  init(_ task: some DroneTask, name: String) {
    (self.name, setup, contract) = (name, task.setup, task.contract)
    agentCount = task.agentCount
  }

  /// The description, in lines.
  var text: String {
    (["\(name): \(contract.summary)", ""] + rules + [""] + action + [""] + observation + images)
      .joined(separator: "\n")
  }

  private var rules: [String] {
    let limit = "after \(setup.stepLimit) steps, \(format(setup.timeLimit)) s"
    let cut = contract.truncated.isEmpty ? limit : "\(limit); \(contract.truncated)"
    var lines = [
      ("drones", "\(agentCount) \(setup.model.name)"),
      ("rates", "\(setup.physicsFrequency) Hz physics, \(setup.controlFrequency) Hz actions"),
      ("start", contract.start), ("varied", setup.randomisation.description),
      ("noise", setup.noise.description),
      ("reward", contract.reward), ("terminated", contract.terminated), ("truncated", cut),
    ]
    lines.removeAll { $0.1.isEmpty }
    return lines.map { pad($0.0, to: 13) + $0.1 }
  }

  private var action: [String] {
    let count = setup.actionMode.count
    return ["action       a drone: \(count) of -1 to 1"]
      + rows(from: [(count, setup.actionMode.description)])
  }

  private var observation: [String] {
    let parts = setup.observation.map { part in
      let isTasks = if case .features = part { !contract.features.isEmpty } else { false }
      return (
        part.count(actionCount: setup.actionMode.count),
        isTasks ? contract.features : part.description
      )
    }
    let sensors = setup.sensors.map { ($0.count, $0.description) }
    let isBounded = setup.observation.allSatisfy { $0 != .gpdState }
    let bounds = isBounded ? " of -1 to 1" : ", the state without bounds, all else from -1 to 1"
    return ["observation  a drone: \(setup.observationCount)\(bounds)"]
      + rows(from: parts + sensors)
  }

  private var images: [String] {
    guard let camera = setup.camera else { return [] }
    let lines = zip(camera.spaces, camera.images).map { space, part in
      "  " + pad("\(space)", to: 33) + part.description
    }
    return ["", "images       a drone: \(camera.frequency) frames a second"] + lines
  }

  /// A line for each part: its columns, counted from 0, and what they hold.
  private func rows(from parts: [(count: Int, meaning: String)]) -> [String] {
    var first = 0
    return parts.map { part in
      let last = first + part.count - 1
      let columns = part.count > 1 ? "\(first)...\(last)" : "\(first)"
      first += part.count
      return "  " + pad(columns, to: 11) + part.meaning
    }
  }

  private func pad(_ word: String, to width: Int) -> String {
    word + String(repeating: " ", count: max(1, width - word.count))
  }

  private func format(_ number: Double) -> String { String(format: "%g", number) }
}

extension TaskSetup {
  /// How many numbers a drone sees. [–]
  var observationCount: Int {
    observation.reduce(0) { $0 + $1.count(actionCount: actionMode.count) }
      + sensors.reduce(0) { $0 + $1.count }
  }
}
