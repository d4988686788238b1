import Configuration
package import Control
package import Drone
import Gym
package import Learning
import Parameters
import Simulation
import SpatialMath
import Synchronization
import TaskFiles
package import Tasks

/// Flies a drone by a learned policy, outside of its task: the goal is whatever the reference asks for.
///
/// It sees what the policy saw when it learned, and its actions mean what they meant then. A policy that
/// looks at other drones, at ranges or at numbers of its task cannot be flown so.
package struct PolicyController: Controller {
  private let player: SharedPlayer
  private var decoder: ActionDecoder
  private let observer: SingleDroneObserver
  /// Where the task's own goal is, for policies that see places rather than errors. [m]
  private let origin: Vector<World, Double>
  private let setup: TaskSetup
  private var memory = LoopMemory<Double>()
  private var past: [Float]
  private var felt: FeltRecords
  /// How the drone moved when the policy last acted, where it sees what it has felt since.
  private var before: DroneState<Double>?
  private var observation: [Float]
  private var action: [Float]
  private var speeds = PerRotor(repeating: 0.0)
  /// How many calls the last action still holds for. [–]
  private var callsToHold = 0

  /// The controller that a policy is.
  ///
  /// - Parameters:
  ///   - policy: The policy.
  ///   - catalogue: The tasks that it may have learned.
  /// - Throws: ``TrainingError`` where it cannot fly by itself.
  package init(
    _ policy: Policy, catalogue: TaskCatalogue = .standard
  ) throws(TrainingError) {
    let name = policy.metadata["task"] ?? ""
    guard catalogue[name] != nil else {
      throw .unfit("it learned '\(name.excerpt)', and there is no such task")
    }
    guard policy.networkCount == 1 else {
      throw .unfit("it has \(policy.networkCount) networks, each for one drone of its task")
    }
    let specification: TaskSpecification
    do throws(InvalidConfiguration) {
      specification = try TrainedPolicy.task(of: policy, from: "its task", tasks: catalogue)
    } catch {
      // On one line: it stands in the message of whoever asked for the controller.
      throw .unfit(error.errors.map(\.description).joined(separator: "; "))
    }
    try self.init(policy, of: specification.task, named: name)
  }

  private init(
    _ policy: Policy, of task: some DroneTask, named name: String
  ) throws(TrainingError) {
    try TaskSignature(of: task, named: name).check(policy)
    do {
      decoder = try ActionDecoder(task.setup)
      observer = try SingleDroneObserver(task.setup)
      player = SharedPlayer(try PolicyPlayer(policy, agentCount: 1))
      origin = task.goal(of: 0, in: try TaskEnvironment(task).episode(of: 0)).position
    } catch { throw .unfit("\(error)") }
    guard policy.observationSpace.count == observer.count,
      policy.actionSpace.count == task.setup.actionMode.count
    else { throw .unfit("its spaces are not those of its task") }
    setup = task.setup
    felt = FeltRecords(keeping: observer.accelerationsShown, rowCount: 1)
    past = Array(repeating: 0, count: observer.pastCount)
    observation = Array(repeating: 0, count: observer.count)
    action = Array(repeating: 0, count: policy.actionSpace.count)
  }

  /// Refuses a drone or a rate that the policy has not learned with.
  ///
  /// - Parameters:
  ///   - model: The drone.
  ///   - frequency: How often a second the controller is asked, a multiple of how often the policy
  ///     acts. [Hz]
  /// - Throws: `unfit` with the reason.
  package func check(_ model: QuadcopterModel, frequency: Double) throws(TrainingError) {
    guard setup.randomisation.drawsAirframes || model.name == setup.model.name else {
      throw .unfit("its policy learned to fly \(setup.model.name), not \(model.name)")
    }
    let ratio = frequency / Double(setup.controlFrequency)
    guard ratio > 0.5, abs(ratio - ratio.rounded()) < 1e-9 * ratio else {
      throw .unfit(
        "its policy acts \(setup.controlFrequency) times a second; set rates.control to "
          + "\(setup.controlFrequency) or a multiple")
    }
  }

  /// The controller of a drone: a policy that learned to fly any is given the drone's own rotors.
  ///
  /// - Parameters:
  ///   - model: The drone.
  ///   - frequency: How often a second the controller is asked. [Hz]
  /// - Returns: The controller.
  /// - Throws: `unfit` with the reason where ``check(_:frequency:)`` refuses, or the rotors cannot make every torque.
  package func flying(
    _ model: QuadcopterModel, frequency: Double
  ) throws(TrainingError) -> PolicyController {
    try check(model, frequency: frequency)
    guard setup.randomisation.drawsAirframes else { return self }
    var (own, setup) = (self, setup)
    (setup.model, setup.randomisation.drawsAirframes) = (model, false)
    do throws(TaskError) { own.decoder = try ActionDecoder(setup) } catch {
      throw .unfit(error.description)
    }
    return own
  }

  /// How often a second the policy acts. [Hz]
  package var actionFrequency: Int { setup.controlFrequency }

  /// Whether the policy learned to fly any airframe.
  package var fliesAnyAirframe: Bool { setup.randomisation.drawsAirframes }

  package mutating func reset() {
    memory = LoopMemory()
    for index in past.indices { past[index] = 0 }
    (felt, before) = (FeltRecords(keeping: observer.accelerationsShown, rowCount: 1), nil)
    callsToHold = 0
  }

  package mutating func rotorSpeeds(
    for state: DroneState<Double>, tracking setpoint: Setpoint, at time: Double,
    every period: Double
  ) -> PerRotor<Double> {
    if callsToHold == 0 {
      callsToHold = max(1, Int((setup.period / period).rounded()))
      act(state, setpoint)
    }
    callsToHold -= 1
    return speeds
  }

  private mutating func act(_ state: DroneState<Double>, _ setpoint: Setpoint) {
    if observer.accelerationsShown > 0 {
      if let before {
        felt.keep(from: before, to: state, over: setup.period, gravity: setup.physics.gravity)
      }
      before = state
    }
    let (observer, origin, seen, felt) = (observer, origin, past, felt)
    var row = observation.mutableSpan
    observer.write(
      state, goal: setpoint, origin: origin, past: seen.span, felt: felt, into: &row)
    player.act(on: observation, into: &action)
    past.removeFirst(min(action.count, past.count))
    if observer.pastCount > 0 { past += action }
    let wanted = action.map(Double.init)
    speeds = decoder.rotorSpeeds(
      for: wanted.span, state: state, goal: setpoint, memory: &memory)
  }
}

extension PolicyController: UsesHeading {
  /// Only actions that ask for a place leave the heading to the setpoint.
  package var headingUse: HeadingUse {
    switch setup.actionMode {
    case .displacement, .gains: .follows
    default: .ignores
    }
  }
}

/// A player that copies of a controller share, one at a time; it has no memory.
private final class SharedPlayer: Sendable {
  private let player: Mutex<PolicyPlayer>

  init(_ player: consuming PolicyPlayer) { self.player = Mutex(player) }

  func act(on observation: [Float], into action: inout [Float]) {
    player.withLock { player in
      var span = action.mutableSpan
      player.act(on: observation.span, into: &span)
    }
  }
}
