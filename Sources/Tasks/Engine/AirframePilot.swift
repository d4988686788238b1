import Control
import Drone
import Gym
import Simulation
import SpatialMath

/// Position control of drones that are others in each episode: it knows what each of them is, and flies it by the law
/// that follows.
struct AirframePilot: Sendable {
  /// What was made for the drone of a row.
  private struct Law: Sendable {
    let variation: Variation
    let law: DerivedLaw
    /// The highest speed of its rotors. [rpm]
    let highestSpeed: Double
  }

  private let setup: TaskSetup
  private let throttles: PerRotor<Int>
  private var laws: [Law?]

  /// A pilot of so many drones of a setup.
  init(_ setup: TaskSetup, rowCount: Int) {
    self.setup = setup
    throttles = setup.throttles
    laws = Array(repeating: nil, count: rowCount)
  }

  /// Writes the throttles that bring a drone to a goal.
  ///
  /// - Parameters:
  ///   - row: Which drone it is.
  ///   - variation: How it differs from the model.
  ///   - state: How it moves.
  ///   - goal: How it should move.
  ///   - integral: What its errors have summed up to. [m/s²]
  ///   - action: The four numbers.
  mutating func write(
    _ row: Int, of variation: Variation, from state: DroneState<Double>, towards goal: Setpoint,
    integral: inout Vector<World, Double>, into action: inout MutableSpan<Float>
  ) {
    let known = law(of: row, variation)
    let speeds = known.law.rotorSpeeds(for: state, towards: Goal(goal), integral: &integral)
    for rotor in 0..<4 {
      let share = 2 * speeds[rotor] / known.highestSpeed - 1
      action[throttles[rotor]] = Float(share.clamped(from: -1, to: 1))
    }
  }

  private mutating func law(of row: Int, _ variation: Variation) -> Law {
    if let known = laws[row], known.variation == variation { return known }
    do throws(ControllerError) {
      let law = try DerivedLaw(
        model: variation.flown(insteadOf: setup.model), gravity: setup.physics.gravity,
        period: setup.period)
      let known = Law(
        variation: variation, law: law,
        highestSpeed: variation.airframe(insteadOf: setup.model).maximumRotorSpeed)
      laws[row] = known
      return known
    } catch {
      preconditionFailure("the rotors of an airframe make every torque: \(error.description)")
    }
  }
}

/// Shows a learner what position control that knows every drone would do, without what errors sum up to.
package final class TaskTeacher<Task: DroneTask> {
  private var pilot: AirframePilot
  private var action: [Float] = [0, 0, 0, 0]

  /// The teacher of an environment.
  ///
  /// - Throws: ``TaskError`` where actions are no throttles.
  package init(of environment: borrowing TaskEnvironment<Task>) throws(TaskError) {
    guard environment.rules.setup.actionMode == .throttles else {
      throw TaskError("position control can be imitated where actions are throttles")
    }
    pilot = AirframePilot(environment.rules.setup, rowCount: environment.layout.rowCount)
  }

  /// Writes what it would do now: four throttles of each drone.
  ///
  /// - Parameters:
  ///   - environment: Where the drones are.
  ///   - actions: A row each, all overwritten.
  package func act(
    in environment: borrowing TaskEnvironment<Task>, into actions: inout MutableSpan<Float>
  ) {
    let agents = environment.layout.agentCount
    for row in 0..<environment.layout.rowCount {
      let (episode, agent) = (environment.episode(of: row / agents), row % agents)
      var integral = Vector<World, Double>.zero
      var span = action.mutableSpan
      pilot.write(
        row, of: environment.variation(ofRow: row), from: episode.state(of: agent),
        towards: environment.task.goal(of: agent, in: episode), integral: &integral, into: &span)
      for column in action.indices { actions[row * action.count + column] = action[column] }
    }
  }
}
