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
  private let hasRotorDynamics: Bool
  private let period: Double

  /// The steps of some worlds.
  init(_ physics: FlightPhysics, worlds: [WorldDescription], period: Double) {
    self.period = period
    equations = NewtonEuler(physics: physics, period: period)
    hasRotorDynamics = physics.hasRotorDynamics
    turnsWithLinkFrames = physics.linkFrames == .previousStep
    hasEffectsInLinkFrames =
      turnsWithLinkFrames && physics.effectFrames == .previousStep && !physics.effects.isEmpty
    let models = worlds.lazy.flatMap(\.models)
    hasRotorLag = hasRotorDynamics && models.contains { $0.rotorLag != .none }
    hasBattery = hasRotorDynamics && models.contains { $0.battery != nil }
  }

  /// How rotors respond to the commands of the steps to come.
  @inline(__always)
  func response<S: Lanes>(
    of state: DroneState<S>, to commands: PerRotor<S>, parameters: DroneParameters<S>
  ) -> PerRotor<RotorResponse<S>> {
    let targets = commands.map { $0.clamped(from: .zero, to: parameters.maximumRotorSpeed) }
    let (lag, time) = (parameters.rotorLag, S(period))
    return state.rotorSpeeds.zip(targets) { lag.response(from: $0, to: $1, every: time) }
  }

  /// Brings the rotors to the speeds that act over the step.
  // Each case writes where the speeds belong: what branches return is copied through memory.
  @inline(__always)
  func turnRotors<S: Lanes>(of group: inout DroneGroup<S>, parameters: DroneParameters<S>) {
    if hasBattery {
      turnDrainedRotors(of: &group, parameters: parameters)
    } else if hasRotorLag {
      group.rotorSpeeds = group.state.rotorSpeeds.zip(group.response) { $1.next(after: $0) }
    } else {
      group.rotorSpeeds = group.response.map(\.command)
    }
    group.attitude = RotationMatrix(group.state.attitude)
  }

  /// Brings the rotors to the speeds that the battery lets them have.
  @inline(__always)
  private func turnDrainedRotors<S: Lanes>(
    of group: inout DroneGroup<S>, parameters: DroneParameters<S>
  ) {
    let fastest = parameters.maximumRotorSpeed
      .lowered(to: drain(&group.state, parameters: parameters))
    let targets = group.response.map { $0.command.lowered(to: fastest) }
    if hasRotorLag {
      let (lag, time) = (parameters.rotorLag, S(period))
      group.rotorSpeeds = group.state.rotorSpeeds.zip(targets) {
        lag.speed(from: $0, to: $1, after: time)
      }
    } else {
      group.rotorSpeeds = targets
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
  func beginWrench<S: Lanes>(of group: inout DroneGroup<S>, parameters: DroneParameters<S>) {
    let thrust = RotorThrust(speeds: group.rotorSpeeds, parameters: parameters)
    group.thrust = thrust.total
    if hasEffectsInLinkFrames {
      group.wrench = .zero
    } else {
      setRotors(thrust, of: &group)
    }
  }

  /// Turns the wrench of effects from the frames of the step before to those of this, and adds that of
  /// the rotors.
  @inline(__always)
  func turnEffects<S: Lanes>(of group: inout DroneGroup<S>, parameters: DroneParameters<S>) {
    let (attitude, linkFrame, effects) = (group.attitude, group.linkFrame, group.wrench)
    setRotors(RotorThrust(speeds: group.rotorSpeeds, parameters: parameters), of: &group)
    group.wrench.force += attitude.inverse(linkFrame(effects.force))
    group.wrench.torque += attitude.inverse(linkFrame(effects.torque))
  }

  /// Puts the wrench of the rotors in the place of the sum.
  @inline(__always)
  private func setRotors<S: Lanes>(_ thrust: RotorThrust<S>, of group: inout DroneGroup<S>) {
    if turnsWithLinkFrames {
      let attitude = group.attitude
      group.wrench = thrust.wrench(along: attitude.inverse(group.linkFrame.zAxis))
      group.linkFrame = attitude
    } else {
      group.wrench = thrust.wrench
    }
  }

  /// Gives a group the velocities that it has at the end of the step, contacts aside.
  @inline(__always)
  func accelerate<S: Lanes>(_ group: inout DroneGroup<S>, parameters: DroneParameters<S>) {
    var wrench = group.wrench
    var spin = S.zero
    if hasRotorDynamics {
      let before = RotorMomentum(
        speeds: group.state.rotorSpeeds, parameters: parameters)
      let now = RotorMomentum(speeds: group.rotorSpeeds, parameters: parameters)
      spin = now.momentum
      wrench.torque.z += S(1 / period) * (before.momentum - now.momentum)
    }
    equations.accelerate(
      &group.state, by: wrench, attitude: group.attitude,
      parameters: parameters, rotorMomentum: spin)
  }

  /// Moves a group by its velocities.
  @inline(__always)
  func move<S: Lanes>(_ group: inout DroneGroup<S>) {
    equations.move(&group.state)
    group.state.rotorSpeeds = group.rotorSpeeds
  }
}
