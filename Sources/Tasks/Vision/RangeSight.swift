import Drone
import Rendering
import Simulation
import SpatialMath

/// How far the drones of an environment see, along all rays of an observation.
///
/// They see the floor, obstacles and the outlines of other drones. All rays of a part are cast in one go.
struct RangeSight: ~Copyable, Sendable {
  private var parts: [PartRays] = []
  private var surroundings: Surroundings
  private var renderer: Renderer
  private let agentCount: Int
  private let rayCount: Int
  /// The distances as shares of the reach, ray by ray, the rays of one drone after those of the one
  /// before. [–]
  private(set) var shares: [Float]

  /// The rays of a setup's observation, which may be none.
  init(of setup: TaskSetup, agentCount: Int) throws(TaskError) {
    var sensors: [(part: ObservationPart, sensor: RangeSensor)] = []
    for part in setup.observation {
      if let sensor = try part.rangeSensor() { sensors.append((part, sensor)) }
    }
    let worlds = sensors.isEmpty ? [] : [setup.world(agentCount: agentCount)]
    do throws(SimulationError) {
      surroundings = try Surroundings(of: worlds, guise: .outline)
    } catch { throw TaskError(error.description) }
    var rayCount = 0
    for (part, sensor) in sensors {
      var fan = RangeFan(sensor)
      for agent in 0..<agentCount { fan.add(id: surroundings.id(ofDrone: agent)) }
      parts.append(
        PartRays(
          fan: fan, reach: sensor.range.upperBound, isLevel: part.looksLevel, first: rayCount))
      rayCount += fan.rayCount
    }
    (self.agentCount, self.rayCount) = (agentCount, rayCount)
    shares = Array(repeating: 0, count: agentCount * rayCount)
    renderer = Renderer()
  }

  /// Which of ``shares`` one drone sees.
  func rays(of agent: Int) -> Range<Int> { agent * rayCount..<(agent + 1) * rayCount }

  /// Casts all rays, from where an episode now is.
  mutating func look<Memory>(at episode: Episode<Memory>) {
    guard rayCount > 0 else { return }
    for (index, pose) in episode.obstacles.enumerated() {
      surroundings.place(obstacle: index, at: pose)
    }
    for (agent, state) in episode.states.enumerated() {
      let pose = Pose(position: state.position, attitude: state.attitude)
      surroundings.place(drone: agent, at: pose)
      for part in parts.indices { parts[part].place(agent, at: pose) }
    }
    for part in parts.indices {
      parts[part].fan.cast(with: &renderer, in: surroundings.scenes)
      for agent in 0..<agentCount {
        parts[part].write(agent, into: &shares, rayCount: rayCount)
      }
    }
  }
}

/// The rays of one part of an observation.
private struct PartRays: Sendable {
  var fan: RangeFan
  let reach: Double
  let isLevel: Bool
  /// The first of its rays among those of all parts.
  let first: Int

  mutating func place(_ agent: Int, at pose: Pose<Double>) {
    var pose = pose
    if isLevel {
      let yaw = RollPitchYaw(pose.attitude).yaw
      pose.attitude = Rotation(RollPitchYaw(roll: 0, pitch: 0, yaw: yaw))
    }
    fan.place(agent, at: pose)
  }

  func write(_ agent: Int, into shares: inout [Float], rayCount: Int) {
    for ray in 0..<fan.rayCount {
      let share = min(1, fan.distance(agent, ray: ray) / reach)
      shares[agent * rayCount + first + ray] = Float(share)
    }
  }
}

extension ObservationPart {
  /// Its rays, if it has any.
  fileprivate func rangeSensor() throws(TaskError) -> RangeSensor? {
    do throws(RenderingError) {
      switch self {
      case .ranges(let count, let reach):
        return try .lidar(rayCount: count, range: try Self.range(upTo: reach))
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
