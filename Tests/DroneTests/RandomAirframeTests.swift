import Drone
import SpatialMath
import Testing

struct RandomAirframeTests {
  private static let all = (0..<2000).map { QuadcopterModel(RandomAirframe(seed: $0), named: "") }

  @Test("airframes fill the ranges that are promised, and keep to them")
  func ranges() {
    func spread(_ value: (QuadcopterModel) -> Double) -> (least: Double, most: Double) {
      let values = Self.all.map(value)
      return (values.min() ?? .nan, values.max() ?? .nan)
    }
    let mass = spread(\.mass)
    #expect(mass.least >= 0.02 && mass.least < 0.021 && mass.most <= 2 && mass.most > 1.9)
    let thrust = spread(\.thrustToWeight)
    #expect(thrust.least >= 1.6 && thrust.least < 1.61 && thrust.most <= 6 && thrust.most > 5.99)
    let lagging = Self.all.filter { $0.rotorLag != .none }
    #expect((900...1100).contains(lagging.count))
    let lags = lagging.map { 1 / $0.rotorLag.riseRate }
    #expect(lags.allSatisfy { $0 > 0.00999 && $0 < 0.10001 })
    let pluses = Self.all.count { $0.rotors[0].position.y == 0 }
    #expect((500...700).contains(pluses))
    let turnedAbout = Self.all.count { $0.rotors[0].spin == .clockwise }
    #expect((900...1100).contains(turnedAbout))
  }

  /// The thrust at the highest speed lifts what the model says, and bodies have inertia that a body can have.
  @Test("airframes are ones that could be built")
  func areSound() {
    for model in Self.all {
      let weight = model.mass * QuadcopterModel.nominalGravity
      #expect(abs(model.maximumThrust / weight - model.thrustToWeight) < 1e-9)
      let inertia = model.inertia
      #expect(inertia.z <= inertia.x + inertia.y && inertia.z >= abs(inertia.x - inertia.y))
      #expect(model.rotors.map(\.spin.yawSign).sum == 0)
    }
  }

  @Test("rotors are told by their places, clockwise from the front right or the front")
  func places() throws {
    for model in Self.all { #expect(model.placesOfRotors.array == [0, 1, 2, 3]) }
    for (name, places) in [
      ("cf2x", [0, 1, 2, 3]), ("cf2p", [0, 3, 2, 1]), ("racer", [3, 2, 1, 0]),
      ("hummingbird", [0, 3, 2, 1]),
    ] {
      let model = try ModelCatalogue.standard.model(named: name)
      #expect(model.placesOfRotors.array == places, "\(name)")
    }
  }
}
