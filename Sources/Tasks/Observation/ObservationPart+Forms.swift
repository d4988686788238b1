package import Parameters

extension ObservationPart {
  /// The parts as files write them.
  package static let forms: [Form<ObservationPart>] = ownMotion + surroundings

  private static let ownMotion: [Form<ObservationPart>] = [
    Form(
      "position_error", "from the drone to its goal", scale(3, "m"), axes(.world),
      make: { .positionError(scale: $0, along: $1) },
      fields: { if case .positionError(let scale, let axes) = $0 { (scale, axes) } else { nil } }),
    Form(
      "velocity_error", "the velocity of the goal less the drone's", scale(3, "m/s"),
      make: { .velocityError(scale: $0) },
      fields: { if case .velocityError(let scale) = $0 { scale } else { nil } }),
    Form("rotation_matrix", "the rotation matrix from body to world, row by row", .rotationMatrix),
    Form("quaternion", "the quaternion x, y, z, w from body to world, with w ≥ 0", .quaternion),
    Form("roll_pitch_yaw", "roll, pitch and yaw over π", .rollPitchYaw),
    Form("projected_gravity", "where down is along the drone's axes", .projectedGravity),
    Form(
      "velocity", "the velocity", axes(.world), scale(3, "m/s"),
      make: { .velocity($0, scale: $1) },
      fields: { if case .velocity(let axes, let scale) = $0 { (axes, scale) } else { nil } }),
    Form(
      "angular_velocity", "the angular velocity", axes(.body), scale(20, "rad/s"),
      make: { .angularVelocity($0, scale: $1) },
      fields: { if case .angularVelocity(let axes, let scale) = $0 { (axes, scale) } else { nil } }
    ),
    Form(
      "height", "the height above the floor", scale(3, "m"), make: { .height(scale: $0) },
      fields: { if case .height(let scale) = $0 { scale } else { nil } }),
    Form(
      "last_actions", "the last actions, the oldest first",
      .integer("count", "how many", in: 1...1000, default: 1), make: { .lastActions($0) },
      fields: { if case .lastActions(let count) = $0 { count } else { nil } }),
    Form(
      "accelerations", "what inertial sensors feel over the last actions, the oldest first",
      .integer("count", "over how many", in: 1...1000, default: 1), scale(40, "m/s²"),
      .number(
        "turn_scale", "what accelerations of turning are divided by", unit: "rad/s²",
        in: .positive(upTo: 1e6), default: 400),
      make: { .accelerations($0, scale: $1, turnScale: $2) },
      fields: { part in
        if case .accelerations(let count, let scale, let turnScale) = part {
          (count, scale, turnScale)
        } else {
          nil
        }
      }),
    Form("gpd_state", "what gym-pybullet-drones shows, without bounds", .gpdState),
  ]

  private static let surroundings: [Form<ObservationPart>] = [
    Form(
      "neighbours", "where the nearest others are, and how fast",
      .integer("count", "how many", in: 1...1000, default: 1), scale(3, "m and m/s"),
      axes(.world), make: { .neighbours($0, scale: $1, along: $2) },
      fields: { part in
        if case .neighbours(let count, let scale, let axes) = part {
          (count, scale, axes)
        } else {
          nil
        }
      }),
    Form(
      "ranges", "how far the drone sees around it in the level, counterclockwise from ahead",
      .integer("count", "in how many directions", in: 1...4096, default: 16), reach,
      .number(
        "over", "over which angle ahead, from right to left if it is less than all around",
        unit: "rad", in: .positive(upTo: 2 * .pi), default: 2 * .pi),
      .number(
        "half_at", "at which distance h a range d is a half, as h / (h + d); d / reach if 0",
        unit: "m", in: .within(0...1e6), default: 0),
      make: { .ranges($0, reach: $1, over: $2, halfAt: $3) },
      fields: { part in
        if case .ranges(let count, let reach, let angle, let half) = part {
          (count, reach, angle, half)
        } else {
          nil
        }
      }),
    Form(
      "multiranger", "how far it sees to its front, back, left and right, and up", reach,
      make: { .multiranger(reach: $0) },
      fields: { if case .multiranger(let reach) = $0 { reach } else { nil } }),
    Form(
      "altitude", "how far it sees down along its own axis", reach,
      make: { .altitude(reach: $0) },
      fields: { if case .altitude(let reach) = $0 { reach } else { nil } }),
    Form(
      "features", "numbers that only the task knows",
      .integer("count", "how many", in: 1...10_000), make: { .features($0) },
      fields: { if case .features(let count) = $0 { count } else { nil } }),
  ]

  private static func scale(_ initial: Double, _ unit: String) -> Parameter<Double> {
    .number(
      "scale", "what it is divided by", unit: unit, in: .positive(upTo: 1e6), default: initial)
  }

  private static func axes(_ initial: Axes) -> Parameter<Axes> {
    .word("axes", "whose axes it is seen along", default: initial)
  }

  private static let reach = Parameter.number(
    "reach", "how far, and what ranges are divided by", unit: "m", in: .within(1e-3...1e6),
    default: 3)
}
