package import Control
import Drone
import Geometry
import Parameters
package import Randomness
import SpatialMath

/// A swarm flies among random pillars to places of its own, each drone by what it sees of others and by ranges.
///
/// | | |
/// | --- | --- |
/// | Observation | position error, rotation matrix, velocity, body rates, last action, 3 nearest others, 32 ranges |
/// | Action | body rates, and thrust from 0 to twice the weight |
/// | Reward | distance come nearer [m] and 0.02 max(0, 1 − d / 0.5 m), less 0.05 for each other or pillar within 0.3 m and each m/s beyond 1.2 m/s; −6 on a crash |
/// | Start | at the places of ``SwarmGround``, within 0.05 m, at rest |
/// | Goal | another of the places, all of them moved on by the same number, which is drawn |
/// | Pillars | of radius 0.1 m on the ground between the places, 1.2 for each square metre |
/// | Terminated | on touching anything, upside down, or 3 m beyond the places or 2 m up |
/// | Truncated | after 10 s |
/// | Left | a drone whose episode has ended leaves |
package struct SwarmTask: DroneTask {
  /// What an episode remembers.
  package struct Memory: Sendable, Codable {
    /// By how many places goals are moved on. [–]
    package let shift: Int
  }

  package let agentCount: Int
  package var setup: TaskSetup
  package let ownObstacleCount: Int
  private let layout: SwarmGround.Layout
  private let ground: SwarmGround
  /// How near others may come before it costs. [m]
  package var distance = 0.3
  /// What each other or pillar nearer than that costs in a step, and each metre a second too fast. [–]
  package var penalty = 0.05
  /// How fast drones may fly before it costs. [m/s]
  package var speedLimit = 1.2
  /// What being at the goal is worth in a step. [–]
  package var stay = 0.02
  /// What a crash costs. [–]
  package var crash = 6.0
  /// How far out of the places a drone may go. [m]
  package var bound = 3.0
  /// How near to its goal an episode has to end. [m]
  package var tolerance = 0.2

  /// The task for some drones in its usual setup.
  package init(
    _ layout: SwarmGround.Layout, agentCount: Int = 8, spacing: Double = 0.6, depth: Double = 1,
    density: Double = 1.2
  ) {
    (self.agentCount, self.layout) = (agentCount, layout)
    ground = SwarmGround(layout, count: agentCount, spacing: spacing, depth: depth)
    ownObstacleCount = Int((density * ground.area).rounded())
    let pillar = RigidBody(.cylinder(radius: 0.1, height: 2))
    setup = TaskSetup(
      controlFrequency: 48, timeLimit: 10,
      obstacles: Array(repeating: pillar, count: ownObstacleCount),
      actionMode: .bodyRates(limit: 10),
      observation: [
        .positionError(scale: 3, along: .body), .projectedGravity, .velocity(.body, scale: 3),
        .angularVelocity(.body, scale: 20), .lastActions(1), .neighbours(3, scale: 2, along: .body),
        .ranges(32, reach: 2, halfAt: 0.4),
      ],
      endedDrones: .leave, randomisation: Randomisation(position: Vector(0.05, 0.05, 0.05)))
  }

  package var contract: TaskContract {
    let (summary, start) =
      switch layout {
      case .circle: ("change places across a circle with pillars in it", "evenly on a circle")
      case .grid: ("fly in formation through pillars, and form again", "in a grid")
      }
    return TaskContract(
      summary, start: "\(start) 1 m up; \(ownObstacleCount) pillars are drawn",
      reward:
        "distance come nearer [m] and \(stay.words) max(0, 1 − d / 0.5 m), less \(penalty.words) for each other or pillar "
        + "within \(distance.words) m and each m/s beyond \(speedLimit.words) m/s; −\(crash.words) on a crash",
      terminated: "touching anything, upside down, \(bound.words) m beyond the places, or 2 m up")
  }

  package func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> Memory {
    for agent in start.states.indices {
      start.states[agent].position = ground.starts[agent]
      start.states[agent].rotorSpeeds = PerRotor(repeating: setup.hoverSpeed)
    }
    ground.place(pillars: 0..<ownObstacleCount, &start, using: &random)
    let isMoved = layout == .circle && agentCount > 1
    let memory = Memory(shift: isMoved ? 1 + Int(random.next() % UInt64(agentCount - 1)) : 0)
    for agent in start.states.indices { turn(agent, of: &start, memory) }
    return memory
  }

  /// Turns a drone towards its goal, so that all see theirs ahead.
  private func turn(_ agent: Int, of start: inout EpisodeStart, _ memory: Memory) {
    let way = target(of: agent, memory) - start.states[agent].position
    start.states[agent].attitude = Rotation(
      RollPitchYaw(roll: 0, pitch: 0, yaw: .arcTangent(y: way.y, x: way.x)))
  }

  package func isPossible(_ memory: Memory) -> Bool { 0..<agentCount ~= memory.shift }

  private func target(of agent: Int, _ memory: Memory) -> Vector<World, Double> {
    ground.goals[(agent + memory.shift) % agentCount]
  }

  package func goal(of agent: Int, in episode: Episode<Memory>) -> Setpoint {
    Setpoint(position: target(of: agent, episode.memory))
  }

  package func reward(of agent: Int, in episode: Episode<Memory>) -> Double {
    let target = target(of: agent, episode.memory)
    let left = (target - episode.position(of: agent)).norm
    return episode.progress(of: agent, towards: target) + stay * max(0, 1 - 2 * left)
      - penalty * risk(of: agent, in: episode) - (isTerminated(agent, in: episode) ? crash : 0)
  }

  /// How dangerous a drone flies: 1 for each other and each pillar that is nearer than it should be, and as much
  /// for each metre a second beyond the speed limit. [–]
  private func risk(of agent: Int, in episode: Episode<Memory>) -> Double {
    let here = episode.position(of: agent)
    var count = Double(episode.countOthers(near: agent, within: distance))
    for pillar in 0..<ownObstacleCount {
      let offset = episode.obstacles[pillar].position - here
      if offset.x * offset.x + offset.y * offset.y < distance * distance { count += 1 }
    }
    return count + max(0, episode.state(of: agent).velocity.norm - speedLimit)
  }

  package func isTerminated(_ agent: Int, in episode: Episode<Memory>) -> Bool {
    episode.hasCrashed(agent)
      || episode.isOutside(agent, halfWidth: ground.reach + bound, height: 2)
  }

  package func hasSucceeded(_ agent: Int, in episode: Episode<Memory>) -> Bool {
    hasEnded(agent, within: tolerance, in: episode)
  }
}

extension SwarmTask {
  /// The task with its drones placed in some way.
  static func entry(_ name: String, _ layout: SwarmGround.Layout) -> TaskEntry {
    TaskEntry(
      name, drones: 8,
      parameters: .number(
        "spacing", "how far apart neighbouring places are, at least", unit: "m",
        in: .positive(upTo: 1000), default: 0.6),
      .number(
        "depth", "how far pillars stand at least to either side of the middle", unit: "m",
        in: .positive(upTo: 1000), default: 1),
      .number(
        "density", "how many pillars each square metre has", unit: "1/m²", in: .within(0...10),
        default: 1.2),
      .number(
        "distance", "how near others may come before it costs", unit: "m", in: .within(0...1000),
        default: 0.3),
      .number(
        "penalty",
        "what each other or pillar nearer than that costs in a step, and each m/s too fast",
        in: .within(0...1e6),
        default: 0.05),
      .number(
        "speed_limit", "how fast drones may fly before it costs", unit: "m/s", in: .positive,
        default: 1.2),
      .number(
        "stay", "what being at the goal is worth in a step", in: .within(0...1e6), default: 0.02),
      .number("crash", "what a crash costs", in: .within(0...1e6), default: 6),
      .number(
        "bound", "how far beyond the places a drone may go", unit: "m", in: .positive, default: 3),
      .number(
        "tolerance", "how near to its goal an episode has to end", unit: "m", in: .positive,
        default: 0.2)
    ) {
      drones, spacing, depth, density, distance, penalty, speedLimit, stay, crash, bound,
      tolerance in
      var task = SwarmTask(
        layout, agentCount: drones, spacing: spacing, depth: depth, density: density)
      (task.distance, task.penalty, task.stay) = (distance, penalty, stay)
      (task.crash, task.bound, task.tolerance) = (crash, bound, tolerance)
      task.speedLimit = speedLimit
      return task
    }
  }
}
