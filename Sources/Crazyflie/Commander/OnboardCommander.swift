import Control
import SpatialMath

/// Which setpoint counts: that of the source with the highest priority.
///
/// Setpoints of a client displace those of the high-level commander, until the client says that no more
/// come.
struct OnboardCommander: Sendable {
  /// Where setpoints come from, the lower first.
  enum Priority: Int, Sendable, Comparable {
    case none, highLevel, client

    static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
  }

  /// The setpoint that counts.
  private(set) var setpoint = CrazyflieSetpoint()
  /// When it came. [s]
  private(set) var time = 0.0
  private(set) var priority = Priority.none
  /// How the setpoints of the oldest kind are read.
  var attitudeSetpoints = AttitudeSetpoints()

  /// Takes a setpoint, unless one of a higher priority counts. [s]
  mutating func take(_ setpoint: CrazyflieSetpoint, _ priority: Priority, at time: Double) {
    guard priority >= self.priority, setpoint.isFinite else { return }
    (self.setpoint, self.priority, self.time) = (setpoint, priority, time)
  }

  /// How long a client's setpoint that asks for no thrust keeps its priority. [s]
  private static let longestRest = 0.4

  /// Whether a client has let motors rest and fallen silent, as one does that hangs up. [s]
  ///
  /// On board this is a fault: with a setpoint that is too old the drone is locked for good. Over the radio the
  /// last setpoint of a client that hangs up does not arrive, as a rule; over UDP it does.
  func isAbandonedAtRest(at time: Double) -> Bool {
    priority == .client && setpoint.modes.z == .disabled && setpoint.thrust == 0
      && time - self.time > Self.longestRest
  }

  /// Lets any setpoint displace the one that counts.
  mutating func relaxPriority() { priority = .highLevel }

  /// Takes the setpoint of a packet on the commander's port: roll, pitch, yaw rate and thrust. [s]
  ///
  /// - Returns: Whether it was one.
  mutating func takeAttitude(_ packet: CRTPPacket, at time: Double) -> Bool {
    guard packet.channel == 0,
      let setpoint = attitudeSetpoints.setpoint(packet.data, isFirst: priority == .none)
    else { return false }
    take(setpoint, .client, at: time)
    return true
  }
}
