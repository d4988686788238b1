import Drone
import SpatialMath

/// A physics step of a group of drones, in the parts between which others may have their say.
///
/// All parts are pure, and the same for one group or many, in whatever precision.
struct FlightStep: Sendable {
  let equations: NewtonEuler
  let effects: OwnEffects
  /// Whether rotors take time to follow their commands.
  let hasRotorLag: Bool
  /// Whether rotors drain a battery.
  let hasBattery: Bool

  private let hasRotorDynamics: Bool
  /// Whether thrust turns with the attitude of the step before.
  let turnsWithLinkFrames: Bool
  private let hasOuterEffects: Bool
  private let period: Double

  /// The steps of some worlds.
  init(_ physics: FlightPhysics, worlds: [WorldDescription], period: Double) {
    self.period = period
    equations = NewtonEuler(physics: physics, period: period)
    effects = OwnEffects(firstOf: physics.effects, isAlone: worlds[0].models.count == 1)
    hasRotorDynamics = physics.hasRotorDynamics
    turnsWithLinkFrames = physics.linkFrames == .previousStep
    hasOuterEffects = !physics.linkFrameEffects.isEmpty
    let models = worlds.lazy.flatMap(\.models)
    hasRotorLag = hasRotorDynamics && models.contains { $0.rotorLag != .none }
    hasBattery = hasRotorDynamics && models.contains { $0.battery != nil }
  }

  /// How rotors go about the commands of the steps to come.
  @inline(__always)
  func courses<S: Lanes>(
    of state: DroneState<S>, to commands: PerRotor<S>, parameters: DroneParameters<S>
  ) -> PerRotor<RotorLag<S>.Course> {
    let targets = commands.map { $0.clamped(from: .zero, to: parameters.maximumRotorSpeed) }
    let (lag, time) = (parameters.rotorLag, S(period))
    return state.rotorSpeeds.zip(targets) { lag.course(from: $0, to: $1, every: time) }
  }

  /// The rotor speeds that act over the step. [rpm]
  @inline(__always)
  func rotorSpeeds<S: Lanes>(
    of state: inout DroneState<S>, courses: PerRotor<RotorLag<S>.Course>,
    parameters: DroneParameters<S>
  ) -> PerRotor<S> {
    guard hasBattery else {
      guard hasRotorLag else { return courses.map(\.command) }
      return state.rotorSpeeds.zip(courses) { $1.next(after: $0) }
    }
    let fastest = parameters.maximumRotorSpeed.lowered(to: drain(&state, parameters: parameters))
    let targets = courses.map { $0.command.lowered(to: fastest) }
    guard hasRotorLag else { return targets }
    let (lag, time) = (parameters.rotorLag, S(period))
    return state.rotorSpeeds.zip(targets) { lag.speed(from: $0, to: $1, after: time) }
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

  /// The wrench of a group's rotors, of the effects that ask nothing of others, and of `outer`, which is
  /// along the frames that thrust turns with; `linkFrame` is the attitude of the step before, and that of
  /// this step afterwards.
  @inline(__always)
  func wrench<S: Lanes>(
    onTopOf outer: Wrench<Body, S>, state: DroneState<S>,
    attitude: RotationMatrix<Body, World, S>, linkFrame: inout RotationMatrix<Body, World, S>,
    rotorSpeeds: PerRotor<S>, air: Air<S>, parameters: DroneParameters<S>
  ) -> Wrench<Body, S> {
    let thrust = RotorThrust(speeds: rotorSpeeds, parameters: parameters)
    var wrench: Wrench<Body, S>
    if turnsWithLinkFrames {
      wrench = thrust.wrench(along: attitude.inverse(linkFrame.zAxis))
      if hasOuterEffects {
        wrench.force += attitude.inverse(linkFrame(outer.force))
        wrench.torque += attitude.inverse(linkFrame(outer.torque))
      }
      linkFrame = attitude
    } else {
      wrench = thrust.wrench
    }
    effects.add(
      to: &wrench, state: state, attitude: attitude, rotorSpeeds: rotorSpeeds, air: air,
      parameters: parameters)
    return wrench
  }

  /// Gives a group the velocities that it has at the end of the step, contacts aside.
  @inline(__always)
  func accelerate<S: Lanes>(
    _ state: inout DroneState<S>, by wrench: Wrench<Body, S>, rotorSpeeds: PerRotor<S>,
    attitude: RotationMatrix<Body, World, S>, parameters: DroneParameters<S>
  ) {
    var wrench = wrench
    var spin = S.zero
    if hasRotorDynamics {
      let before = RotorMomentum(speeds: state.rotorSpeeds, parameters: parameters)
      let now = RotorMomentum(speeds: rotorSpeeds, parameters: parameters)
      spin = now.momentum
      wrench.torque.z += S(1 / period) * (before.momentum - now.momentum)
    }
    equations.accelerate(
      &state, by: wrench, attitude: attitude, parameters: parameters, rotorMomentum: spin)
  }

  /// Moves a group by its velocities.
  @inline(__always)
  func move<S: Lanes>(_ state: inout DroneState<S>, rotorSpeeds: PerRotor<S>) {
    equations.move(&state)
    state.rotorSpeeds = rotorSpeeds
  }
}
