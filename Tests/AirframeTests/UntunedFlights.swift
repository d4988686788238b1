import Control
import Drone
import Parameters
import Simulation
import SpatialMath

/// How one model does under one controller that is not tuned for it: a metre along each axis in turn,
/// and two laps of a circle of radius 1 m in 8 s, with rotor lag and drag.
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
    overshoot < 0.2 && settlingTime < 3 && circleError < 0.1 && saturation < 0.05
  }

  private let model: QuadcopterModel
  private var squares = (sum: 0.0, count: 0)
  private var saturatedSteps = 0
  private var steps = 0

  static let gravity = 9.81
  private static let period = 1.0 / 48
  private static let substeps = 5

  /// Flies a model by a controller of the catalogue.
  init(_ model: QuadcopterModel, controller: String) throws {
    try self.init(model) {
      try ControllerCatalogue.standard[controller]?.controller(
        for: model, gravity: Self.gravity, preset: .accurate)
    }
  }

  /// Flies a model by a new controller each time.
  init(_ model: QuadcopterModel, by controller: () throws -> (any Controller)?) throws {
    self.model = model
    for axis in [Vector<World, Double>(1, 0, 0), Vector(0, 1, 0), Vector(0, 0, 1)] {
      let goal = HoverReference(at: axis)
      try fly(controller, along: goal, for: 6) { flights, time, error in
        flights.overshoot = max(flights.overshoot, error.dot(axis))
        // Written so that what is not a number never settles.
        if !(error.norm < 0.05) { flights.settlingTime = max(flights.settlingTime, time) }
      }
    }
    let circle = CircleReference(center: Vector(-1, 0, 0), radius: 1, period: 8)
    try fly(controller, along: circle, for: 16) { flights, time, error in
      guard time > 8 else { return }
      flights.squares.sum += error.squaredNorm
      flights.squares.count += 1
    }
  }

  private mutating func fly(
    _ controller: () throws -> (any Controller)?, along reference: any Reference,
    for duration: Double,
    watch: (inout Self, Double, Vector<World, Double>) -> Void
  ) throws {
    guard var controller = try controller() else { return }
    let hover = model.hoverRotorSpeed(gravity: Self.gravity)
    var simulator = try Simulator(
      models: [model], states: [DroneState(rotorSpeeds: PerRotor(repeating: hover))],
      physics: .accurate(dynamics: .explicit, effects: [RotorDrag()]),
      frequency: Double(Self.substeps) / Self.period)
    for step in 0..<Int(duration / Self.period) {
      let (time, end) = (Double(step) * Self.period, Double(step + 1) * Self.period)
      let speeds = controller.rotorSpeeds(
        for: simulator.swarm[0], tracking: reference.setpoint(at: time), at: time,
        every: Self.period)
      simulator.command(0, rotorSpeeds: speeds)
      simulator.advance(steps: Self.substeps)
      steps += 1
      if isSaturated(speeds) { saturatedSteps += 1 }
      watch(&self, end, simulator.swarm[0].position - reference.setpoint(at: end).position)
    }
  }

  private func isSaturated(_ speeds: PerRotor<Double>) -> Bool {
    let lowest = model.meanThrust.speed(for: model.minimumRotorThrust)
    let (low, high) = (lowest * (1 + 1e-9) + 1e-9, model.maximumRotorSpeed * (1 - 1e-9))
    return speeds.array.contains { $0 <= low || $0 >= high }
  }
}
