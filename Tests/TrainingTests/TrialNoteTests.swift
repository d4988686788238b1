import Simulation
import Tasks
import Testing
import Training
import Workers

struct TrialNoteTests {
  private func note(
    onTurningAt rate: Double, _ physics: FlightPhysics = .standardAir
  ) throws -> String? {
    var task = HoverTask()
    task.setup.physics = physics
    task.setup.randomisation.bodyRate = rate
    var trial = try PolicyTrial(
      task, episodes: 0..<8, seed: 1, pool: ThreadPool(threads: 1))
    return try trial.run(nil).note
  }

  @Test("a trial tells of drones that turn by more than √3 rad a step, where energy may grow")
  func isTold() throws {
    #expect(try note(onTurningAt: 100) == nil)
    let note = try #require(try note(onTurningAt: 2000))
    #expect(note.hasPrefix("turns by "))
    #expect(
      note.hasSuffix(
        " rad a physics step; beyond √3 = 1.73 its energy may grow: raise rates.physics"))
    // There energy grows, and shrinks, as it does in gym-pybullet-drones.
    #expect(try self.note(onTurningAt: 2000, .gpd()) == nil)
  }
}
