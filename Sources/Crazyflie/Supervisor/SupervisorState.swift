import SpatialMath

extension Supervisor {
  /// What is known of the drone.
  struct Conditions: Sendable {
    var isArmed = false
    var isFlying = false
    var isTumbled = false
    /// The commander has been silent long enough to level out, and long enough to stop.
    var (isSilent, isLost) = (false, false)
    var isEmergency = false
    var isCrashed = false
    var (isPreflightOver, isLandingOver) = (false, false)
  }

  /// Where the drone is between its start and its end.
  package enum State: UInt8, Sendable {
    case notInitialized, preflightFailed, preflightPassed, arming, readyToFly, flying, landed
    case reset, levelingOut, stopping, locked, crashed

    /// The state that follows.
    func next(_ now: Conditions) -> State {
      switch self {
      case .notInitialized, .reset: return .preflightFailed
      case .stopping: return .locked
      case .locked: return .locked
      case .crashed:
        if !now.isCrashed, !now.isTumbled { return .preflightFailed }
        return now.isEmergency ? .locked : self
      case .landed:
        if now.isLandingOver || !now.isArmed { return .reset }
        return now.isFlying ? .flying : self
      default: return now.isEmergency ? .stopping : nextInCalm(now)
      }
    }

    /// The state that follows where there is no emergency.
    private func nextInCalm(_ now: Conditions) -> State {
      switch self {
      case .preflightFailed: return now.isTumbled ? self : .preflightPassed
      case .preflightPassed:
        if now.isTumbled { return .preflightFailed }
        return now.isArmed ? .arming : self
      case .arming: return now.isTumbled || !now.isArmed ? .preflightFailed : .readyToFly
      case .readyToFly:
        if now.isTumbled || now.isPreflightOver || !now.isArmed { return .preflightFailed }
        return now.isFlying ? .flying : self
      case .flying:
        if now.isLost { return .stopping }
        if now.isTumbled { return .crashed }
        if !now.isArmed { return .reset }
        if now.isSilent { return .levelingOut }
        return now.isFlying ? self : .landed
      case .levelingOut:
        if now.isLost || now.isTumbled { return .stopping }
        return now.isSilent ? self : .flying
      default: return self
      }
    }
  }
}

/// Whether a drone has lain on its side for a second, or on its back for a tenth.
struct TumblingCheck: Sendable {
  private var start: Double?

  private static let (tilted, tiltedTime) = (0.5, 1.0)
  private static let (upsideDown, upsideDownTime) = (-0.2, 0.1)
  private static let freeFall = 0.1

  /// Takes in what is felt, along the body's axes. [g, s]
  mutating func isTumbled(_ felt: Vector<Body, Double>, at time: Double) -> Bool {
    if abs(felt.x) < Self.freeFall, abs(felt.y) < Self.freeFall, abs(felt.z) < Self.freeFall {
      start = nil
    }
    guard felt.z < Self.tilted else {
      start = nil
      return false
    }
    let since = time - (start ?? time)
    start = start ?? time
    return since > Self.tiltedTime
      || (felt.z < Self.upsideDown && since > Self.upsideDownTime)
  }
}
