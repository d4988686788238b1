import Drone
import SpatialMath

/// What the numbers of an action mean; all lie between −1 and 1.
public enum ActionMode: Sendable, Hashable {
  /// Four rotor speeds about that of hovering: Ω = Ωh (1 + authority · a).
  case rotorSpeeds(authority: Double)
  /// One speed for all rotors, about that of hovering.
  case collective(authority: Double)
  /// Four rotor speeds from rest to the highest: Ω = Ωmax (a + 1) / 2.
  case wholeRange
  /// The same by the rotors' places rather than their numbers, and by the drone's own highest speed: from the front
  /// right, or of a plus the front, clockwise seen from above.
  case throttles
  /// A place in the world in metres that PID control flies to, by way of a point at most 1 m away.
  case waypoint
  /// A place for PID control to fly to, at most `reach` metres away along each axis.
  case displacement(reach: Double)
  /// A height for PID control to fly to, at most `reach` metres above or below.
  case climb(reach: Double)
  /// A direction, and as fourth number the share of a speed limit, for PID control to hold. [m/s]
  case velocity(limit: Double)
  /// Roll and pitch up to a tilt, yaw up to π, and thrust from 0 to twice the weight. [rad]
  case attitude(tilt: Double)
  /// Body rates up to a limit, and thrust from 0 to twice the weight. [rad/s]
  case bodyRates(limit: Double)
  /// Factors a + 1 on the gains of the PID control that flies to the goal: P, I and D on position, then
  /// on attitude.
  case gains

  /// How many numbers an action has. [–]
  public var count: Int {
    switch self {
    case .collective, .climb: 1
    case .waypoint, .displacement: 3
    case .rotorSpeeds, .wholeRange, .throttles, .velocity, .attitude, .bodyRates: 4
    case .gains: 6
    }
  }

  /// Whether a control law follows it, rather than that it says what the rotors are to do.
  var usesLaw: Bool {
    switch self {
    case .rotorSpeeds, .collective, .wholeRange, .throttles: false
    case .attitude, .bodyRates, .waypoint, .displacement, .climb, .velocity, .gains: true
    }
  }

  /// Whether position control follows it, which remembers.
  var usesMemory: Bool {
    switch self {
    case .rotorSpeeds, .collective, .wholeRange, .throttles, .attitude, .bodyRates: false
    case .waypoint, .displacement, .climb, .velocity, .gains: true
    }
  }

  /// Whether it is followed with an eye on the goal.
  var usesGoal: Bool {
    switch self {
    case .displacement, .gains: true
    default: false
    }
  }
}

extension ActionMode: CustomStringConvertible {
  public var description: String {
    switch self {
    case .rotorSpeeds(let authority): "speeds of rotors 0 to 3, hover speed ± \(percent(authority))"
    case .collective(let authority): "speed of all rotors, hover speed ± \(percent(authority))"
    case .wholeRange: "speeds of rotors 0 to 3, from rest to the highest"
    case .throttles:
      "rotor speeds up to the highest: front right, back right, back left, front left (plus: from the front)"
    case .waypoint: "x, y, z of a way point in the world [m], for PID control"
    case .displacement(let reach):
      "x, y, z of a way point for PID control, ± \(reach.words) m from the drone"
    case .climb(let reach):
      "height of a way point for PID control, ± \(reach.words) m from the drone"
    case .velocity(let limit):
      "direction x, y, z, and speed up to \(limit.words) m/s by its size, for PID control"
    case .attitude(let tilt):
      "roll and pitch ± \(tilt.words) rad, yaw ± π rad, thrust from 0 to twice the weight"
    case .bodyRates(let limit):
      "body rates x, y, z ± \(limit.words) rad/s, thrust from 0 to twice the weight"
    case .gains: "factors 0 to 2 on PID gains: position P, I, D, attitude P, I, D"
    }
  }

  private func percent(_ share: Double) -> String { "\((100 * share).words) %" }
}
