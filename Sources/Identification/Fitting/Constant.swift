/// A number that `identify` finds.
package enum Constant: String, CaseIterable, Sendable, Encodable, CodingKeyRepresentable {
  case thrust
  case rollGain
  case pitchGain
  case rise
  case fall
  case deadTime
  case rollSpeedMoment
  case pitchSpeedMoment
  case rollDamping
  case pitchDamping
  case yawTorque
  case rotorInertia
  case drag

  /// What it is.
  package var summary: String {
    switch self {
    case .thrust: "thrust over mass, of the base's"
    case .rollGain: "roll torque over inertia, of the base's"
    case .pitchGain: "pitch torque over inertia, of the base's"
    case .rise: "rotor rate, rising [1/s]"
    case .fall: "rotor rate, falling [1e-4 /(s·rpm)]"
    case .deadTime: "dead time [ms]"
    case .rollSpeedMoment: "speed moment, roll [rad/s² for 1 m/s]"
    case .pitchSpeedMoment: "speed moment, pitch [rad/s² for 1 m/s]"
    case .rollDamping: "rate damping, roll [1/s]"
    case .pitchDamping: "rate damping, pitch [1/s]"
    case .yawTorque: "yaw torque over inertia, of the base's"
    case .rotorInertia: "rotor inertia over yaw inertia, of the base's"
    case .drag: "drag over mass [1/s]"
    }
  }

  /// A spread below which a tenth of the number would be too much to ask, in its unit.
  var negligible: Double {
    switch self {
    case .deadTime: 2
    case .rollDamping, .pitchDamping: 0.3
    case .drag: 0.05
    default: 0
    }
  }

  /// What kind of flight would tell it.
  package var advice: String {
    switch self {
    case .thrust: "hover for a minute at several voltages"
    case .rollGain, .rollDamping: "random steps of roll, up to 200°/s, each held for 30 to 110 ms"
    case .pitchGain, .pitchDamping:
      "random steps of pitch, up to 200°/s, each held for 30 to 110 ms"
    case .rise, .fall: "jumps of thrust and of roll and pitch that change pulses by a tenth or more"
    case .deadTime: "sharp steps of the pulses, logged at 500 Hz with one clock"
    case .rollSpeedMoment:
      "flights to the left and right and back at 1 m/s or more, each of about a second"
    case .pitchSpeedMoment: "flights forwards and back at 1 m/s or more, each of about a second"
    case .yawTorque, .rotorInertia: "random steps of yaw, as large as the law bears"
    case .drag: "straight flights at a steady speed, with motion capture"
    }
  }
}
