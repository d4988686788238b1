import Foundation
import Swiftlet

/// The description of a task for those who train on it.
struct TaskDescription {
  private let name: String
  private let setup: TaskSetup
  private let contract: TaskContract
  private let agentCount: Int
  private let actionColumns, observationColumns: [RowColumns]

  init(_ task: some DroneTask, name: String) {
    (self.name, setup, contract) = (name, task.setup, task.contract)
    agentCount = task.agentCount
    (actionColumns, observationColumns) = (task.actionColumns, task.observationColumns)
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
    ["action       a drone: \(setup.actionMode.count) of -1 to 1"] + actionColumns.lines
  }

  private var observation: [String] {
    let isBounded = setup.observation.allSatisfy { $0 != .gpdState }
    let bounds = isBounded ? " of -1 to 1" : ", the state without bounds, all else from -1 to 1"
    return ["observation  a drone: \(setup.observationCount)\(bounds)"] + observationColumns.lines
  }

  private var images: [String] {
    guard let camera = setup.camera else { return [] }
    let lines = zip(camera.spaces, camera.images).map { space, part in
      "  " + pad("\(space)", to: 33) + part.description
    }
    return ["", "images       a drone: \(camera.frequency) frames a second"] + lines
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
