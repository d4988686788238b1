package import Drone
import SpatialMath

/// Flies as a person commands by sticks, and comes down safely when the sticks fall silent.
///
/// Thrust of modes `angle` and `rate` is m g (1 + throttle). Where there are no sticks, the drone stops and
/// hovers for 2 s, then sinks at 0.3 m/s, and its rotors stop once it does not get lower; so they do after a
/// landing by hand. Throttle takes it off again.
package struct HumanController: Controller {
  /// Where the sticks are; `nil` where nobody holds them.
  package var sticks: Sticks?
  /// What the sticks command until the person chooses.
  package let mode: Sticks.Mode

  /// How long it hovers without sticks before it sinks. [s]
  package static let patience = 2.0
  /// How fast it sinks without sticks. [m/s]
  package static let sinkSpeed = 0.3
  /// How far ahead of the drone its place may be moved, level and down. [m]
  private static let (lead, depth) = (0.5, 0.25)
  /// How fast the velocity of its place follows the sticks: slower than position control swings by itself. [rad/s]
  private static let swiftness = 3.0
  /// Slower than this it stands, if it should move. [m/s]
  private static let stillSpeed = 0.05
  /// How long it stands before it has landed. [s]
  private static let stillTime = 0.3
  /// How far throttle is pushed up to take off. [–]
  private static let takeoff = 0.1

  private let limits: StickLimits
  private let weight: Double
  private let recording: SticksRecording?
  private var attitude: AttitudeController
  private var integral = Vector<World, Double>.zero
  /// Where it should be in mode `position` and without sticks; `nil` while it follows neither.
  private var place: Goal<Double>?
  /// How the velocity of the place changes. [m/s²]
  private var acceleration = Vector<World, Double>.zero
  /// How long there have been no sticks, and how long it has stood although it should sink. [s]
  private var (silence, stillness) = (0.0, 0.0)
  private var hasLanded = false

  /// A controller for a model.
  ///
  /// - Parameters:
  ///   - model: The vehicle.
  ///   - gravity: The acceleration of free fall. [m/s²]
  ///   - mode: What the sticks command until the person chooses.
  ///   - limits: What the ends of the sticks stand for.
  ///   - recording: What a person did in another flight, to be done again.
  /// - Throws: ``ControllerError`` where the rotors cannot make every torque.
  package init(
    model: QuadcopterModel, gravity: Double, mode: Sticks.Mode = .position,
    limits: StickLimits = StickLimits(), recording: SticksRecording? = nil
  ) throws(ControllerError) {
    attitude = try AttitudeController(model: model, gravity: gravity)
    (self.mode, self.limits, self.recording) = (mode, limits, recording)
    weight = model.mass * gravity
  }

  /// Whether a person can fly it: where it does again what was recorded, none can.
  package var takesSticks: Bool { recording == nil }

  package var followsReference: Bool { false }

  package mutating func reset() {
    (integral, acceleration, place, hasLanded) = (.zero, .zero, nil, false)
    (silence, stillness, sticks) = (0, 0, nil)
  }

  package mutating func rotorSpeeds(
    for state: DroneState<Double>, tracking setpoint: Setpoint, at time: Double,
    every period: Double
  ) -> PerRotor<Double> {
    if let recording { sticks = recording.sticks(at: time) }
    silence = sticks == nil ? silence + period : 0
    if hasLanded {
      guard let sticks, sticks.throttle > Self.takeoff else { return PerRotor(repeating: 0) }
      (hasLanded, place, integral, acceleration) = (false, nil, .zero, .zero)
    }
    let speeds =
      switch sticks?.mode {
      case .angle, .rate: steered(state, by: sticks ?? Sticks(), every: period)
      case .position, nil: placed(state, by: sticks, every: period)
      }
    guard hasLanded else { return speeds }
    return PerRotor(repeating: 0)
  }
}

extension HumanController {
  /// The speeds for attitudes or body rates, and thrust. [rpm]
  private mutating func steered(
    _ state: DroneState<Double>, by sticks: Sticks, every period: Double
  ) -> PerRotor<Double> {
    (place, acceleration) = (nil, .zero)
    note(isStill: sticks.throttle < -0.5 && state.velocity.norm < Self.stillSpeed, for: period)
    let thrust = weight * (1 + sticks.throttle)
    if sticks.mode == .rate {
      let rates = limits.rates * Vector<Body, Double>(sticks.roll, sticks.pitch, sticks.yaw)
      return attitude.rotorSpeeds(for: state, rates: rates, thrust: thrust, every: period)
    }
    let wanted = RollPitchYaw(
      roll: limits.tilt * sticks.roll, pitch: limits.tilt * sticks.pitch,
      yaw: RollPitchYaw(state.attitude).yaw)
    return attitude.rotorSpeeds(
      for: state, attitude: Rotation(wanted), thrust: thrust,
      rates: Vector(0, 0, limits.turn * sticks.yaw), every: period)
  }

  /// The speeds for a place that the sticks move, or that sinks without them. [rpm]
  private mutating func placed(
    _ state: DroneState<Double>, by sticks: Sticks?, every period: Double
  ) -> PerRotor<Double> {
    var goal =
      place
      ?? Goal(
        position: state.position, velocity: state.velocity, yaw: RollPitchYaw(state.attitude).yaw)
    // A critically damped oscillator follows them, no faster than steps of a period can.
    let w = min(Self.swiftness, 0.5 / period)
    let change = velocity(of: sticks, heading: goal.yaw) - goal.velocity
    acceleration += period * (w * w * change - 2 * w * acceleration)
    goal.velocity += period * acceleration
    goal.yawRate = limits.turn * (sticks?.yaw ?? 0)
    goal.yaw += period * goal.yawRate
    goal.position = held(goal.position + period * goal.velocity, near: state.position)
    let isLow =
      goal.velocity.z < 0 && state.position.z - goal.position.z > 0.9 * Self.depth
    note(isStill: isLow && state.velocity.norm < Self.stillSpeed, for: period)
    place = goal
    return attitude.law(every: period).rotorSpeeds(
      for: state, towards: goal, feedforward: acceleration, integral: &integral)
  }

  /// How fast the place should move. [m/s]
  private func velocity(of sticks: Sticks?, heading: Double) -> Vector<World, Double> {
    guard let sticks else {
      return Vector(0, 0, silence > Self.patience ? -Self.sinkSpeed : 0)
    }
    let level = Rotation<Body, World, Double>(RollPitchYaw(roll: 0, pitch: 0, yaw: heading))
    return level(
      Vector(
        limits.speed * sticks.pitch, -limits.speed * sticks.roll, limits.climb * sticks.throttle))
  }

  /// A place that the drone does not fall far behind, whatever is in its way. [m]
  private func held(
    _ place: Vector<World, Double>, near position: Vector<World, Double>
  ) -> Vector<World, Double> {
    let way = place - position
    let level = (way.x * way.x + way.y * way.y).squareRoot()
    let scale = level > Self.lead ? Self.lead / level : 1
    return position
      + Vector(scale * way.x, scale * way.y, way.z.clamped(from: -Self.depth, to: Self.lead))
  }

  /// Takes in whether it stands although it should sink: after a while it has landed.
  private mutating func note(isStill: Bool, for period: Double) {
    stillness = isStill ? stillness + period : 0
    hasLanded = stillness > Self.stillTime
  }
}
