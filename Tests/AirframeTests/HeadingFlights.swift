import Control
import Drone
import Foundation
import Parameters
import SpatialMath
import Testing

/// How one model holds its place while its heading changes: turning steadily at 1.5 rad/s and at 3 rad/s,
/// half a turn at once, and a circle of radius 1 m in 8 s flown nose first.
///
/// It begins 5 cm beside its place: what leaks from one axis into another would drive it away.
struct HeadingFlights {
  /// The farthest from its place while it turned at 1.5 rad/s, once it had come there. [m]
  private(set) var slowTurnError = 0.0
  /// The farthest from its place while it turned at 3 rad/s, once it had come there. [m]
  private(set) var fastTurnError = 0.0
  /// The farthest from its place while it turned half round. [m]
  private(set) var halfTurnError = 0.0
  /// The root of the mean square distance from the circle's setpoint, in the last lap. [m]
  private(set) var noseFirstError = 0.0
  /// The heading's error in the last second, the worst of the flights. [rad]
  private(set) var headingError = 0.0

  /// Whether the drone held its place.
  var holdsPlaces: Bool {
    slowTurnError < 0.05 && fastTurnError < 0.05 && halfTurnError < 0.05 && noseFirstError < 0.05
  }
  /// Whether the drone held its place, and turned.
  var isGood: Bool { holdsPlaces && headingError < 0.1 }

  private let flight: ModelFlight
  private let pilot: any Controller

  /// Flies a model by a controller of the catalogue.
  init(_ model: QuadcopterModel, controller: String) throws {
    let entry = try #require(ControllerCatalogue.standard[controller])
    try self.init(
      ModelFlight(model: model),
      by: entry.controller(for: model, gravity: ModelFlight.gravity, preset: .accurate))
  }

  /// Flies a model by a controller, which is copied for each flight; of the laps of the circle the last one
  /// counts.
  init(_ flight: ModelFlight, by pilot: any Controller, laps: Int = 2) throws {
    (self.flight, self.pilot) = (flight, pilot)
    slowTurnError = try turnError(rate: 1.5)
    fastTurnError = try turnError(rate: 3)
    halfTurnError = try farthest(along: HalfTurn(at: Self.place), from: HalfTurn.start, for: 10)
    let circle = HeadedReference(
      CircleReference(center: Vector(-1, 0, 0), radius: 1, period: 8), heading: .alongPath)
    var squares = (sum: 0.0, count: 0)
    try fly(along: circle, for: 8 * Double(laps)) { step in
      guard step.time > 8 * Double(laps - 1) else { return }
      squares.sum += step.error.squaredNorm
      squares.count += 1
    }
    noseFirstError = (squares.sum / Double(squares.count)).squareRoot()
  }

  /// The place to hold; flights begin at the origin. [m]
  private static let place = Vector<World, Double>(0.04, 0.03, 0)

  private mutating func turnError(rate: Double) throws -> Double {
    try farthest(
      along: HeadedReference(HoverReference(at: Self.place), heading: .turning(rate: rate)),
      from: 4, for: 10)
  }

  private mutating func farthest(
    along reference: any Reference, from start: Double, for duration: Double
  ) throws -> Double {
    var farthest = 0.0
    // Written so that what is not a number is the farthest of all.
    try fly(along: reference, for: duration) { step in
      if step.time > start, !(step.error.norm <= farthest) { farthest = step.error.norm }
    }
    return farthest
  }

  private mutating func fly(
    along reference: any Reference, for duration: Double, watch: (ModelFlight.Step) -> Void
  ) throws {
    try flight.fly(by: pilot, along: reference, for: duration) { step in
      if step.time > duration - 1, !(abs(step.headingError) <= headingError) {
        headingError = abs(step.headingError)
      }
      watch(step)
    }
  }
}

/// A place where the heading turns half round at once, after a second.
private struct HalfTurn: Reference {
  static let start = 1.0
  private let place: Vector<World, Double>

  init(at place: Vector<World, Double>) { self.place = place }

  func setpoint(at time: Double) -> Setpoint {
    Setpoint(position: place, yaw: time < Self.start ? 0 : .pi)
  }
}

extension HeadingFlights {
  /// Keeps the worst of each, its own or another's.
  mutating func takeTheWorst(of other: HeadingFlights) {
    slowTurnError = max(slowTurnError, other.slowTurnError)
    fastTurnError = max(fastTurnError, other.fastTurnError)
    halfTurnError = max(halfTurnError, other.halfTurnError)
    noseFirstError = max(noseFirstError, other.noseFirstError)
    headingError = max(headingError, other.headingError)
  }

  /// A row of the table.
  func row(_ model: String, _ controller: String) -> String {
    let numbers = String(
      format: "%.1f | %.1f | %.1f | %.1f | %.1f", 100 * slowTurnError, 100 * fastTurnError,
      100 * halfTurnError, 100 * noseFirstError, headingError * 180 / .pi)
    return "| \(model) | \(controller) | \(numbers) |"
  }
}
