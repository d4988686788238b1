package import Control
import Drone
import Geometry
import Parameters
package import Randomness
package import SpatialMath
package import Worlds

/// Fly through a forest to the other side, by what ranges show.
///
/// | | |
/// | --- | --- |
/// | Observation | position error, rotation matrix, velocity, body rates, last action, 36 ranges / 3 m over 4.2 rad ahead |
/// | Action | a way point within 0.5 m for PID control |
/// | Reward | come nearer along the ground and in height [m], less 0.2 a second and less 0.1 (1 − d / 0.2 m) in a step within d = 0.2 m of a pillar; 2 on arrival, −8 on a crash |
/// | Start | 0.7 m before the forest, 1 m up, anywhere across its middle half, at rest |
/// | Goal | 0.7 m behind the middle of the forest, 1 m up |
/// | Forest | 8 m by 4 m, 0.7 pillars a square metre of radii from 0.1 to 0.2 m, 0.4 m between them |
/// | Terminated | within 0.3 m of the goal, on touching anything, upside down, or beside or above the forest |
/// | Truncated | after 15 s |
///
/// Each episode has a forest of its own, drawn as ``Forest`` says.
package struct NavigationTask: CurriculumTask, SteadyGoalTask {
  package var setup: TaskSetup
  /// What is flown through.
  package let forest: Forest
  /// How near to the goal counts as arrived. [m]
  package var tolerance = 0.3
  /// What arriving is worth. [–]
  package var bonus = 2.0
  /// What a crash costs. [–]
  package var crash = 8.0
  /// How near to a pillar's surface it costs to fly. [m]
  package var clearance = 0.2
  /// What a step costs at that surface. [–]
  package var penalty = 0.1
  /// What time costs. [1/s]
  package var haste = 0.2
  /// The share of episodes that begin anywhere in the forest while the task is learned.
  package var learnedAnywhere = 0.6
  /// The share of those that are to come.
  private var startsAnywhere = 0.0

  /// How far before and behind the forest drones begin and should go. [m]
  private static let margin = 0.7
  /// How far from pillars drones begin in the forest while the task is learned. [m]
  private static let learnedRoom = 0.2

  /// The task in its usual setup.
  package init(
    forest: Forest = Forest(
      area: Area(size: Vector(8, 4, 2.5)), density: 0.7, radii: 0.1...0.2, gap: 0.4)
  ) {
    self.forest = forest
    setup = TaskSetup(
      timeLimit: 15, obstacles: forest.pillars,
      actionMode: .displacement(reach: 0.5),
      observation: [
        .positionError(scale: 2), .rotationMatrix, .velocity(.world, scale: 3),
        .angularVelocity(.body, scale: 20), .lastActions(1),
        .ranges(36, reach: 3, over: 4.2, halfAt: 0.4),
      ])
  }

  package var ownObstacleCount: Int { forest.count }

  /// Half the edges of the forest, and its height. [m]
  private var half: Vector<World, Double> {
    Vector(0.5 * forest.area.size.x, 0.5 * forest.area.size.y, forest.area.size.z)
  }

  /// How high drones begin and should go. [m]
  private var height: Double { min(1, 0.5 * half.z) }

  /// Where to fly. [m]
  package var target: Vector<World, Double> { Vector(half.x + Self.margin, 0, height) }

  package var contract: TaskContract {
    TaskContract(
      "fly through a forest by ranges",
      start:
        "\(Self.margin.words) m before a forest of \(forest.count) pillars, drawn anew each time",
      reward:
        "come nearer along the ground and in height [m], −\(haste.words) a second and "
        + "−\(penalty.words) in a step at a pillar, less within \(clearance.words) m of it; "
        + "\(bonus.words) on arrival, −\(crash.words) on a crash",
      terminated:
        "within \(tolerance.words) m of (\(target.x.words), \(target.y.words), \(target.z.words)), "
        + "touching anything, upside down, beside the forest or above it")
  }

  package func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> NoMemory {
    let y = random.uniform(in: -0.5 * half.y...0.5 * half.y)
    start.states[0].position = Vector(-target.x, y, target.z)
    start.states[0].rotorSpeeds = PerRotor(repeating: setup.hoverSpeed)
    forest.place(&start.obstacles, using: SplitMix64(seed: random.next()))
    if startsAnywhere > 0, random.uniform(in: 0...1) < startsAnywhere {
      start.states[0].position = place(among: start.obstacles, using: &random)
    }
    return NoMemory()
  }

  /// A place anywhere in the forest or just before it with some room about it; the usual start if none is found.
  private func place(
    among pillars: [Pose<Double>], using random: inout SplitMix64
  ) -> Vector<World, Double> {
    let end = max(-target.x, target.x - 2 * tolerance)
    for _ in 0..<16 {
      let x = random.uniform(in: -target.x...end)
      let y = random.uniform(in: -0.8 * half.y...0.8 * half.y)
      let place = Vector<World, Double>(x, y, target.z)
      if forest.room(at: place, among: pillars) > Self.learnedRoom { return place }
    }
    return Vector(-target.x, 0, target.z)
  }

  package func goal(of agent: Int) -> Setpoint {
    Setpoint(position: target)
  }

  private func hasArrived(_ episode: Episode<NoMemory>) -> Bool {
    (target - episode.position(of: 0)).norm < tolerance
  }

  /// Whether a drone flies where the forest is not in its way, or far off before or behind it.
  private func isBeside(_ here: Vector<World, Double>) -> Bool {
    abs(here.x) > half.x + 3 * Self.margin || abs(here.y) > half.y || here.z > half.z
  }

  /// How far it is to the goal along the ground and, beside that, in height: the straight distance from afar would
  /// hardly tell of heights. [m]
  private func way(from here: Vector<World, Double>) -> Double {
    let (x, y) = (target.x - here.x, target.y - here.y)
    return (x * x + y * y).squareRoot() + abs(target.z - here.z)
  }

  package func reward(of agent: Int, in episode: Episode<NoMemory>) -> Double {
    let end = hasArrived(episode) ? bonus : isTerminated(agent, in: episode) ? -crash : 0
    let progress =
      way(from: episode.positionBefore(of: agent)) - way(from: episode.position(of: agent))
    return progress - haste * episode.period - penalty * danger(episode) + end
  }

  /// How near to a pillar a drone flies: 1 at its surface, 0 from the clearance on. [–]
  private func danger(_ episode: Episode<NoMemory>) -> Double {
    guard clearance > 0 else { return 0 }
    let room = forest.room(at: episode.position(of: 0), among: episode.obstacles)
    return (1 - room / clearance).clamped(from: 0, to: 1)
  }

  package func isTerminated(_ agent: Int, in episode: Episode<NoMemory>) -> Bool {
    hasArrived(episode) || episode.hasCrashed(agent) || isBeside(episode.position(of: agent))
  }

  package func asLearned(after share: Double) -> NavigationTask {
    var task = self
    task.startsAnywhere = learnedAnywhere
    return task
  }

  package func hasSucceeded(_ agent: Int, in episode: Episode<Memory>) -> Bool {
    hasArrived(episode) && !episode.hasCrashed(agent)
  }
}

extension NavigationTask {
  static let entry = TaskEntry(
    "navigation",
    parameters: .vector(
      "size", "the forest's length, width and height", unit: "m", in: .within(0.1...1000),
      default: Vector(8, 4, 2.5)),
    .number(
      "density", "pillars a square metre, 4000 at most in all", unit: "1/m²", in: .within(0...100),
      default: 0.7),
    .interval(
      "radii", "the radii of the pillars, spread evenly", unit: "m", in: .within(1e-3...10),
      default: 0.1...0.2),
    .number(
      "gap", "the least room between two pillars", unit: "m", in: .within(0...100), default: 0.4),
    .number(
      "tolerance", "how near to the goal counts as arrived", unit: "m", in: .positive, default: 0.3),
    .number("bonus", "what arriving is worth", in: .within(0...1e6), default: 2),
    .number("crash", "what a crash costs", in: .within(0...1e6), default: 8),
    .number(
      "clearance", "how near to a pillar it costs to fly", unit: "m", in: .within(0...1000),
      default: 0.2),
    .number("penalty", "what a step at a pillar costs", in: .within(0...1e6), default: 0.1),
    .number("haste", "what time costs", unit: "1/s", in: .within(0...1e6), default: 0.2),
    .number(
      "learned_anywhere",
      "the share of episodes that begin anywhere in the forest while this is learned",
      in: .within(0...1), default: 0.6)
  ) { size, density, radii, gap, tolerance, bonus, crash, clearance, penalty, haste, anywhere in
    let forest = Forest(area: Area(size: size), density: density, radii: radii, gap: gap)
    var task = NavigationTask(forest: forest)
    (task.tolerance, task.bonus) = (tolerance, bonus)
    (task.crash, task.haste, task.learnedAnywhere) = (crash, haste, anywhere)
    (task.clearance, task.penalty) = (clearance, penalty)
    return task
  }
}
