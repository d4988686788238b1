import Control
package import Drone
import FlightLogs
import Simulation
import SpatialMath

/// A logged flight flown again by the simulator, under the firmware's law, from the logged start, by the
/// logged setpoints and with the logged battery.
///
/// What differs from flight to flight on one airframe comes from the same log: the constant torque that its
/// observer believes in, and the thrust.
package struct ClosedLoopFlight: Sendable {
  /// Which law flies.
  package enum Law: String, Sendable, CaseIterable {
    /// ``CrazyfliePID``.
    case pid
    /// ``CrazyflieMellinger``.
    case mellinger
  }

  private static let period = 0.001
  /// How far from its setpoint a drone is lost. [m]
  private static let farthest = 3.0

  /// How the drone flew, row by row of the log; shorter where it was lost.
  package private(set) var states: [DroneState<Double>] = []
  /// The log that was flown.
  package let motion: LoggedMotion

  /// Whether it came to the end.
  package var isWhole: Bool { states.count == motion.times.count }

  /// Flies a log.
  ///
  /// - Parameters:
  ///   - motion: The log, with setpoints.
  ///   - model: The vehicle.
  ///   - law: Which law flies.
  ///   - numbers: The observer that tells trim and thrust.
  ///   - seed: Where random torque starts; `nil` for none.
  /// - Throws: ``IdentificationError`` where log or model lack something.
  package init(
    _ motion: LoggedMotion, model: QuadcopterModel, law: Law, numbers: ObserverNumbers,
    seed: UInt64?
  ) throws(IdentificationError) {
    self.motion = motion
    guard let setpoints = motion.log.setpoints else {
      throw IdentificationError("\(motion.log.path): has no setpoints to fly by")
    }
    let equations = try FlightEquations(model)
    let commands = RotorCommands(
      motion.log, voltages: motion.voltages, by: equations.line, step: Predictor.step)
    let observer = MotionObserver(
      motion, rotors: RotorSignals(following: commands, equations), equations, numbers)
    var flown = model
    // Thrust over mass alone: torque over inertia stays.
    let scale = observer.mean(\.thrustScale, of: motion)
    flown.mass /= scale
    flown.air.linearDragXY /= scale
    flown.air.linearDragZ /= scale
    let trim = Vector<World, Double>(
      observer.mean(\.slow.x, of: motion) * model.inertia.x,
      observer.mean(\.slow.y, of: motion) * model.inertia.y,
      observer.mean(\.slow.z, of: motion) * model.inertia.z)
    let pilot = try Self.pilot(law, model, motion)
    do throws(SimulationError) {
      let simulator = try Self.simulator(flown, motion, equations, trim: trim, seed: seed)
      fly(simulator, pilot, along: setpoints)
    } catch { throw IdentificationError(error.description) }
  }

  private static func simulator(
    _ model: QuadcopterModel, _ motion: LoggedMotion, _ equations: FlightEquations,
    trim: Vector<World, Double>, seed: UInt64?
  ) throws(SimulationError) -> Simulator {
    let voltage = motion.voltages[0]
    var start = motion.log.start ?? DroneState()
    start.rotorSpeeds = motion.log.pulses[0].map {
      min(equations.line.speed(pulse: $0 / 65535, voltage: voltage), model.maximumRotorSpeed)
    }
    var effects: [any AerodynamicEffect] = [RotorDrag(), SpeedMoment(), RateDamping()]
    if seed != nil { effects.append(TorqueNoise()) }
    let push = ScheduledPush(
      on: 0, during: 0..<Double.infinity, force: .zero, torque: trim, along: .body)
    let world = WorldDescription(
      models: [model], states: [start], floor: false, pushes: [push], seed: seed ?? 0)
    var physics = FlightPhysics.accurate(dynamics: .explicit, effects: effects)
    physics.gravity = FlightEquations.gravity
    return try Simulator(worlds: [world], physics: physics, frequency: 1 / period)
  }

  private static func pilot(
    _ law: Law, _ model: QuadcopterModel, _ motion: LoggedMotion
  ) throws(IdentificationError) -> any CrazyflieLaw {
    let voltage = motion.voltages[0]
    do throws(ControllerError) {
      switch law {
      case .pid:
        return try CrazyfliePID(
          model: model, voltage: voltage, startingFrom: motion.log.pulses[0])
      case .mellinger:
        return try CrazyflieMellinger(
          model: model, gravity: FlightEquations.gravity, voltage: voltage)
      }
    } catch { throw IdentificationError("the model \(model.name): \(error)") }
  }

  private mutating func fly(
    _ simulator: consuming Simulator, _ pilot: any CrazyflieLaw,
    along setpoints: [Vector<World, Double>]
  ) {
    var pilot = pilot
    let times = motion.times
    let headings = motion.log.headings
    var (row, step) = (0, 0)
    while row < times.count {
      let now = times[0] + Double(step) * Self.period
      while row < times.count, times[row] <= now + Self.period / 2 {
        states.append(simulator.swarm[0])
        row += 1
      }
      guard row < times.count else { return }
      let held = max(0, row - 1)
      let state = simulator.swarm[0]
      guard !isLost(state, from: setpoints[held]) else { return }
      let share = ((now - times[held]) / (times[row] - times[held])).clamped(from: 0, to: 1)
      pilot.voltage =
        motion.voltages[held] + share * (motion.voltages[row] - motion.voltages[held])
      let speeds = pilot.rotorSpeeds(
        for: state, tracking: Setpoint(position: setpoints[held], yaw: headings?[held] ?? 0),
        at: now, every: Self.period)
      simulator.command(0, rotorSpeeds: speeds)
      simulator.advance(steps: 1)
      step += 1
    }
  }

  /// Whether a drone is on the ground, tilted too far or away.
  private func isLost(_ state: DroneState<Double>, from setpoint: Vector<World, Double>) -> Bool {
    !state.isFinite || state.position.z < 0 || RotationMatrix(state.attitude).zRow.z < 0.2
      || (state.position - setpoint).norm > Self.farthest
  }
}
