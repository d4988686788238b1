import Configuration
import Scenario
import TestSupport
import Testing

/// Which effects a scenario has that names none, or some.
struct PresetEffectTests {
  private func effects(_ physics: String) throws -> [String] {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      "version: 1\nphysics: \(physics)\ndrones: [{ at: [0, 0, 1] }]\n", to: "s.yaml")
    return try FlightSpecification(contentsOf: file).physics.effects
  }

  private let ofPeer = ["ground-effect", "drag", "downwash"]
  private let ofModels = ["speed-moment", "rate-damping", "torque-noise"]

  @Test("accurate has all effects, gpd those that its namesake has, both as many as are named")
  func usual() throws {
    #expect(try effects("{}") == ofPeer + ofModels)
    #expect(try effects("{ preset: accurate }") == ofPeer + ofModels)
    #expect(try effects("{ preset: gpd }") == ofPeer)
    #expect(try effects("{ dynamics: explicit }").isEmpty)
    let named = "{ preset: gpd, effects: [torque-noise, drag] }"
    #expect(try effects(named) == ["drag", "torque-noise"])
    #expect(try effects("{ effects: [] }").isEmpty)
  }
}
