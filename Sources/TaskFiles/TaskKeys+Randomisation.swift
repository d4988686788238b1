import Configuration
import Parameters
import SpatialMath
import Tasks

extension TaskKeys {
  private static let factors = NumberRange.within(1e-3...1e3)
  private static let shares = NumberRange.within(0...1e3)

  /// What differs from episode to episode.
  static let randomisation: [Field<TaskDraft>] = bodies + starts

  private static let bodies: [Field<TaskDraft>] = [
    Field(
      .boolean(
        "airframes", "whether each episode flies another airframe, drawn at random"),
      \.setup.randomisation.drawsAirframes),
    Field(.interval("mass", "factors on the mass", in: factors), \.setup.randomisation.mass),
    Field(
      .interval("inertia", "factors on all moments of inertia", in: factors),
      \.setup.randomisation.inertia),
    Field(
      .interval("motors", "factors on each rotor's thrust and torque", in: factors),
      \.setup.randomisation.motors),
    Field(
      .interval("drag", "factors on the rotors' drag", in: shares),
      \.setup.randomisation.drag),
    Field(
      .interval("rotor_torque", "factors on the rotors' torque", in: shares),
      \.setup.randomisation.rotorTorque),
    Field(
      .interval("rotor_inertia", "factors on the rotors' moment of inertia", in: shares),
      \.setup.randomisation.rotorInertia),
    Field(
      .interval(
        "rotor_lag", "factors on the rates at which rotors follow commands", in: factors),
      \.setup.randomisation.rotorLag),
    Field(
      .interval(
        "dead_time", "factors on the time after which commands reach the rotors", in: shares),
      \.setup.randomisation.deadTime),
    Field(
      .interval("speed_moment", "factors on the torque that tilts a moving drone back", in: shares),
      \.setup.randomisation.speedMoment),
    Field(
      .interval("rate_damping", "factors on the torque that a turning drone meets", in: shares),
      \.setup.randomisation.rateDamping),
    Field(
      .interval("torque_noise", "factors on the random torque that shakes a drone", in: shares),
      \.setup.randomisation.torqueNoise),
  ]

  private static let starts: [Field<TaskDraft>] = [
    Field(
      .interval("delay", "by how many actions commands come late", in: 0...1000),
      \.setup.randomisation.delay),
    Field(
      .vector(
        "position", "the largest offset of the start along each axis", unit: "m",
        in: .within(0...1e6)), \.setup.randomisation.position),
    Field(
      .number(
        "speed", "the largest speed at the start along each axis", unit: "m/s",
        in: .within(0...1000)), \.setup.randomisation.speed),
    Field(
      .number(
        "tilt", "the largest roll and pitch at the start", unit: "rad", in: .within(0...(.pi))),
      \.setup.randomisation.tilt),
    Field(
      .number("yaw", "the largest yaw at the start", unit: "rad", in: .within(0...(.pi))),
      \.setup.randomisation.yaw),
    Field(
      .number(
        "body_rate", "the largest body rate at the start about each axis", unit: "rad/s",
        in: .within(0...1000)), \.setup.randomisation.bodyRate),
    Field(
      .interval(
        "wind_speed", "the speed of a level wind from anywhere, on top of the wind", unit: "m/s",
        in: .within(0...1000)), \.setup.randomisation.windSpeed),
  ]
}
