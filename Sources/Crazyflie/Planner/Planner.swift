import Control
import SpatialMath

/// Plans trajectories from where the drone is, or should be, to where it is told to go.
struct Planner: Sendable {
  /// What it does.
  enum State: Sendable {
    /// Nothing: motors rest.
    case stopped
    /// Flies, or holds where a trajectory ended.
    case flying
    /// Flies down; motors rest at the end.
    case landing
  }

  private(set) var state = State.stopped
  private var trajectory: PlannedTrajectory?

  /// Whether there is nothing left to fly. [s]
  func isFinished(at time: Double) -> Bool { trajectory?.isFinished(at: time) ?? true }

  /// Where the drone should be; `nil` where motors rest. [s]
  mutating func setpoint(at time: Double) -> Setpoint? {
    if state == .landing, isFinished(at: time) {
      // The last setpoint of the descent still counts.
      state = .stopped
      return trajectory?.setpoint(at: time)
    }
    return state == .stopped ? nil : trajectory?.setpoint(at: time)
  }

  /// Lets the motors rest.
  mutating func stop() { state = .stopped }

  /// Flies a trajectory.
  mutating func fly(_ trajectory: PlannedTrajectory) {
    (self.trajectory, state) = (trajectory, .flying)
  }

  /// Goes up or down to a height, and turns.
  ///
  /// - Parameters:
  ///   - place: Where it is.
  ///   - height: The height. [m]
  ///   - yaw: The yaw; the way there is the shorter one. [rad]
  ///   - duration: How long it takes. [s]
  ///   - time: Now. [s]
  ///   - lands: Whether motors rest at the end.
  mutating func climb(
    from place: Setpoint, to height: Double, yaw: Double, in duration: Double, at time: Double,
    lands: Bool
  ) {
    let start = Setpoint(position: place.position, yaw: place.yaw)
    var end = start.turned(to: yaw)
    end.position.z = height
    fly(PlannedTrajectory(TrajectoryPiece(from: start, to: end, in: duration), at: time))
    if lands { state = .landing }
  }

  /// Goes to a place.
  ///
  /// - Parameters:
  ///   - place: Where it is or should be, and how it moves there.
  ///   - target: The position and the yaw; the way there is the shorter one.
  ///   - isLinear: Whether speed is the same all the way, and at once.
  ///   - duration: How long it takes. [s]
  ///   - time: Now. [s]
  mutating func go(
    from place: Setpoint, to target: Setpoint, isLinear: Bool, in duration: Double,
    at time: Double
  ) {
    var start = place
    var end = place.turned(to: target.yaw)
    (end.velocity, end.acceleration, end.yawRate) = (.zero, .zero, 0)
    end.position = target.position
    if isLinear, duration > 0 {
      start.velocity = (end.position - start.position) / duration
      start.yawRate = (end.yaw - start.yaw) / duration
      start.acceleration = .zero
      (end.velocity, end.yawRate) = (start.velocity, start.yawRate)
    }
    fly(PlannedTrajectory(TrajectoryPiece(from: start, to: end, in: duration), at: time))
  }

  /// Flies a part of a spiral.
  mutating func fly(_ spiral: Spiral, from place: Setpoint, at time: Double) {
    fly(PlannedTrajectory(spiral.piece(from: place), at: time))
  }
}

extension Setpoint {
  /// The same with another yaw, as far from its own as a half turn at most. [rad]
  fileprivate func turned(to yaw: Double) -> Setpoint {
    var setpoint = self
    setpoint.yaw += (yaw - self.yaw).remainder(dividingBy: 2 * .pi)
    return setpoint
  }
}
