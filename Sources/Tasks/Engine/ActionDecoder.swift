package import Control
package import Drone
import Simulation
import SpatialMath

/// From the actions of drones to the speeds of their rotors, for one drone or a group of them with the
/// same bits.
///
/// A class, since it is too large to be copied for every drone.
package final class ActionDecoder: Sendable {
  let mode: ActionMode
  let gravity: Double
  /// The rotor speed at which a drone hovers. [rpm]
  let hoverSpeed: Double
  /// The highest speed of a rotor of the model. [rpm]
  let highestSpeed: Double
  /// Which of four throttles is that of each rotor. [–]
  let throttles: PerRotor<Int>
  /// The weight of a drone. [N]
  let weight: Double
  let positionControl: PositionControl

  /// The decoder of a setup.
  ///
  /// - Throws: ``TaskError`` where no controller can follow such actions.
  package init(_ setup: TaskSetup) throws(TaskError) {
    positionControl = try PositionControl(setup)
    mode = setup.actionMode
    gravity = setup.physics.gravity
    hoverSpeed = setup.hoverSpeed
    highestSpeed = setup.model.maximumRotorSpeed
    throttles = setup.throttles
    weight = setup.model.mass * gravity
  }

  /// The rotor speeds that the action of one drone asks for. [rpm]
  ///
  /// - Parameters:
  ///   - action: The numbers.
  ///   - state: How the drone moves.
  ///   - goal: Where it should be.
  ///   - memory: What its position control remembers.
  /// - Returns: The speeds. [rpm]
  package func rotorSpeeds(
    for action: Span<Double>, state: DroneState<Double>, goal: Setpoint,
    memory: inout LoopMemory<Double>
  ) -> PerRotor<Double> {
    var numbers = ActionNumbers<Double>(repeating: 0)
    for index in action.indices { numbers[index] = action[index] }
    return rotorSpeeds(
      for: numbers, state: state, goal: Goal(goal), highest: highestSpeed, memory: &memory)
  }

  /// The rotor speeds that actions ask for, of drones whose rotors have some highest speed. [rpm]
  @inline(__always)
  func rotorSpeeds<S: Lanes>(
    for action: ActionNumbers<S>, state: DroneState<S>, goal: Goal<S>, highest: S,
    memory: inout LoopMemory<S>
  ) -> PerRotor<S> {
    switch mode {
    case .rotorSpeeds(let authority):
      let a = PerRotor(action[0], action[1], action[2], action[3])
      return a.map { S(hoverSpeed) * (.one + S(authority) * $0) }
    case .collective(let authority):
      return PerRotor(repeating: S(hoverSpeed) * (.one + S(authority) * action[0]))
    case .wholeRange:
      let a = PerRotor(action[0], action[1], action[2], action[3])
      return a.map { S(0.5 * highestSpeed) * (.one + $0) }
    case .throttles: return throttles.map { S(0.5) * highest * (.one + action[$0]) }
    case .attitude(let tilt):
      let angles = RollPitchYaw(
        roll: S(tilt) * action[0], pitch: S(tilt) * action[1], yaw: S(.pi) * action[2])
      return positionControl.derived.rotorSpeeds(
        for: state, attitude: Rotation(angles), thrust: S(weight) * (.one + action[3]),
        rates: .zero)
    case .bodyRates(let limit):
      return positionControl.derived.rotorSpeeds(
        for: state, rates: S(limit) * Vector(action[0], action[1], action[2]),
        thrust: S(weight) * (.one + action[3]))
    case .gains:
      return positionControl.rotorSpeeds(
        for: state, towards: goal, memory: &memory, factors: factors(of: action))
    case .waypoint, .displacement, .climb, .velocity:
      let target = target(of: action, state: state, goal: goal)
      return positionControl.rotorSpeeds(
        for: state, towards: target, memory: &memory, factors: .one)
    }
  }

  /// Where actions that ask for a place or a velocity send drones.
  @inline(__always)
  private func target<S: Lanes>(
    of action: ActionNumbers<S>, state: DroneState<S>, goal: Goal<S>
  ) -> Goal<S> {
    let vector = Vector<World, S>(action[0], action[1], action[2])
    switch mode {
    case .waypoint:
      let place = Self.step(from: state.position, towards: vector)
      return Goal(position: place, yaw: .zero)
    case .displacement(let reach):
      return Goal(position: state.position + S(reach) * vector, yaw: goal.yaw)
    case .climb(let reach):
      let place = state.position + Vector(.zero, .zero, S(reach) * action[0])
      return Goal(position: place, yaw: .zero)
    case .velocity(let limit):
      let velocity = Self.velocity(vector, speed: S(limit) * action[3].magnitude)
      return Goal(
        position: state.position, velocity: velocity, yaw: RollPitchYaw(state.attitude).yaw)
    default: return goal
    }
  }

  /// The destination, or the point 1 m towards it. [m]
  @inline(__always)
  static func step<S: Lanes>(
    from here: Vector<World, S>, towards destination: Vector<World, S>
  ) -> Vector<World, S> {
    let way = destination - here
    let distance = way.norm
    let near = here + (S.one / distance) * way
    return near.replacing(with: destination, where: distance .<= .one)
  }

  @inline(__always)
  private static func velocity<S: Lanes>(
    _ direction: Vector<World, S>, speed: S
  ) -> Vector<World, S> {
    let norm = direction.norm
    return Vector.zero.replacing(with: (speed / norm) * direction, where: .zero .< norm)
  }

  /// Factors a + 1 on the gains.
  @inline(__always)
  private func factors<S: Lanes>(of action: ActionNumbers<S>) -> CascadedFactors<S> {
    CascadedFactors(
      position: PIDFactors(p: action[0] + .one, i: action[1] + .one, d: action[2] + .one),
      attitude: PIDFactors(p: action[3] + .one, i: action[4] + .one, d: action[5] + .one))
  }
}

/// The numbers of an action, as many as any mode has, of one drone or of each of a group.
typealias ActionNumbers<S: Lanes> = InlineArray<6, S>
