import Configuration
import Drone
import Recording
import Scenario
import SpatialMath
import TestSupport
import Testing

/// Drones that are heavier or lighter than their models.
struct MassTests {
  private func specification(_ keys: String) throws -> FlightSpecification {
    let folder = try TemporaryFolder()
    let text = "version: 1\nduration: 2\ndrones:\n  - { model: cf2x, at: [0, 0, 1]\(keys) }"
    return try FlightSpecification(contentsOf: folder.write(text, to: "a.yaml"))
  }

  /// How far above its reference a drone ends, after two seconds. [m]
  private func rise(_ keys: String) throws -> Double {
    var flight = try Flight(specification(keys))
    while !flight.isFinished { #expect(flight.advance().isEmpty) }
    return flight.instant[0].position.z - 1
  }

  @Test("inertia is in proportion, rotors turn as fast, and the model keeps its name")
  func proportions() throws {
    let drones = try ["", ", mass: 0.03"].map { try specification($0).drones[0] }
    let (model, heavy) = (drones[0].model, drones[1].model)
    #expect(model.mass == 0.027 && heavy.mass == 0.03 && drones[1].modelName == "cf2x")
    #expect((heavy.inertia * model.mass - model.inertia * heavy.mass).norm < 1e-20)
    // A few roundings.
    #expect(abs(heavy.maximumRotorSpeed / model.maximumRotorSpeed - 1) < 1e-12)
  }

  @Test("control that knows nothing of it lets a heavy drone sink and a light one rise")
  func sinks() throws {
    let own = try rise("")
    #expect(try rise(", mass: 0.027") == own)
    #expect(try rise(", mass: 0.03") < own - 1e-3)
    #expect(try rise(", mass: 0.024") > own + 1e-3)
  }

  @Test("what no drone of the model weighs is refused, with its range")
  func range() throws {
    for mass in ["27", "1e-3", "0", "-1"] {
      let error = #expect(throws: InvalidConfiguration.self) {
        try specification(", mass: \(mass)")
      }
      #expect("\(try #require(error))".contains(":4: drones[0].mass: \(mass) is out of range"))
    }
  }
}
