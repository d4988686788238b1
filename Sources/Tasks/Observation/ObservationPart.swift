/// A part of what a drone sees.
///
/// All parts but ``gpdState`` are divided by their scale and held between −1 and 1.
public enum ObservationPart: Sendable, Hashable {
  /// Whose axes something is seen along.
  public enum Axes: String, Sendable, Hashable, CaseIterable {
    /// The world's.
    case world
    /// The drone's own.
    case body
  }

  /// From the drone to its goal. [m]
  case positionError(scale: Double, along: Axes = .world)
  /// The velocity of the goal less the drone's own, along the world's axes. [m/s]
  case velocityError(scale: Double)
  /// The rotation matrix from body to world, row by row. [–]
  case rotationMatrix
  /// The quaternion x, y, z, w from body to world, with w ≥ 0. [–]
  case quaternion
  /// Roll, pitch and yaw over π.
  case rollPitchYaw
  /// Where down is along the drone's axes: a unit vector, (0, 0, −1) for a level drone. [–]
  case projectedGravity
  /// The velocity. [m/s]
  case velocity(Axes, scale: Double)
  /// The angular velocity. [rad/s]
  case angularVelocity(Axes, scale: Double)
  /// The height above the floor. [m]
  case height(scale: Double)
  /// The last actions, the oldest first; zero before the first. [–]
  case lastActions(Int)
  /// The mean acceleration over each of the last actions without that of falling, and that of turning, along the
  /// body's axes, the oldest first; zero before the first. The truth, whatever the noise. [m/s², rad/s²]
  case accelerations(Int, scale: Double, turnScale: Double)
  /// For each of the nearest others, the nearest first: where it is and how fast, seen from the drone;
  /// the scale is for both. Zero where there are no more. [m, m/s]
  case neighbours(Int, scale: Double, along: Axes = .world)
  /// How far the drone sees in so many directions in the level: evenly around it, the first ahead and the next
  /// to its left, or over a narrower angle, from its right end to its left: a range d as d / reach, or as h / (h + d)
  /// with h above 0, which tells more of what is near. [m, rad, m]
  case ranges(Int, reach: Double, over: Double = 2 * .pi, halfAt: Double = 0)
  /// How far it sees along its own axes: to its front, back, left and right, and up. [m]
  case multiranger(reach: Double)
  /// How far it sees down, along its own z axis. [m]
  case altitude(reach: Double)
  /// Numbers that only the task knows. [–]
  case features(Int)
  /// Position, roll, pitch and yaw, velocity and angular velocity along the world's axes as they are,
  /// without bounds: what gym-pybullet-drones shows. [m, rad, m/s, rad/s]
  case gpdState

  /// What a drone sees if a task does not say otherwise.
  public static let standard: [ObservationPart] = [
    .positionError(scale: 3), .rotationMatrix, .velocity(.world, scale: 3),
    .angularVelocity(.body, scale: 20), .lastActions(1),
  ]

  /// How many numbers it has, for actions of so many numbers. [–]
  package func count(actionCount: Int) -> Int {
    switch self {
    case .height, .altitude: 1
    case .multiranger: 5
    case .positionError, .velocityError, .rollPitchYaw, .projectedGravity, .velocity,
      .angularVelocity:
      3
    case .quaternion: 4
    case .rotationMatrix: 9
    case .gpdState: 12
    case .lastActions(let count): count * actionCount
    case .neighbours(let count, _, _), .accelerations(let count, _, _): 6 * count
    case .ranges(let count, _, _, _), .features(let count): count
    }
  }

  /// How many of the last actions it shows. [–]
  var actionsShown: Int {
    if case .lastActions(let count) = self { count } else { 0 }
  }

  /// Over how many of the last actions it shows accelerations. [–]
  var accelerationsShown: Int {
    if case .accelerations(let count, _, _) = self { count } else { 0 }
  }

  /// How many of the nearest others it shows. [–]
  var neighbourCount: Int {
    if case .neighbours(let count, _, _) = self { count } else { 0 }
  }

  /// How many numbers that only the task knows it shows. [–]
  var featureCount: Int {
    if case .features(let count) = self { count } else { 0 }
  }

  /// Whether it shows where the drone should be.
  var showsGoal: Bool {
    switch self {
    case .positionError, .velocityError: true
    default: false
    }
  }

  /// Whether it shows how far the drone sees.
  var isRange: Bool {
    switch self {
    case .ranges, .multiranger, .altitude: true
    default: false
    }
  }

  /// Whether its numbers are kept row by row, rather than worked out of those of a group of drones.
  var isByRow: Bool {
    switch self {
    case .lastActions, .accelerations, .features: true
    default: isRange
    }
  }

  /// At which distance a range is a half; 0 where ranges are shares of the reach. [m]
  var halfDistance: Double {
    if case .ranges(_, _, _, let half) = self { half } else { 0 }
  }

  /// Whether its numbers have bounds.
  var isBounded: Bool { self != .gpdState }
}

extension ObservationPart: CustomStringConvertible {
  public var description: String {
    switch self {
    case .positionError(let scale, .world): "from the drone to its goal x, y, z / \(scale.words) m"
    case .positionError(let scale, .body):
      "from the drone to its goal x, y, z along the body's axes / \(scale.words) m"
    case .velocityError(let scale):
      "from the drone's velocity to its goal's x, y, z / \(scale.words) m/s"
    case .rotationMatrix: "rotation matrix from body to world, row by row"
    case .quaternion: "quaternion x, y, z, w from body to world"
    case .rollPitchYaw: "roll, pitch, yaw / π rad"
    case .projectedGravity: "where down is x, y, z along the body's axes"
    case .velocity(let axes, let scale):
      "velocity x, y, z along the \(axes)'s axes / \(scale.words) m/s"
    case .angularVelocity(let axes, let scale):
      "angular velocity x, y, z along the \(axes)'s axes / \(scale.words) rad/s"
    case .height(let scale): "height above the floor / \(scale.words) m"
    case .lastActions(let count): count == 1 ? "last action" : "last \(count) actions, oldest first"
    case .accelerations(let count, let scale, let turnScale):
      "of the last \(count) actions, oldest first: felt acceleration / \(scale.words) m/s², turning / "
        + "\(turnScale.words) rad/s²"
    case .neighbours(let count, let scale, let axes):
      (count == 1 ? "nearest other" : "\(count) nearest others, the nearest first")
        + ": from the drone to it x, y, z / \(scale.words) m, velocity against the drone's x, y, z"
        + " / \(scale.words) m/s" + (axes == .body ? ", along the body's axes" : "")
    case .ranges(let count, let reach, let angle, let half):
      (angle < 2 * .pi
        ? "\(count) ranges over \(angle.words) rad ahead, from right to left"
        : "\(count) ranges, counterclockwise from ahead")
        + (half > 0
          ? " up to \(reach.words) m, d as \(half.words) / (\(half.words) + d)"
          : " / \(reach.words) m")
    case .multiranger(let reach):
      "ranges along its axes to front, back, left, right, up / \(reach.words) m"
    case .altitude(let reach): "range down along its axis / \(reach.words) m"
    case .features(let count): count == 1 ? "number of the task" : "\(count) numbers of the task"
    case .gpdState:
      "position [m], roll, pitch, yaw [rad], velocity [m/s], angular velocity [rad/s], world's axes"
    }
  }
}
