import Control
import SpatialMath

/// Decides whether motors may run: it arms, watches for silence of the commander and for tumbling, and
/// stops in an emergency.
///
/// States and what leads from one to the next are those of the firmware of 2026, which asks for them 25 times
/// a second.
package struct Supervisor: Sendable {
  /// What it was told of the drone last.
  var conditions = Conditions()
  /// Whether users must arm the drone; it arms itself otherwise, as those with brushed motors do.
  let requiresArming: Bool
  /// How long it waits armed on the ground, and after a landing, before it disarms. [s]
  var (preflightTimeout, landedTimeout) = (30.0, 3.0)
  /// Whether tumbling counts.
  var watchesTumbling = true
  /// The acceleration beside that of rest which counts as a crash; 0 for none. [g]
  var crashAcceleration = 0.0
  /// Whether a parameter says to stop.
  var isStoppedByParameter = false

  package private(set) var state = State.notInitialized
  package private(set) var isArmed = false
  private(set) var isCrashed = false
  private var isEmergency = false
  private var watchdog: Double?
  private var (armedTime, landedTime) = (0.0, 0.0)
  private var tumbling = TumblingCheck()
  private var lastThrust: Double?

  /// A supervisor of a drone that is switched on.
  init(requiresArming: Bool) { self.requiresArming = requiresArming }

  /// How long the commander may be silent before the drone levels out, and before motors stop. [s]
  private static let (levelTimeout, stopTimeout) = (0.5, 2.0)
  /// How long after the last thrust the drone still counts as flying. [s]
  private static let flyingTime = 2.0
  /// How soon the emergency watchdog must be told again, once it was. [s]
  private static let watchdogTimeout = 1.0

  /// Whether setpoints count.
  package var canFly: Bool { [.readyToFly, .flying, .levelingOut, .landed].contains(state) }
  /// Whether motors may run.
  var letsMotorsRun: Bool { canFly || state == .arming }
  /// Whether it flies.
  var isFlying: Bool { state == .flying || state == .levelingOut }
  /// Whether it can be armed.
  var canBeArmed: Bool { state == .preflightPassed }

  /// Notes whether motors run, and the acceleration that the drone feels, along its own axes. [g, s]
  mutating func watch(thrusts: Bool, felt: Vector<Body, Double>, at time: Double) {
    if thrusts { lastThrust = time }
    conditions.isTumbled =
      tumbling.isTumbled(felt, at: time)
      || (crashAcceleration > 0 && abs(felt.norm - 1) > crashAcceleration)
  }

  /// Goes on to the next state.
  ///
  /// - Parameters:
  ///   - time: Now. [s]
  ///   - setpointTime: When the last setpoint came. [s]
  /// - Returns: What to say about it, if anything.
  mutating func update(at time: Double, setpointTime: Double) -> String? {
    conditions.isArmed = isArmed
    conditions.isFlying = lastThrust.map { time - $0 < Self.flyingTime } ?? false
    conditions.isSilent = time - setpointTime > Self.levelTimeout
    conditions.isLost = time - setpointTime > Self.stopTimeout
    conditions.isEmergency =
      isEmergency || isStoppedByParameter
      || watchdog.map { time > $0 + Self.watchdogTimeout } ?? false
    conditions.isCrashed = isCrashed
    conditions.isPreflightOver = state == .readyToFly && time - armedTime > preflightTimeout
    conditions.isLandingOver = state == .landed && time - landedTime > landedTimeout
    var seen = conditions
    if !watchesTumbling { seen.isTumbled = false }
    let next = state.next(seen)
    guard next != state else { return nil }
    let last = state
    state = next
    return enter(next, from: last, at: time)
  }

  private mutating func enter(_ next: State, from last: State, at time: Double) -> String? {
    if next == .readyToFly { armedTime = time }
    if next == .landed { landedTime = time }
    if next == .crashed { isCrashed = true }
    if !letsMotorsRun { isArmed = false }
    if next == .preflightPassed, !requiresArming { isArmed = true }
    switch next {
    case .crashed: return "crashed; it flies again after a recovery"
    case .stopping: return "motors stopped"
    case .locked: return "locked; it flies again after a restart"
    case .readyToFly: return requiresArming ? "armed and ready to fly" : nil
    case .preflightFailed, .reset:
      return requiresArming && [.flying, .landed, .readyToFly].contains(last) ? "disarmed" : nil
    default: return nil
    }
  }

  /// What motors are to do of what the commander asks for.
  func allowed(_ setpoint: CrazyflieSetpoint) -> CrazyflieSetpoint {
    guard letsMotorsRun else { return CrazyflieSetpoint() }
    guard state == .levelingOut else { return setpoint }
    var level = setpoint
    (level.modes.x, level.modes.y) = (.disabled, .disabled)
    (level.modes.roll, level.modes.pitch, level.modes.yaw) = (.absolute, .absolute, .velocity)
    (level.roll, level.pitch, level.rates.z) = (0, 0, 0)
    return level
  }

  /// Arms or disarms; `false` where that cannot be.
  mutating func arm(_ isArmed: Bool) -> Bool {
    guard isArmed != self.isArmed else { return true }
    guard !isArmed || canBeArmed else { return false }
    self.isArmed = isArmed
    return true
  }

  /// Recovers from a crash; `false` where the drone does not lie on its feet.
  mutating func recover() -> Bool {
    guard isCrashed else { return true }
    guard !conditions.isTumbled else { return false }
    isCrashed = false
    return true
  }

  /// Stops the motors for good.
  mutating func stopInEmergency() { isEmergency = true }

  /// Stops the motors for good unless it is told again soon. [s]
  mutating func notifyWatchdog(at time: Double) { watchdog = time }

  /// The state as the bits that clients read, but those of the high-level commander.
  var bits: UInt16 {
    let flags = [
      canBeArmed, isArmed, !requiresArming, canFly, isFlying, conditions.isTumbled,
      state == .locked, isCrashed,
    ]
    return flags.enumerated().reduce(0) { $1.element ? $0 | 1 << $1.offset : $0 }
  }
}
