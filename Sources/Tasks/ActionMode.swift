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
    case .rotorSpeeds, .wholeRange, .velocity, .attitude, .bodyRates: 4
    case .gains: 6
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
    case .rotorSpeeds(let authority): "4 rotor speeds, hover speed ± \(percent(authority))"
    case .collective(let authority): "1 speed of all rotors, hover speed ± \(percent(authority))"
    case .wholeRange: "4 rotor speeds, from rest to the highest"
    case .waypoint: "3 coordinates of a way point [m]"
    case .displacement(let reach): "3 coordinates of a way point, ± \(reach) m from the drone"
    case .climb(let reach): "1 height of a way point, ± \(reach) m from the drone"
    case .velocity(let limit): "3 of a direction and 1 of speed, up to \(limit) m/s"
    case .attitude(let tilt):
      "roll and pitch, up to \(tilt) rad, yaw, and thrust from 0 to twice the weight"
    case .bodyRates(let limit):
      "3 body rates, up to \(limit) rad/s, and thrust from 0 to twice the weight"
    case .gains: "6 factors 0 to 2 on PID gains: position P, I, D, attitude P, I, D"
    }
  }

  private func percent(_ share: Double) -> String { "\(100 * share) %" }
}
