import Tasks

// What parts and actions are called in policy files: unlike descriptions, names that never change.

extension ObservationPart {
  /// The part and its numbers.
  var stableName: String {
    switch self {
    case .positionError(let scale, .world): "position_error(\(scale))"
    case .positionError(let scale, let axes): "position_error(\(scale),\(axes))"
    case .velocityError(let scale): "velocity_error(\(scale))"
    case .rotationMatrix: "rotation_matrix"
    case .quaternion: "quaternion"
    case .rollPitchYaw: "roll_pitch_yaw"
    case .projectedGravity: "projected_gravity"
    case .velocity(let axes, let scale): "velocity(\(axes),\(scale))"
    case .angularVelocity(let axes, let scale): "angular_velocity(\(axes),\(scale))"
    case .height(let scale): "height(\(scale))"
    case .lastActions(let count): "last_actions(\(count))"
    case .accelerations(let count, let scale, let turnScale):
      "accelerations(\(count),\(scale),\(turnScale))"
    case .neighbours(let count, let scale, .world): "neighbours(\(count),\(scale))"
    case .neighbours(let count, let scale, let axes): "neighbours(\(count),\(scale),\(axes))"
    case .ranges(let count, let reach, let angle, let half):
      "ranges(\(count),\(reach)" + (angle < 2 * .pi ? ",\(angle)" : "")
        + (half > 0 ? ",half_at=\(half))" : ")")
    case .multiranger(let reach): "multiranger(\(reach))"
    case .altitude(let reach): "altitude(\(reach))"
    case .features(let count): "features(\(count))"
    case .gpdState: "gpd_state"
    }
  }
}

extension ActionMode {
  /// The mode and its numbers.
  var stableName: String {
    switch self {
    case .rotorSpeeds(let authority): "rotor_speeds(\(authority))"
    case .collective(let authority): "collective(\(authority))"
    case .wholeRange: "whole_range"
    case .throttles: "throttles"
    case .waypoint: "waypoint"
    case .displacement(let reach): "displacement(\(reach))"
    case .climb(let reach): "climb(\(reach))"
    case .velocity(let limit): "velocity(\(limit))"
    case .attitude(let tilt): "attitude(\(tilt))"
    case .bodyRates(let limit): "body_rates(\(limit))"
    case .gains: "gains"
    }
  }
}

extension ObservedSensor {
  /// The sensor and its scale.
  var stableName: String { "sensor(\(name),\(scale))" }
}
