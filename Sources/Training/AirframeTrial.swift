package import Control
package import Drone
import Simulation
import SpatialMath
import Tasks

/// How controllers fly airframes, each in two flights in free space with all effects of the air: holding a place, and
/// following a figure of eight of 2 m in 8 s a round.
///
/// The first begins 0.3 m beside the place along each axis, at rest and level; the second on its path, at rest. What
/// counts comes after the first round, or 8 s. Both are flown as often a second as the policy acts.
package struct AirframeTrial: Sendable {
  /// How far from its point a drone may be at most from then on. [m]
  package static let farthest = 0.3
  /// How long a flight lasts, and when counting begins. [s]
  private static let (duration, settled) = (16.0, 8.0)
  private static let gravity = 9.81

  /// How an airframe did in one flight.
  package struct Outcome: Sendable, Hashable {
    /// The root of the mean square distance from its point. [m]
    package let error: Double
    /// The largest distance from its point. [m]
    package let largest: Double
    /// Whether it never was too far from its point.
    package var hasSucceeded: Bool { largest <= AirframeTrial.farthest }
  }

  /// How often controllers act. [Hz]
  private let frequency: Int

  /// A trial of controllers that act so many times a second. [Hz]
  package init(frequency: Int) { self.frequency = frequency }

  /// Flies an airframe.
  ///
  /// - Parameters:
  ///   - model: The airframe.
  ///   - controller: What flies it, from its start.
  /// - Returns: How it held its place, and how it followed the figure of eight.
  /// - Throws: `SimulationError` for a model that cannot be simulated.
  package func run(
    _ model: QuadcopterModel, by controller: some Controller
  ) throws -> (holding: Outcome, eight: Outcome) {
    let place = HoverReference(at: .zero)
    let eight = HarmonicReference.lemniscate(center: .zero, radius: 1, period: Self.settled)
    return (
      try fly(model, by: controller, along: place, from: Vector(0.3, 0.3, 0.3)),
      try fly(model, by: controller, along: eight, from: .zero)
    )
  }

  private func fly(
    _ model: QuadcopterModel, by controller: some Controller, along reference: some Reference,
    from place: Vector<World, Double>
  ) throws -> Outcome {
    var controller = controller
    controller.reset()
    let hover = model.hoverRotorSpeed(gravity: Self.gravity)
    let start = DroneState<Double>(position: place, rotorSpeeds: PerRotor(repeating: hover))
    let substeps = max(1, 240 / frequency)
    var simulator = try Simulator(
      models: [model], states: [start], physics: .standardAir,
      frequency: Double(substeps * frequency), floor: false)
    var (squares, largest, count) = (0.0, 0.0, 0)
    for step in 0..<Int(Self.duration) * frequency {
      let time = Double(step) / Double(frequency)
      let setpoint = reference.setpoint(at: time)
      let distance = (setpoint.position - simulator.swarm[0].position).norm
      if time >= Self.settled {
        squares += distance * distance
        (largest, count) = (max(largest, distance), count + 1)
      }
      let speeds = controller.rotorSpeeds(
        for: simulator.swarm[0], tracking: setpoint, at: time, every: 1 / Double(frequency))
      simulator.command(0, rotorSpeeds: speeds)
      guard simulator.advance(steps: substeps).isEmpty, distance < 1000 else {
        return Outcome(error: .infinity, largest: .infinity)
      }
    }
    return Outcome(error: (squares / Double(count)).squareRoot(), largest: largest)
  }
}

extension QuadcopterModel {
  /// An airframe that no training draws, by its number from 0 on.
  package static func stranger(_ number: Int) -> QuadcopterModel {
    QuadcopterModel(RandomAirframe(seed: UInt64(number)), named: "stranger \(number)")
  }
}
