import Control
import Drone
import Parameters
import Testing
import Training

struct AirframeTrialTests {
  private static func pilot(_ model: QuadcopterModel) throws -> PolicyController {
    try PolicyController(TrainedPolicy.load("any-airframe")).flying(model, frequency: 50)
  }

  @Test(
    "one policy holds a place and follows a figure of eight with models that it is told nothing of",
    arguments: ModelCatalogue.standard.names)
  func fliesModels(name: String) throws {
    let model = try ModelCatalogue.standard.model(named: name)
    let (holding, eight) = try AirframeTrial(frequency: 50).run(model, by: Self.pilot(model))
    #expect(holding.hasSucceeded && eight.hasSucceeded, "\(holding), \(eight)")
  }

  @Test("and with strangers")
  func fliesStrangers() throws {
    let flown = try (0..<50).count { number in
      let model = QuadcopterModel.stranger(number)
      let (holding, eight) = try AirframeTrial(frequency: 50).run(model, by: Self.pilot(model))
      return holding.hasSucceeded && eight.hasSucceeded
    }
    #expect(flown == 50)
  }

  @Test("control that was made for another airframe is found out")
  func tellsWhoKnows() throws {
    let (small, large) = (
      try ModelCatalogue.standard.model(named: "cf2x"),
      try ModelCatalogue.standard.model(named: "racer")
    )
    let knowing = try DerivedPID(model: small, gravity: 9.81)
    let mistaken = try DerivedPID(model: large, gravity: 9.81)
    let trial = AirframeTrial(frequency: 50)
    #expect(try trial.run(small, by: knowing).holding.hasSucceeded)
    #expect(try !trial.run(small, by: mistaken).holding.hasSucceeded)
  }

  @Test("a policy of one model flies no other, and any is refused a rate that is not its own")
  func refusals() throws {
    let racer = try ModelCatalogue.standard.model(named: "racer")
    let own = try PolicyController(TrainedPolicy.load("trajectory"))
    #expect(throws: TrainingError.self) { try own.flying(racer, frequency: 48) }
    let free = try PolicyController(TrainedPolicy.load("any-airframe"))
    #expect(throws: TrainingError.self) { try free.flying(racer, frequency: 48) }
    #expect(throws: Never.self) { try free.flying(racer, frequency: 100) }
  }
}
