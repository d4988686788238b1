public import Drone
public import SpatialMath

/// Where an episode of a task has come to.
public struct Episode<Memory: Sendable & Codable>: Sendable {
  /// How the drones move.
  public internal(set) var states: [DroneState<Double>]
  /// Where the drones were before the last action. [m]
  public internal(set) var positionsBefore: [Vector<World, Double>]
  /// How many points of each drone pushed or overlapped with something at once since the last action.
  /// [–]
  public internal(set) var contactCounts: [Int]
  /// Which drones take part still.
  public internal(set) var isPresent: [Bool]
  /// Where the obstacles are.
  public internal(set) var obstacles: [Pose<Double>]
  /// How many actions were played. [–]
  public internal(set) var stepCount: Int
  /// How long an action lasts. [s]
  public internal(set) var period: Double
  /// What the task remembers.
  public var memory: Memory

  /// The time since the start. [s]
  public var time: Double { Double(stepCount) * period }

  /// Where a drone is. [m]
  public func position(of agent: Int) -> Vector<World, Double> { states[agent].position }

  /// How much nearer to a place the last action has brought a drone. [m]
  public func progress(of agent: Int, towards place: Vector<World, Double>) -> Double {
    (place - positionsBefore[agent]).norm - (place - position(of: agent)).norm
  }

  /// Whether a drone touched anything since the last action.
  public func isTouching(_ agent: Int) -> Bool { contactCounts[agent] > 0 }

  /// Whether a drone's top is up, by less than a quarter turn off.
  public func isUpright(_ agent: Int) -> Bool {
    let q = states[agent].attitude
    return q.x * q.x + q.y * q.y < 0.5
  }

  /// Whether a drone has hit something or turned over.
  public func hasCrashed(_ agent: Int) -> Bool { isTouching(agent) || !isUpright(agent) }

  /// Whether a drone is farther out than some half edges of a box about the floor's origin, and a
  /// height. [m]
  public func isOutside(_ agent: Int, halfWidth: Double, height: Double) -> Bool {
    let p = position(of: agent)
    return abs(p.x) > halfWidth || abs(p.y) > halfWidth || p.z > height
  }
}

/// Where drones and obstacles are when an episode begins.
public struct EpisodeStart: Sendable {
  /// How the drones move.
  public var states: [DroneState<Double>]
  /// Where the obstacles are, in the order of the setup.
  public var obstacles: [Pose<Double>]
}
