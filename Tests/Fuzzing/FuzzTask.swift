import Configuration
import Foundation
import Gym
import Parameters
import TaskFiles
import Tasks

extension FuzzOutcome {
  /// Reads a task, reads what is written of it again, and plays what is accepted for a moment.
  mutating func play(task path: String) {
    let specification: TaskSpecification
    do throws(InvalidConfiguration) {
      specification = try TaskSpecification(contentsOf: path)
    } catch {
      complaints += error.errors.map(\.description)
      return
    }
    isAccepted = true
    let text = specification.encoded()
    do throws(InvalidConfiguration) {
      let again = try TaskSpecification(encoded: text, from: "what was written of it")
      if again.encoded() != text { complaints.append("accepted, but written otherwise: \(text)") }
    } catch { complaints.append("accepted, but not read again: \(error)") }
    do { try play(specification.task) } catch {
      complaints.append("accepted, but not played: \(error)")
    }
  }

  private mutating func play(_ task: some DroneTask) throws {
    let setup = task.setup
    let steps = setup.physicsFrequency / setup.controlFrequency
    guard task.agentCount * steps < 2000, task.agentCount * setup.obstacles.count < 20_000 else {
      return
    }
    var environment = try TaskEnvironment(task, count: 1, autoresetMode: .sameStep)
    var batch = StepBatch(layout: environment.layout)
    try environment.reset(seed: 0, into: &batch)
    for _ in 0..<2 { try environment.step(&batch) }
    let observations = batch.observations
    if !observations.indices.allSatisfy({ observations[$0].isFinite }) {
      complaints.append("accepted, but an observation is not finite")
    }
  }
}

/// All tasks of the catalogue, as their files say them.
func tasks(_ folder: FuzzFolder) throws -> [[UInt8]] {
  try TaskCatalogue.standard.names.map { Array(try TaskSpecification(named: $0).encoded().utf8) }
}
