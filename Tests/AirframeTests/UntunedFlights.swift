import Control
import Drone
import Parameters
import SpatialMath

/// How one model does under one controller that is not tuned for it: a metre along each axis in turn,
/// and two laps of a circle of radius 1 m in 8 s, by ``ModelFlight``.
struct UntunedFlights {
  /// How far past the point a metre away it went, the worst of the axes. [m]
  private(set) var overshoot = 0.0
  /// When it came within 5 cm of the point to stay, the worst of the axes. [s]
  private(set) var settlingTime = 0.0
  /// The share of control steps in which a rotor was told its lowest or highest speed. [–]
  var saturation: Double { Double(saturatedSteps) / Double(steps) }
  /// The root of the mean square distance from the circle's setpoint, after the first lap. [m]
  var circleError: Double { (squares.sum / Double(squares.count)).squareRoot() }

  /// Whether the flights are good enough.
  var isGood: Bool {
    // What has little thrust to spare climbs slowly.
    let patience = flight.model.thrustToWeight < 1.5 ? 3.5 : 3
    return overshoot < 0.2 && settlingTime < patience && circleError < 0.1 && saturation < 0.05
  }

  private let flight: ModelFlight
  private var squares = (sum: 0.0, count: 0)
  private var saturatedSteps = 0
  private var steps = 0

  /// Flies a model by a controller of the catalogue.
  init(_ model: QuadcopterModel, controller: String) throws {
    try self.init(model) {
      try ControllerCatalogue.standard[controller]?.controller(
        for: model, gravity: ModelFlight.gravity, preset: .accurate)
    }
  }

  /// Flies a model by a new controller each time.
  init(_ model: QuadcopterModel, by controller: () throws -> (any Controller)?) throws {
    flight = ModelFlight(model: model)
    for axis in [Vector<World, Double>(1, 0, 0), Vector(0, 1, 0), Vector(0, 0, 1)] {
      let goal = HoverReference(at: axis)
      try fly(controller, along: goal, for: 6) { flights, step in
        flights.overshoot = max(flights.overshoot, step.error.dot(axis))
        // Written so that what is not a number never settles.
        if !(step.error.norm < 0.05) {
          flights.settlingTime = max(flights.settlingTime, step.time)
        }
      }
    }
    let circle = CircleReference(center: Vector(-1, 0, 0), radius: 1, period: 8)
    try fly(controller, along: circle, for: 16) { flights, step in
      guard step.time > 8 else { return }
      flights.squares.sum += step.error.squaredNorm
      flights.squares.count += 1
    }
  }

  private mutating func fly(
    _ controller: () throws -> (any Controller)?, along reference: any Reference,
    for duration: Double, watch: (inout Self, ModelFlight.Step) -> Void
  ) throws {
    guard let controller = try controller() else { return }
    try flight.fly(by: controller, along: reference, for: duration) { step in
      steps += 1
      if flight.isSaturated(step.speeds) { saturatedSteps += 1 }
      watch(&self, step)
    }
  }
}
