import Control
import SpatialMath

/// Takes off, lands, goes to places and flies trajectories that were uploaded, by setpoints of its own.
struct HighLevelCommander: Sendable {
  /// How fast it takes off and lands where nothing is said. [m/s]
  var (takeoffVelocity, landingVelocity) = (0.5, 0.5)
  /// The groups that the drone belongs to, a bit each.
  var groupMask: UInt8 = 0
  /// What was uploaded.
  var memory = TrajectoryMemory()
  /// Whether the supervisor lets it do nothing: what it flew is then forgotten.
  var isBlocked = true {
    didSet { if isBlocked, !oldValue { planner.stop() } }
  }

  private(set) var planner = Planner()
  /// Where the drone should be, or is, where it should be nowhere.
  private var place = Setpoint()

  /// The setpoint of now.
  ///
  /// - Parameters:
  ///   - time: Now. [s]
  ///   - estimate: How the drone moves.
  ///   - gravity: The acceleration of free fall. [m/s²]
  /// - Returns: The setpoint; motors at rest where nothing is flown.
  mutating func setpoint(
    at time: Double, _ estimate: DelayedEstimates.Estimate, gravity: Double
  ) -> CrazyflieSetpoint {
    guard let setpoint = planner.setpoint(at: time) else {
      look(at: estimate)
      return CrazyflieSetpoint()
    }
    place = setpoint
    return CrazyflieSetpoint(
      trajectory: setpoint, rates: setpoint.bodyRates(gravity: gravity))
  }

  /// Plans from where the drone is from now on.
  mutating func look(at estimate: DelayedEstimates.Estimate) {
    place = Setpoint(
      position: estimate.position, velocity: estimate.velocity,
      yaw: RollPitchYaw(estimate.attitude).yaw)
  }

  /// Forgets what it flies, since other setpoints count.
  mutating func stop() { planner.stop() }

  /// Follows the command of a packet. [s]
  ///
  /// - Returns: What went wrong, if anything did.
  mutating func follow(_ data: [UInt8], at time: Double) -> CRTPError {
    var reader = ByteReader(data)
    guard let command = reader.integer(UInt8.self) else { return .invalid }
    if command == 0 {
      guard let mask = reader.integer(UInt8.self) else { return .invalid }
      groupMask = mask
      return .none
    }
    if command == 6 { return memory.define(&reader) ? .none : .noExecutable }
    guard (1...13).contains(command) else { return .noExecutable }
    guard let group = reader.integer(UInt8.self) else { return .invalid }
    guard group == 0 || group & groupMask != 0 else { return .none }
    if command == 3 {
      planner.stop()
      return .none
    }
    guard !isBlocked else { return .busy }
    switch command {
    case 1, 2: return climb(&reader, lands: command == 2, hasYaw: false, at: time)
    case 7, 8: return climb(&reader, lands: command == 8, hasYaw: true, at: time)
    case 9, 10: return climbAtVelocity(&reader, lands: command == 10, at: time)
    case 4, 12: return go(&reader, hasLinear: command == 12, at: time)
    case 11: return spiral(&reader, at: time)
    default: return start(&reader, hasYaw: command == 13, at: time)
    }
  }

  /// Goes up or down in a time: height, yaw, whether the yaw of now is kept, duration.
  private mutating func climb(
    _ reader: inout ByteReader, lands: Bool, hasYaw: Bool, at time: Double
  ) -> CRTPError {
    guard let height = reader.float() else { return .invalid }
    var yaw = 0.0
    if hasYaw {
      guard let asked = reader.float(), let keepsYaw = reader.flag() else { return .invalid }
      yaw = keepsYaw ? place.yaw : asked
    }
    guard let duration = reader.float() else { return .invalid }
    return climb(to: height, yaw: yaw, in: duration, at: time, lands: lands)
  }

  /// Goes up or down at a velocity: height, whether that is from here, yaw, whether the yaw of now is kept,
  /// velocity.
  private mutating func climbAtVelocity(
    _ reader: inout ByteReader, lands: Bool, at time: Double
  ) -> CRTPError {
    guard let asked = reader.float(), let isRelative = reader.flag(), let yaw = reader.float(),
      let keepsYaw = reader.flag(), let velocity = reader.float()
    else { return .invalid }
    let here = place.position.z
    let height = isRelative ? (lands ? here - asked : here + asked) : asked
    let usual = lands ? landingVelocity : takeoffVelocity
    let speed = velocity > 0 ? velocity : usual
    return climb(
      to: height, yaw: keepsYaw ? place.yaw : yaw, in: abs(height - here) / speed, at: time,
      lands: lands)
  }

  private mutating func climb(
    to height: Double, yaw: Double, in duration: Double, at time: Double, lands: Bool
  ) -> CRTPError {
    // A takeoff that was not followed, from the air or from a landing, is told by the firmware as 1.
    guard lands ? planner.state != .landing : planner.state == .stopped, duration.isFinite else {
      return .refused
    }
    planner.climb(from: place, to: height, yaw: yaw, in: duration, at: time, lands: lands)
    return .none
  }

  /// Goes to a place: whether it is from here, whether the way is linear, x, y, z, yaw, duration.
  private mutating func go(
    _ reader: inout ByteReader, hasLinear: Bool, at time: Double
  ) -> CRTPError {
    guard let isRelative = reader.flag() else { return .invalid }
    var isLinear = false
    if hasLinear {
      guard let asked = reader.flag() else { return .invalid }
      isLinear = asked
    }
    guard let v = reader.floats(5) else { return .invalid }
    let here = planner.setpoint(at: time) ?? place
    var target = Setpoint(position: Vector(v[0], v[1], v[2]), yaw: v[3])
    if isRelative {
      target.position = target.position + here.position
      target.yaw += here.yaw
    }
    planner.go(from: here, to: target, isLinear: isLinear, in: v[4], at: time)
    return .none
  }

  /// Flies a spiral: sideways, clockwise, angle, first radius, last radius, ascent, duration.
  private mutating func spiral(_ reader: inout ByteReader, at time: Double) -> CRTPError {
    guard let isSideways = reader.flag(), let isClockwise = reader.flag(), let v = reader.floats(5)
    else { return .invalid }
    let spiral = Spiral(
      isSideways: isSideways, isClockwise: isClockwise, angle: v[0], radii: (v[1], v[2]),
      ascent: v[3], duration: v[4])
    planner.fly(spiral, from: place, at: time)
    return .none
  }

  /// Flies what was uploaded: whether it begins here, whether it is turned too, whether it goes backwards,
  /// which, how many times slower.
  private mutating func start(
    _ reader: inout ByteReader, hasYaw: Bool, at time: Double
  ) -> CRTPError {
    guard let isRelative = reader.flag() else { return .invalid }
    var isTurned = false
    if hasYaw {
      guard let asked = reader.flag() else { return .invalid }
      isTurned = asked
    }
    guard let isReversed = reader.flag(), let index = reader.integer(UInt8.self),
      let slowdown = reader.float()
    else { return .invalid }
    guard (0.001...1000).contains(slowdown), let uploaded = memory.trajectory(index),
      !uploaded.isCompressed || (slowdown == 1 && !isReversed)
    else { return .noExecutable }
    planner.fly(
      PlannedTrajectory(
        uploaded.pieces, at: time, slowdown: slowdown, isReversed: isReversed,
        relativeTo: isRelative ? place : nil, isTurned: isTurned && !isReversed))
    return .none
  }
}
