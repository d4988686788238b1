import Drone
import Rendering
import Simulation
import SpatialMath

/// How far the drones of some worlds see, along all rays of an observation.
///
/// They see the floor, obstacles and the outlines of other drones. All rays of a part, of all drones of a
/// world, are cast in one go.
struct RangeSensing: ~Copyable, Sendable {
  private var parts: [PartRays]
  private var sceneBuilder: SceneBuilder
  private var renderer: Renderer
  private let agentCount: Int
  private let endedDronesLeave: Bool
  private let rayCount: Int
  /// The distances as shares of the reach: the rays of one row after those of the row before. [–]
  private(set) var shares: [Float]

  /// The rays of an observation, which may be none.
  init(_ rules: TaskRules, worldCount: Int) throws(TaskError) {
    var placed: [(column: Int, sensor: RangeSensor, isLevel: Bool)] = []
    for place in rules.observer.parts {
      guard let sensor = try place.part.rangeSensor() else { continue }
      placed.append((place.column, sensor, place.part.looksLevel))
    }
    for (observed, column) in rules.observer.sensors {
      if let sensor = observed.sensor.rays { placed.append((column, sensor, false)) }
    }
    let sceneBuilder: SceneBuilder
    do throws(SimulationError) {
      let worlds = placed.isEmpty ? [] : [rules.setup.world(agentCount: rules.agentCount)]
      sceneBuilder = try SceneBuilder(of: worlds, appearance: .outline)
    } catch { throw TaskError(error.description) }
    var (parts, rayCount) = ([PartRays](), 0)
    for (column, sensor, isLevel) in placed {
      var rays = RayBundle(sensor)
      for agent in 0..<rules.agentCount { rays.add(id: sceneBuilder.id(ofDrone: agent)) }
      parts.append(
        PartRays(
          rays: rays, reach: sensor.range.upperBound, isLevel: isLevel, first: rayCount,
          column: column,
          pillars: isLevel
            ? PillarRays(directions: sensor.directions, range: sensor.range, of: rules) : nil))
      rayCount += rays.rayCount
    }
    (self.parts, self.sceneBuilder) = (parts, sceneBuilder)
    (agentCount, self.rayCount) = (rules.agentCount, rayCount)
    endedDronesLeave = rules.endedDronesLeave
    shares = Array(repeating: 0, count: worldCount * agentCount * rayCount)
    renderer = Renderer()
  }

  /// Which of ``shares`` are the rays of a part in some row, and how far they reach. [m]
  func rays(of placed: Observer.PlacedPart, row: Int) -> (shares: Range<Int>, reach: Double) {
    guard let part = parts.first(where: { $0.column == placed.column }) else { return (0..<0, 1) }
    let first = row * rayCount + part.first
    return (first..<first + part.rays.rayCount, part.reach)
  }

  /// Copies how far a drone of the world that was looked at last sees along the rays of a part. [m]
  func copyDistances(of agent: Int, partAt column: Int, to truth: inout GroundTruth) {
    guard let part = parts.first(where: { $0.column == column }) else { return }
    for ray in truth.distances.indices {
      truth.distances[ray] = part.rays.distance(agent, ray: ray)
    }
  }

  /// Casts all rays, from where the drones of a world now are.
  mutating func look(
    _ states: [DroneState<DroneLanes>], _ records: borrowing EpisodeRecords, world: Int
  ) {
    guard rayCount > 0 else { return }
    let areUpright = PillarRays.areUpright(records.obstacles[world])
    if parts.contains(where: { $0.pillars == nil || !areUpright }) {
      lookAtScene(states, records, world: world, seesPillars: !areUpright)
    }
    guard areUpright else { return }
    let (group, lane) = DroneLanes.place(of: world * agentCount)
    let pose = states[group].pose(lane: lane)
    for part in parts.indices {
      parts[part].look(
        from: pose, among: records.obstacles[world], into: &shares,
        at: world * agentCount * rayCount)
    }
  }

  /// Casts the rays that see more than upright pillars, or those too that see no more.
  private mutating func lookAtScene(
    _ states: [DroneState<DroneLanes>], _ records: borrowing EpisodeRecords, world: Int,
    seesPillars: Bool
  ) {
    for (index, pose) in records.obstacles[world].enumerated() {
      sceneBuilder.place(obstacle: index, at: pose)
    }
    for agent in 0..<agentCount {
      let (group, lane) = DroneLanes.place(of: world * agentCount + agent)
      let pose = states[group].pose(lane: lane)
      let isThere = !endedDronesLeave || records.statuses[world * agentCount + agent] != .absent
      sceneBuilder.place(drone: agent, at: isThere ? pose : SceneBuilder.outOfSight)
      for part in parts.indices { parts[part].place(agent, at: pose) }
    }
    for part in parts.indices where seesPillars || parts[part].pillars == nil {
      parts[part].rays.cast(with: &renderer, in: sceneBuilder.scenes)
      for agent in 0..<agentCount {
        let row = world * agentCount + agent
        parts[part].write(agent, into: &shares, at: row * rayCount)
      }
    }
  }
}

/// The rays of one part of an observation.
private struct PartRays: Sendable {
  var rays: RayBundle
  let reach: Double
  let isLevel: Bool
  /// The first of its rays among those of all parts.
  let first: Int
  /// Where the part stands in an observation.
  let column: Int
  /// The same rays where there are upright pillars alone to see.
  var pillars: PillarRays?

  mutating func place(_ agent: Int, at pose: Pose<Double>) {
    rays.place(agent, at: isLevel ? pose.levelled : pose)
  }

  /// Casts the rays of a drone where it has upright pillars alone to see.
  mutating func look(
    from pose: Pose<Double>, among poses: [Pose<Double>], into shares: inout [Float], at place: Int
  ) {
    pillars?.cast(from: pose.levelled, among: poses)
    pillars?.write(into: &shares, at: place + first)
  }

  func write(_ agent: Int, into shares: inout [Float], at place: Int) {
    for ray in 0..<rays.rayCount {
      let share = min(1, rays.distance(agent, ray: ray) / reach)
      shares[place + first + ray] = Float(share)
    }
  }
}

extension DroneState<DroneLanes> {
  fileprivate func pose(lane: Int) -> Pose<Double> {
    Pose(position: position[lane: lane], attitude: attitude[lane: lane])
  }
}

extension Pose<Double> {
  /// The same without roll and pitch.
  fileprivate var levelled: Self {
    let yaw = RollPitchYaw(attitude).yaw
    return Pose(
      position: position, attitude: Rotation(RollPitchYaw(roll: 0, pitch: 0, yaw: yaw)))
  }
}

extension ObservationPart {
  /// Its rays, if it has any.
  fileprivate func rangeSensor() throws(TaskError) -> RangeSensor? {
    do throws(RenderingError) {
      switch self {
      case .ranges(let count, let reach, let angle, _):
        return try .lidar(rayCount: count, over: angle, range: try Self.range(upTo: reach))
      case .multiranger(let reach): return try .multiranger(range: try Self.range(upTo: reach))
      case .altitude(let reach): return try .altimeter(range: try Self.range(upTo: reach))
      default: return nil
      }
    } catch { throw TaskError(error.description) }
  }

  private static func range(upTo reach: Double) throws(RenderingError) -> ClosedRange<Double> {
    guard reach >= 1e-3, reach <= 1e6 else {
      throw .outOfRange(
        quantity: "the reach of ranges", value: reach, expected: "from 0.001 to 1000000.0")
    }
    return 1e-4...reach
  }

  /// Whether its rays stay level when the drone tilts.
  fileprivate var looksLevel: Bool {
    if case .ranges = self { true } else { false }
  }
}
