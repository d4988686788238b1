package import Control
package import Drone
import Simulation
import SpatialMath

/// From a drone's action to the speeds of its rotors.
///
/// A class, since it is asked for every drone and too large to be handed around.
package final class ActionDecoder: Sendable {
  let mode: ActionMode
  private let model: QuadcopterModel
  let gravity: Double
  /// The rotor speed at which a drone hovers. [rpm]
  let hoverSpeed: Double
  private let period: Double
  private let pilot: Pilot
  private let attitude: AttitudeController

  /// The decoder of a setup.
  ///
  /// - Throws: ``TaskError`` where no controller can follow such actions.
  package init(_ setup: TaskSetup) throws(TaskError) {
    pilot = try Pilot(setup)
    var attitude: AttitudeController
    do throws(ControllerError) {
      attitude = try AttitudeController(model: setup.model, gravity: setup.physics.gravity)
    } catch { throw TaskError(error.description) }
    // Asked once, it knows its gains for good.
    _ = attitude.rotorSpeeds(for: DroneState(), rates: .zero, thrust: 0, every: setup.period)
    self.attitude = attitude
    mode = setup.actionMode
    model = setup.model
    gravity = setup.physics.gravity
    hoverSpeed = setup.hoverSpeed
    period = setup.period
  }

  /// The highest speed of a rotor. [rpm]
  var highestSpeed: Double { model.maximumRotorSpeed }

  /// The weight of a drone. [N]
  var weight: Double { model.mass * gravity }

  /// A controller that has seen nothing.
  package func freshController() -> Pilot { pilot }

  /// The rotor speeds that an action asks for. [rpm]
  package func rotorSpeeds(
    for action: Span<Double>, state: DroneState<Double>, goal: Setpoint,
    controller: inout Pilot
  ) -> PerRotor<Double> {
    func a(_ index: Int) -> Double { action[index] }
    switch mode {
    case .rotorSpeeds(let authority):
      return PerRotor(a(0), a(1), a(2), a(3)).map { hoverSpeed * (1 + authority * $0) }
    case .collective(let authority):
      return PerRotor(repeating: hoverSpeed * (1 + authority * a(0)))
    case .wholeRange:
      let half = 0.5 * highestSpeed
      return PerRotor(a(0), a(1), a(2), a(3)).map { half * (1 + $0) }
    case .waypoint:
      let target = Self.step(from: state.position, towards: Vector(a(0), a(1), a(2)))
      return fly(to: Setpoint(position: target), from: state, by: &controller)
    case .displacement(let reach):
      let target = state.position + reach * Vector(a(0), a(1), a(2))
      return fly(to: Setpoint(position: target, yaw: goal.yaw), from: state, by: &controller)
    case .climb(let reach):
      let target = state.position + Vector(0, 0, reach * a(0))
      return fly(to: Setpoint(position: target), from: state, by: &controller)
    case .velocity(let limit):
      let velocity = Self.velocity(Vector(a(0), a(1), a(2)), speed: limit * abs(a(3)))
      let target = Setpoint(
        position: state.position, velocity: velocity, yaw: RollPitchYaw(state.attitude).yaw)
      return fly(to: target, from: state, by: &controller)
    case .attitude(let tilt):
      let angles = RollPitchYaw(roll: tilt * a(0), pitch: tilt * a(1), yaw: .pi * a(2))
      var controller = attitude
      return controller.rotorSpeeds(
        for: state, attitude: Rotation(angles), thrust: weight * (1 + a(3)), every: period)
    case .bodyRates(let limit):
      var controller = attitude
      return controller.rotorSpeeds(
        for: state, rates: limit * Vector(a(0), a(1), a(2)), thrust: weight * (1 + a(3)),
        every: period)
    case .gains:
      tune(&controller, by: action)
      return fly(to: goal, from: state, by: &controller)
    }
  }

  func fly(
    to target: Setpoint, from state: DroneState<Double>, by controller: inout Pilot
  ) -> PerRotor<Double> {
    controller.rotorSpeeds(for: state, tracking: target, every: period)
  }

  /// The destination, or the point 1 m towards it. [m]
  static func step(
    from here: Vector<World, Double>, towards destination: Vector<World, Double>
  ) -> Vector<World, Double> {
    let way = destination - here
    let distance = way.norm
    return distance <= 1 ? destination : here + (1 / distance) * way
  }

  private static func velocity(
    _ direction: Vector<World, Double>, speed: Double
  ) -> Vector<World, Double> {
    let norm = direction.norm
    return norm > 0 ? (speed / norm) * direction : .zero
  }

  private func tune(_ controller: inout Pilot, by action: Span<Double>) {
    func factor(_ index: Int) -> Double { action[index] + 1 }
    var gains = CascadedPID.Gains.crazyflie
    gains.position.p = factor(0) * gains.position.p
    gains.position.i = factor(1) * gains.position.i
    gains.position.d = factor(2) * gains.position.d
    gains.attitude.p = factor(3) * gains.attitude.p
    gains.attitude.i = factor(4) * gains.attitude.i
    gains.attitude.d = factor(5) * gains.attitude.d
    controller.setGains(gains, setup: (model, gravity))
  }
}
