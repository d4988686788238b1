import Control
import Drone
import Foundation
import Parameters
import SpatialMath
import Testing

/// Every controller that holds places holds them while the heading changes, by every model as it is.
struct HeadingTests {
  static let controllers = UntunedTests.controllers + ["ctbr"]

  @Test(
    "every model of the catalogue turns on its spot and flies nose first",
    arguments: UntunedTests.names, controllers)
  func catalogue(name: String, controller: String) throws {
    let model = try ModelCatalogue.standard.model(named: name)
    let flights = try HeadingFlights(model, controller: controller)
    #expect(flights.isGood, "\(flights.row(model.name, controller))")
  }

  @Test("fifty models that have never been built do", arguments: controllers)
  func strangers(controller: String) throws {
    for seed in UntunedTests.seeds {
      let model = try QuadcopterModel(urdf: randomURDF(seed: seed), named: "stranger \(seed)")
      let flights = try HeadingFlights(model, controller: controller)
      #expect(flights.isGood, "seed \(seed): \(flights.row(model.name, controller))")
    }
  }

  /// However fast it should turn, it turns no faster than it can while it holds its place.
  @Test(
    "no rate of the heading drives a drone from its place", arguments: controllers,
    [4.5, 6, 20, 100])
  func anyRate(controller: String, rate: Double) throws {
    let turning = HeadedReference(
      HoverReference(at: Vector(0.04, 0.03, 0)), heading: .turning(rate: rate))
    let entry = try #require(ControllerCatalogue.standard[controller])
    for model in try Self.allModels() {
      var (farthest, rateAtEnd) = (0.0, 0.0)
      let law = try entry.controller(
        for: model, gravity: ModelFlight.gravity, preset: .accurate)
      try ModelFlight(model: model).fly(by: law, along: turning, for: 10) { step in
        if step.time > 4, !(step.error.norm <= farthest) { farthest = step.error.norm }
        rateAtEnd = step.state.bodyRates.z
      }
      #expect(farthest < 0.05, "\(model.name): \(farthest) m")
      #expect(rateAtEnd > 4 && rateAtEnd < 1.02 * rate, "\(model.name): \(rateAtEnd) rad/s")
    }
  }

  @Test("the law of the hummingbird's paper does, once it may turn")
  func hummingbird() throws {
    let model = try ModelCatalogue.standard.model(named: "hummingbird")
    let flights = try HeadingFlights(
      ModelFlight(model: model, period: 1 / 240),
      by: TurningHummingbirdPID(model: model, gravity: ModelFlight.gravity), laps: 5)
    #expect(flights.holdsPlaces, "\(flights.row(model.name, "hummingbird"))")
  }

  /// It knows no rate of the heading, and lags behind.
  @Test(
    "gym-pybullet-drones' own PID holds its place, if not its heading", arguments: ["cf2x", "cf2p"])
  func peer(name: String) throws {
    let model = try ModelCatalogue.standard.model(named: name)
    let flights = try HeadingFlights(
      ModelFlight(model: model), by: CascadedPID(model: model, gravity: ModelFlight.gravity))
    #expect(flights.holdsPlaces && flights.headingError < 0.5, "\(flights.row(name, "pid"))")
  }

  private static func allModels() throws -> [QuadcopterModel] {
    try UntunedTests.names.map { try ModelCatalogue.standard.model(named: $0) }
      + UntunedTests.seeds.map {
        try QuadcopterModel(urdf: randomURDF(seed: $0), named: "stranger \($0)")
      }
  }
}
