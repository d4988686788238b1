import Control
import Drone
import Foundation
import Gym
import Learning
import SpatialMath
import Tasks
import Testing
import Training
import Workers

struct LoneObserverTests {
  /// The tasks of one drone whose observation asks for nobody else.
  static let names = TaskCatalogue.standard.entries.filter { entry in
    let task = entry.task()
    return task.agentCount == 1 && (try? LoneObserver(task.setup)) != nil
  }.map(\.name)

  @Test("sees what the environment shows, to the bit", arguments: names)
  func seesTheSame(name: String) throws {
    let task = try #require(TaskCatalogue.standard[name]).task()
    try compare(task)
  }

  private func compare(_ task: some DroneTask) throws {
    var environment = try TaskEnvironment(task, count: 1, autoresetMode: .disabled)
    var player = TaskPlayer(.random, of: environment, seed: 1)
    var batch = StepBatch(layout: environment.layout)
    let observer = try LoneObserver(task.setup)
    try environment.reset(seed: 2, into: &batch)
    let origin = task.goal(of: 0, in: environment.episode(of: 0)).position
    var past = [Float](repeating: 0, count: observer.pastCount)
    for _ in 0..<20 where !batch.terminations[0] && !batch.truncations[0] {
      player.act(in: environment, batch: &batch)
      try environment.step(&batch)
      past = (past + batch.actions.indices.map { batch.actions[$0] }).suffix(observer.pastCount)
      let episode = environment.episode(of: 0)
      var row = [Float](repeating: .nan, count: observer.count)
      var span = row.mutableSpan
      observer.write(
        episode.states[0], goal: task.goal(of: 0, in: episode), origin: origin,
        past: past.span, into: &span)
      #expect(row == batch.observations.indices.map { batch.observations[$0] })
    }
  }

  @Test("what it cannot see is refused by name")
  func refusesWhatItCannotSee() {
    let error = #expect(throws: TaskError.self) { try LoneObserver(FormationTask().setup) }
    #expect(error?.description.contains("2 nearest others") == true)
  }
}
