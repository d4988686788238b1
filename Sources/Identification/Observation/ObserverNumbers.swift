/// The numbers of a predictor: how much its observer trusts model and log, and how much of a change of control
/// it lets through.
///
/// They belong to where logs come from, not to a drone, and are kept out of model files. They were fitted by
/// Nelder and Mead's method on prediction errors; with flights left out in turn the errors of those grow by
/// less than 2.5 % (NanoBench) and 6 % (phoenix). See Documentation/Truth.md.
package struct ObserverNumbers: Sendable, Codable, Equatable {
  /// The root mean square of fast disturbances in roll and pitch, in tenths of rad/s². [–]
  package var fast: Double
  /// That in yaw. [–]
  package var fastYaw: Double
  /// How long they last. [s]
  package var fastTime: Double
  /// How fast slow disturbances change. [rad²/s⁵]
  package var slow: Double
  /// How fast the bias of acceleration along x and y changes. [m²/s⁵]
  package var sideways: Double
  /// How fast the scale of thrust changes. [1/s]
  package var thrust: Double
  /// The share of a change of torque in roll and pitch that is not let through, λ. [–]
  package var hold: Double
  /// The rate that damps roll and pitch besides, κ. [1/s]
  package var damping: Double
  /// The share of yaw's acceleration that is not let through. [–]
  package var holdYaw: Double
  /// How long control is averaged for what λ compares with. [s]
  package var reference: Double

  /// Motion capture, and logs that come by radio: NanoBench.
  package static let nanobench = ObserverNumbers(
    fast: 2.76, fastYaw: 9.28, fastTime: 0.388, slow: 1.33, sideways: 0.0121, thrust: 0.000847,
    hold: 0, damping: 0, holdYaw: 0, reference: 0.002)
  /// The same, for predictions that know of the law that answers.
  package static let nanobenchUnderControl = ObserverNumbers(
    fast: 0.76, fastYaw: 0.575, fastTime: 0.37, slow: 1.32, sideways: 0.0162, thrust: 0.00128,
    hold: 0.48, damping: 8.66, holdYaw: 1.17, reference: 0.116)
  /// Estimates on board and loud control: phoenix-drone-simulation.
  package static let phoenix = ObserverNumbers(
    fast: 17.9, fastYaw: 15.4, fastTime: 0.0249, slow: 31, sideways: 8.32e-07, thrust: 8.32e-07,
    hold: 0, damping: 0, holdYaw: 0, reference: 0.002)
  /// The same, for predictions that know of the law that answers.
  package static let phoenixUnderControl = ObserverNumbers(
    fast: 13.2, fastYaw: 9.56, fastTime: 0.0314, slow: 7.38, sideways: 0.0003, thrust: 8.53e-07,
    hold: 0.176, damping: 7.78, holdYaw: 0.0513, reference: 1.7)
}

/// The two predictors of logs of one origin.
package struct ObserverPair: Sendable {
  /// What logs they belong to.
  package let name: String
  /// The model alone.
  package let model: ObserverNumbers
  /// The model, and the law that answers what it does not see.
  package let underControl: ObserverNumbers

  /// Two predictors under a name.
  package init(name: String, model: ObserverNumbers, underControl: ObserverNumbers) {
    (self.name, self.model, self.underControl) = (name, model, underControl)
  }

  /// Those that come with the package.
  package static let all = [
    ObserverPair(name: "nanobench", model: .nanobench, underControl: .nanobenchUnderControl),
    ObserverPair(name: "phoenix", model: .phoenix, underControl: .phoenixUnderControl),
  ]
}

extension ObserverNumbers {
  /// Whether an observer can work with them.
  package var isUsable: Bool {
    let numbers = [fast, fastYaw, slow, sideways, thrust, hold, damping, holdYaw]
    return numbers.allSatisfy { $0.isFinite && $0 >= 0 } && fastTime.isFinite && fastTime > 0
      && reference.isFinite && reference > 0
  }

  /// The same observer, whose predictor lets all changes of control through.
  package var withoutHold: ObserverNumbers {
    var numbers = self
    (numbers.hold, numbers.damping, numbers.holdYaw) = (0, 0, 0)
    return numbers
  }
}
