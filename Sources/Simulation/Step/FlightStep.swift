import Drone
import SpatialMath

/// What a physics step does to a group of drones, stage by stage.
///
/// All stages are pure, and the same for one group or many, in whatever precision.
struct FlightStep: Sendable, BitwiseCopyable {
  let equations: NewtonEuler
  /// Whether thrust turns with the attitude of the step before.
  let turnsWithLinkFrames: Bool
  /// Whether effects do so too.
  let hasEffectsInLinkFrames: Bool
  /// Whether rotors take time to follow their commands.
  private let hasRotorLag: Bool
  /// Whether rotors drain a battery.
  private let hasBattery: Bool
  /// Whether rotors carry angular momentum.
  private let hasRotorMomentum: Bool
  private let period: Double

  /// The steps of some worlds.
  init(_ physics: FlightPhysics, worlds: [WorldDescription], period: Double) {
    self.period = period
    let models = worlds.lazy.flatMap(\.models)
    let hasRotorDynamics = physics.hasRotorDynamics
    hasRotorMomentum = hasRotorDynamics && models.contains { $0.rotorInertia != 0 }
    equations = NewtonEuler(
      physics: physics, period: period,
      hasTurnedAxes: models.contains { $0.principalAxes != .identity },
      hasRotorMomentum: hasRotorMomentum)
    turnsWithLinkFrames = physics.linkFrames == .previousStep
    hasEffectsInLinkFrames =
      turnsWithLinkFrames && physics.effectFrames == .previousStep && !physics.effects.isEmpty
    hasRotorLag = hasRotorDynamics && models.contains { $0.rotorLag != .none }
    hasBattery = hasRotorDynamics && models.contains { $0.battery != nil }
  }

  /// Lets rotors respond to commands from the next step on.
  @inline(__always)
  func command<S: Lanes>(
    _ values: inout StepValues<S>, of state: DroneState<S>, to commands: PerRotor<S>,
    parameters: DroneParameters<S>
  ) {
    values.response = response(of: state, to: commands, parameters: parameters)
    turnPromptRotors(&values, parameters: parameters)
  }

  /// How rotors respond to commands.
  @inline(__always)
  private func response<S: Lanes>(
    of state: DroneState<S>, to commands: PerRotor<S>, parameters: DroneParameters<S>
  ) -> PerRotor<RotorResponse<S>> {
    let targets = commands.map { $0.clamped(from: .zero, to: parameters.maximumRotorSpeed) }
    // Rotors that follow at once have none, and that of rotors on a battery is another in each step.
    guard hasRotorLag, !hasBattery else { return targets.map { RotorResponse(command: $0) } }
    let (lag, time) = (parameters.rotorLag, S(period))
    return state.rotorSpeeds.zip(targets) { lag.response(from: $0, to: $1, every: time) }
  }

  /// Lets rotors respond to other commands, in the lanes where they are others; in all of them anew at the
  /// start of a stretch.
  @inline(__always)
  func changeCommand<S: Lanes>(
    _ values: inout StepValues<S>, of state: DroneState<S>, to commands: PerRotor<S>,
    parameters: DroneParameters<S>, isAnew: Bool
  ) {
    let next = response(of: state, to: commands, parameters: parameters)
    values.response =
      isAnew
      ? next : values.response.zip(next) { $0.replacing(with: $1, where: $0.differs(from: $1)) }
    turnPromptRotors(&values, parameters: parameters)
  }

  /// Brings rotors that follow at once to the speeds that are theirs until the next command.
  @inline(__always)
  private func turnPromptRotors<S: Lanes>(
    _ values: inout StepValues<S>, parameters: DroneParameters<S>
  ) {
    guard !hasRotorLag, !hasBattery else { return }
    values.rotorSpeeds = values.response.map(\.command)
    values.rotorThrust = RotorThrust(speeds: values.rotorSpeeds, parameters: parameters)
  }

  /// Brings the rotors to the speeds that act over the step, where each step has others.
  // Each case writes where the speeds belong: what branches return is copied through memory.
  @inline(__always)
  func turnRotors<S: Lanes>(
    _ state: inout DroneState<S>, _ values: inout StepValues<S>, parameters: DroneParameters<S>
  ) {
    values.attitude = RotationMatrix(state.attitude)
    guard hasRotorLag || hasBattery else { return }
    if hasBattery {
      turnDrainedRotors(&state, &values, parameters: parameters)
    } else {
      values.rotorSpeeds = state.rotorSpeeds.zip(values.response) { $1.next(after: $0) }
    }
    values.rotorThrust = RotorThrust(speeds: values.rotorSpeeds, parameters: parameters)
  }

  /// Brings the rotors to the speeds that the battery lets them have.
  @inline(__always)
  private func turnDrainedRotors<S: Lanes>(
    _ state: inout DroneState<S>, _ values: inout StepValues<S>, parameters: DroneParameters<S>
  ) {
    let fastest = parameters.maximumRotorSpeed.lowered(to: drain(&state, parameters: parameters))
    let targets = values.response.map { $0.command.lowered(to: fastest) }
    if hasRotorLag {
      let (lag, time) = (parameters.rotorLag, S(period))
      values.rotorSpeeds = state.rotorSpeeds.zip(targets) {
        lag.speed(from: $0, to: $1, after: time)
      }
    } else {
      values.rotorSpeeds = targets
    }
  }

  /// Draws what the rotors took in the step before, and says how fast the voltage lets them turn. [rpm]
  @inline(__always)
  private func drain<S: Lanes>(_ state: inout DroneState<S>, parameters: DroneParameters<S>) -> S {
    let power = parameters.power(at: state.rotorSpeeds)
    let voltage = parameters.battery.voltage(power: power, drawn: state.drawnCharge)
    state.drawnCharge += S(period) * power / voltage
    return parameters.battery.highestSpeed(voltage: voltage, drawn: state.drawnCharge)
      .raised(to: .zero)
  }

  /// Begins the sum of wrenches with that of the rotors; with nothing where effects have to be turned
  /// before they are added to it.
  @inline(__always)
  func beginWrench<S: Lanes>(_ values: inout StepValues<S>) {
    if hasEffectsInLinkFrames {
      values.wrench = .zero
    } else {
      setRotors(of: &values)
    }
  }

  /// Turns the wrench of effects from the frames of the step before to those of this, and adds that of
  /// the rotors.
  @inline(__always)
  func turnEffects<S: Lanes>(_ values: inout StepValues<S>) {
    let (attitude, linkFrame, effects) = (values.attitude, values.linkFrame, values.wrench)
    setRotors(of: &values)
    values.wrench.force += attitude.inverse(linkFrame(effects.force))
    values.wrench.torque += attitude.inverse(linkFrame(effects.torque))
  }

  /// Puts the wrench of the rotors in the place of the sum.
  @inline(__always)
  private func setRotors<S: Lanes>(of values: inout StepValues<S>) {
    if turnsWithLinkFrames {
      let attitude = values.attitude
      values.wrench = values.rotorThrust.wrench(along: attitude.inverse(values.linkFrame.zAxis))
      values.linkFrame = attitude
    } else {
      values.wrench = values.rotorThrust.wrench
    }
  }

  /// Gives a group the velocities that it has at the end of the step, contacts aside.
  @inline(__always)
  func accelerate<S: Lanes>(
    _ state: inout DroneState<S>, by values: StepValues<S>, parameters: DroneParameters<S>,
    mayHaveTurnedAxes: Bool
  ) {
    var wrench = values.wrench
    var spin = S.zero
    if hasRotorMomentum {
      let before = RotorMomentum(speeds: state.rotorSpeeds, parameters: parameters)
      let now = RotorMomentum(speeds: values.rotorSpeeds, parameters: parameters)
      spin = now.momentum
      wrench.torque.z += S(1 / period) * (before.momentum - now.momentum)
    }
    equations.accelerate(
      &state, by: wrench, attitude: values.attitude, parameters: parameters, rotorMomentum: spin,
      mayHaveTurnedAxes: mayHaveTurnedAxes)
  }

  /// Moves a group by its velocities.
  @inline(__always)
  func move<S: Lanes>(_ state: inout DroneState<S>, rotorSpeeds: PerRotor<S>) {
    equations.move(&state)
    state.rotorSpeeds = rotorSpeeds
  }
}
