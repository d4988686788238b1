package import Parameters

extension ActionMode {
  /// The modes as files write them.
  package static let forms: [Form<ActionMode>] = [
    Form(
      "rotor_speeds", "four rotor speeds about that of hovering",
      .number("authority", "the largest change, as a share", in: .positive(upTo: 1), default: 0.2),
      make: { .rotorSpeeds(authority: $0) },
      fields: { if case .rotorSpeeds(let authority) = $0 { authority } else { nil } }),
    Form(
      "collective", "one speed for all rotors, about that of hovering",
      .number("authority", "the largest change, as a share", in: .positive(upTo: 1), default: 0.2),
      make: { .collective(authority: $0) },
      fields: { if case .collective(let authority) = $0 { authority } else { nil } }),
    Form("whole_range", "four rotor speeds from rest to the highest", .wholeRange),
    Form(
      "throttles", "four rotor speeds from rest to the highest, clockwise from the front right",
      .throttles),
    Form("waypoint", "a place in the world, flown to by PID control", .waypoint),
    Form(
      "displacement", "a place seen from the drone, flown to by PID control",
      .number("reach", "the farthest along each axis", unit: "m", in: lengths, default: 0.5),
      make: { .displacement(reach: $0) },
      fields: { if case .displacement(let reach) = $0 { reach } else { nil } }),
    Form(
      "climb", "a height seen from the drone, flown to by PID control",
      .number("reach", "the farthest up and down", unit: "m", in: lengths, default: 0.1),
      make: { .climb(reach: $0) },
      fields: { if case .climb(let reach) = $0 { reach } else { nil } }),
    Form(
      "velocity", "a direction and a share of a speed, held by PID control",
      .number("limit", "the highest speed", unit: "m/s", in: .positive(upTo: 1000), default: 0.5),
      make: { .velocity(limit: $0) },
      fields: { if case .velocity(let limit) = $0 { limit } else { nil } }),
    Form(
      "attitude", "roll, pitch, yaw, and thrust from 0 to twice the weight",
      .number(
        "tilt", "the largest roll and pitch", unit: "rad", in: .positive(upTo: .pi / 2),
        default: 0.5),
      make: { .attitude(tilt: $0) },
      fields: { if case .attitude(let tilt) = $0 { tilt } else { nil } }),
    Form(
      "body_rates", "body rates, and thrust from 0 to twice the weight",
      .number("limit", "the highest rate", unit: "rad/s", in: .positive(upTo: 1000), default: 6),
      make: { .bodyRates(limit: $0) },
      fields: { if case .bodyRates(let limit) = $0 { limit } else { nil } }),
    Form("gains", "factors on the gains of PID control that flies to the goal", .gains),
  ]

  private static let lengths = NumberRange.positive(upTo: 1e6)
}
