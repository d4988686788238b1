import Control
import Drone
import Gym
import Learning
import Simulation
import SpatialMath
import Tasks

/// What chooses the actions of a task, for all its drones.
struct TaskActor<Task: DroneTask>: ~Copyable {
  private var player: TaskPlayer<Task>?
  private var policy: PolicyPlayer?
  private var person: PersonAndPID?

  /// Who acts in an environment of one world.
  init(
    _ pilot: TaskPilot, of environment: borrowing TaskEnvironment<Task>, seed: UInt64
  ) throws {
    switch pilot {
    case .rule(let rule): player = TaskPlayer(rule, of: environment, seed: seed)
    case .learned(let policy, _):
      self.policy = try PolicyPlayer(policy, agentCount: environment.layout.rowCount)
    case .human:
      person = try PersonAndPID(environment.task.setup, count: environment.layout.rowCount)
    }
  }

  /// Says where the sticks are.
  mutating func fly(by sticks: Sticks?) { person?.fly(by: sticks) }

  /// Where the sticks went since they were last asked for.
  mutating func takeStickRows() -> [[Double]] { person?.takeStickRows() ?? [] }

  /// Writes an action for every drone.
  mutating func act(in environment: borrowing TaskEnvironment<Task>, batch: inout StepBatch) {
    if policy != nil {
      var actions = [Float](
        repeating: 0, count: batch.layout.rowCount * batch.layout.actionCount)
      var span = actions.mutableSpan
      policy?.act(on: batch.observations, into: &span)
      var rows = batch.rows
      for index in rows.actions.indices { rows.actions[index] = actions[index] }
    } else if person != nil {
      let episode = environment.episode(of: 0)
      for agent in 0..<episode.agentCount {
        let goal = environment.task.goal(of: agent, in: episode)
        let action = person?.action(
          of: agent, for: episode.state(of: agent), towards: goal, at: episode.time)
        var rows = batch.rows
        for (column, number) in (action ?? []).enumerated() {
          rows.actions[4 * agent + column] = number
        }
      }
    } else {
      player?.act(in: environment, batch: &batch)
    }
  }
}

/// A person who flies the first drone of a task, and PID control that flies the others, by rotor speeds
/// over the whole range.
struct PersonAndPID {
  private var human: HumanController
  private var others: [DerivedPID]
  private let highest: Double
  private let period: Double
  private var last: Sticks??
  private var rows: [[Double]] = []

  init(_ setup: TaskSetup, count: Int) throws {
    let (model, gravity) = (setup.model, setup.physics.gravity)
    human = try HumanController(model: model, gravity: gravity)
    others = Array(repeating: try DerivedPID(model: model, gravity: gravity), count: count - 1)
    (highest, period) = (model.maximumRotorSpeed, setup.period)
  }

  mutating func fly(by sticks: Sticks?) { human.sticks = sticks }

  mutating func takeStickRows() -> [[Double]] {
    defer { rows.removeAll(keepingCapacity: true) }
    return rows
  }

  /// The numbers that ask for the rotor speeds of a drone.
  mutating func action(
    of agent: Int, for state: DroneState<Double>, towards goal: Setpoint, at time: Double
  ) -> [Float] {
    let speeds: PerRotor<Double>
    if agent > 0 {
      speeds = others[agent - 1].rotorSpeeds(
        for: state, tracking: goal, at: time, every: period)
    } else {
      if last != .some(human.sticks) {
        last = .some(human.sticks)
        rows.append(SticksRecording.row(human.sticks, of: 0, at: time))
      }
      speeds = human.rotorSpeeds(for: state, tracking: goal, at: time, every: period)
    }
    return speeds.array.map { Float(min(max(2 * $0 / highest - 1, -1), 1)) }
  }
}
