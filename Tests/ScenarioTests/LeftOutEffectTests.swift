import Scenario
import TestSupport
import Testing

/// Laws and models whose effects the physics leave out.
struct LeftOutEffectTests {
  @Test(
    "a law does not hold against a speed moment that does not act",
    arguments: ["[]", "[drag]", "[drag, speed-moment]"], ["pid", "geometric"])
  func flies(effects: String, controller: String) throws {
    let folder = try TemporaryFolder()
    let text = """
      version: 1
      duration: 6
      physics: { effects: \(effects) }
      drones:
        - model: cf2x_phoenix_2021_12
          controller: \(controller)
          reference: { lemniscate: { center: [0, 0, 1], radius: 1, period: 6 } }
      """
    var flight = try Flight(FlightSpecification(contentsOf: folder.write(text, to: "a.yaml")))
    while !flight.isFinished { #expect(flight.advance().isEmpty) }
    // From rest to 1 m/s and back onto the path within the six seconds.
    #expect(try #require(flight.statistics[0].rmse) < 0.25)
  }
}
