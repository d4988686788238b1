import Gym
import GymAdapters
import GymTesting
import Testing

struct StepBatchTests {
  @Test("actions are written one by one, and are what the environment and its rows see")
  func actionsAreWritten() throws {
    var environment = SyncVectorEnvironment(Corridor(), count: 2, autoresetMode: .disabled)
    var batch = StepBatch(layout: environment.layout)
    try environment.reset(seed: 1, into: &batch)
    #expect(batch.actions.count == 4)
    let before = batch.observations.indices.map { batch.observations[$0] }
    for index in batch.actions.indices { batch.actions[index] = 0.25 * Float(index) }
    batch.actions[3] += 0.25
    #expect(batch.actions.indices.map { batch.actions[$0] } == [0, 0.25, 0.5, 1])
    #expect(batch.rows.actions[3] == 1)
    try environment.step(&batch)
    for agent in 0..<4 {
      // A step takes a tenth of the action, and the corridor ends at 1.
      let expected = min(before[3 * agent] + 0.1 * batch.actions[agent], 1)
      #expect(batch.observations[3 * agent] == expected)
    }
  }
}
