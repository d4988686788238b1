package import Parameters

/// What the ends of the sticks stand for.
package struct StickLimits: Sendable, Equatable {
  /// The largest roll and pitch in mode `angle`. [rad]
  package var tilt = 0.5
  /// The highest body rates in mode `rate`. [rad/s]
  package var rates = 6.0
  /// The highest level velocity in mode `position`. [m/s]
  package var speed = 1.5
  /// The highest climb in mode `position`. [m/s]
  package var climb = 1.0
  /// The highest rate of turn in modes `position` and `angle`. [rad/s]
  package var turn = 1.5

  /// The usual limits.
  package init() {}

  /// What scenarios can say of them, and of the mode at first.
  package static let factory = Factory<Void, (Sticks.Mode, StickLimits), Never>(
    .word(
      "mode", "what the sticks command until the person chooses",
      among: Sticks.Mode.allCases.map(\.rawValue), default: Sticks.Mode.position.rawValue),
    .number(
      "tilt", "the largest roll and pitch in mode angle", unit: "rad",
      in: .positive(upTo: .pi / 2), default: 0.5),
    .number(
      "rates", "the highest body rates in mode rate", unit: "rad/s", in: .positive(upTo: 100),
      default: 6),
    .number(
      "speed", "the highest level velocity in mode position", unit: "m/s",
      in: .positive(upTo: 100), default: 1.5),
    .number(
      "climb", "the highest climb in mode position", unit: "m/s", in: .positive(upTo: 100),
      default: 1),
    .number(
      "turn", "the highest rate of turn in modes position and angle", unit: "rad/s",
      in: .positive(upTo: 100), default: 1.5)
  ) {
    (_: Void, mode: String, tilt: Double, rates: Double, speed: Double, climb: Double, turn: Double)
    in
    var limits = StickLimits()
    (limits.tilt, limits.rates, limits.turn) = (tilt, rates, turn)
    (limits.speed, limits.climb) = (speed, climb)
    return (Sticks.Mode(rawValue: mode) ?? .position, limits)
  }
}
