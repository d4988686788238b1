public import Drone
public import SpatialMath

/// Where an episode of a task has come to.
///
/// It is a view of the worlds that are stepped together, and copies none of their numbers; the worlds
/// copy theirs before they go on, where one is kept.
public struct Episode<Memory: Sendable & Codable>: Sendable {
  @usableFromInline var records: EpisodeRecords
  /// How the drones of all worlds move, or seem to.
  @usableFromInline var states: [DroneState<DroneLanes>]
  /// What the task remembers of each world.
  @usableFromInline var memories: [Memory]
  /// Which of the worlds it is.
  @usableFromInline var world: Int

  @usableFromInline
  init(
    _ records: EpisodeRecords, states: [DroneState<DroneLanes>], memories: [Memory], world: Int
  ) {
    (self.records, self.states) = (records, states)
    (self.memories, self.world) = (memories, world)
  }

  /// What the task remembers.
  @inlinable
  public var memory: Memory {
    get { memories[world] }
    _modify { yield &memories[world] }
  }

  /// How many drones take part. [–]
  @inlinable public var agentCount: Int { records.agentCount }
  /// How many actions were played. [–]
  @inlinable public var stepCount: Int { records.stepCounts[world] }
  /// How long an action lasts. [s]
  @inlinable public var period: Double { records.period }
  /// The time since the start. [s]
  @inlinable public var time: Double { Double(stepCount) * period }
  /// Where the obstacles are now, in the order of the setup.
  @inlinable public var obstacles: [Pose<Double>] { records.obstacles[world] }

  /// The place of a drone among those of all worlds.
  @inlinable @inline(__always)
  func row(_ agent: Int) -> Int { world * records.agentCount + agent }

  /// How a drone moves.
  @inlinable
  public func state(of agent: Int) -> DroneState<Double> {
    let (group, lane) = DroneLanes.place(of: row(agent))
    return states[group][lane: lane]
  }

  /// Where a drone is. [m]
  @inlinable @inline(__always)
  public func position(of agent: Int) -> Vector<World, Double> {
    let (group, lane) = DroneLanes.place(of: row(agent))
    return states[group].position[lane: lane]
  }

  /// How a drone moved before the last action.
  @inlinable
  public func stateBefore(of agent: Int) -> DroneState<Double> {
    let (group, lane) = DroneLanes.place(of: row(agent))
    return records.statesBefore[group][lane: lane]
  }

  /// Where a drone was before the last action. [m]
  @inlinable @inline(__always)
  public func positionBefore(of agent: Int) -> Vector<World, Double> {
    let (group, lane) = DroneLanes.place(of: row(agent))
    return records.statesBefore[group].position[lane: lane]
  }

  /// How many points of a drone pushed or overlapped with something at once since the last action. [–]
  @inlinable @inline(__always)
  package func contactCount(of agent: Int) -> Int { records.contactCounts[row(agent)] }

  /// Whether a drone took part in the last step: those whose episode it ended did.
  @inlinable @inline(__always)
  public func isPresent(_ agent: Int) -> Bool { records.statuses[row(agent)] != .absent }

  /// Whether a drone's episode goes on, so far as is known.
  @inlinable @inline(__always)
  public func isActive(_ agent: Int) -> Bool { records.statuses[row(agent)] == .active }
}

extension Episode {
  /// How much nearer to a place the last action has brought a drone. [m]
  @inlinable @inline(__always)
  public func progress(of agent: Int, towards place: Vector<World, Double>) -> Double {
    (place - positionBefore(of: agent)).norm - (place - position(of: agent)).norm
  }

  /// How many others that take part are nearer to a drone than some distance. [m]
  @inline(__always)
  func countOthers(near agent: Int, within distance: Double) -> Int {
    let (drones, own) = (row(0)..<row(agentCount), row(agent))
    let here = position(of: agent).map { DroneLanes($0) }
    let limit = DroneLanes(distance * distance)
    var count = 0
    for group in SwarmGroups<DroneLanes>.groups(of: drones) {
      var isNear = (states[group].position - here).squaredNorm .< limit
      guard isNear.any else { continue }
      isNear = isNear .& SwarmGroups<DroneLanes>.isOther(than: own, in: drones, group)
      let first = group * DroneLanes.laneCount
      for lane in 0..<DroneLanes.laneCount where isNear[lane: lane] {
        if records.statuses[first + lane] != .absent { count += 1 }
      }
    }
    return count
  }

  /// Whether a drone touched anything since the last action.
  @inlinable @inline(__always)
  public func isTouching(_ agent: Int) -> Bool { contactCount(of: agent) > 0 }

  /// Whether a drone's top is up, by less than a quarter turn off.
  @inlinable @inline(__always)
  public func isUpright(_ agent: Int) -> Bool {
    let (group, lane) = DroneLanes.place(of: row(agent))
    let (x, y) = (states[group].attitude.x[lane: lane], states[group].attitude.y[lane: lane])
    return Self.isUpright(x, y)
  }

  /// Where tops are up, by less than a quarter turn off, by the first two numbers of attitudes.
  @inlinable @inline(__always)
  static func isUpright<S: Lanes>(_ x: S, _ y: S) -> S.Mask { x * x + y * y .< S(0.5) }

  /// Whether a drone has hit something or turned over.
  @inlinable @inline(__always)
  public func hasCrashed(_ agent: Int) -> Bool { isTouching(agent) || !isUpright(agent) }

  /// Whether a drone is farther out than some half edges of a box about the floor's origin, and a
  /// height. [m]
  @inlinable
  public func isOutside(_ agent: Int, halfWidth: Double, height: Double) -> Bool {
    let p = position(of: agent)
    return abs(p.x) > halfWidth || abs(p.y) > halfWidth || p.z > height
  }
}

/// Where drones and obstacles are when an episode begins.
public struct EpisodeStart: Sendable {
  /// How the drones move: at rest at the origin, unless a task says otherwise, with rotors that hover where they
  /// lag behind what they are told.
  public var states: [DroneState<Double>]
  /// Where the obstacles are, in the order of the setup; those whose motion is scheduled begin where that has
  /// them, whatever is said here.
  public var obstacles: [Pose<Double>]
}
