package import Control
import Drone
import Parameters
package import Randomness
import Simulation
package import SpatialMath

/// The hover tasks of gym-pybullet-drones, number for number, faults included.
///
/// | | |
/// | --- | --- |
/// | Observation | position [m], roll, pitch, yaw [rad], velocity [m/s], world rates [rad/s]; 15 last actions |
/// | Action | as chosen; rotor speeds are those of hovering ± 5 % |
/// | Reward | Σ max(0, 2 − e⁴) over all drones, given to each of them, with the position error e [m] |
/// | Start | 0.1125 m above the floor, 0.1588 m apart along x and y |
/// | Terminated | when Σ e < 0.1 mm |
/// | Truncated | when any drone leaves the box or tilts beyond 0.4 rad; after 242 steps |
///
/// A crash is truncated here, all drones share one reward, and no drone leaves alone: learners do better
/// with ``HoverTask`` and ``MultiHoverTask``. What is not kept: memories of controllers that survive a
/// reset, and observations that no `float32` holds.
package struct GPDHoverTask: SteadyGoalTask {
  package let agentCount: Int
  package var setup: TaskSetup
  /// Where drones start. [m]
  private let starts: [Vector<World, Double>]
  /// Where drones should be. [m]
  private let targets: [Vector<World, Double>]
  /// The half width of the box. [m]
  private var halfWidth: Double
  /// The height of the box. [m]
  private var height = 2.0

  private init(
    starts: [Vector<World, Double>], targets: [Vector<World, Double>], halfWidth: Double,
    action: ActionMode
  ) {
    agentCount = targets.count
    (self.starts, self.targets, self.halfWidth) = (starts, targets, halfWidth)
    setup = TaskSetup(
      model: .peersCrazyflie, physics: .gpd(), timeLimit: 242.0 / 30, actionMode: action,
      positionLaw: .crazyflie,
      observation: [.gpdState, .lastActions(15)])
  }

  /// One drone that is to hover at a place, (0, 0, 1) unless said otherwise. [m]
  package static func hover(
    action: ActionMode = .rotorSpeeds(authority: 0.05),
    at target: Vector<World, Double> = Vector(0, 0, 1)
  ) -> GPDHoverTask {
    GPDHoverTask(starts: [start(0, spacing: 0)], targets: [target], halfWidth: 1.5, action: action)
  }

  /// Several drones; drone i is to hover 1 / (i + 1) m above its start.
  package static func multiHover(
    agentCount: Int = 2, spacing: Double = usualSpacing,
    action: ActionMode = .rotorSpeeds(authority: 0.05)
  ) -> GPDHoverTask {
    let starts = (0..<agentCount).map { start($0, spacing: spacing) }
    let targets = starts.enumerated().map { $1 + Vector(0, 0, 1 / Double($0 + 1)) }
    return GPDHoverTask(starts: starts, targets: targets, halfWidth: 2, action: action)
  }

  /// How far apart drones start along x and y: four arms of a Crazyflie. [m]
  package static let usualSpacing = 0.1588

  /// The velocity command of gym-pybullet-drones: up to 3 % of the model's highest speed.
  package static let velocityAction = ActionMode.velocity(
    limit: 0.03 * QuadcopterModel.peersCrazyflie.maximumSpeed)

  package var contract: TaskContract {
    TaskContract(
      agentCount == 1
        ? "hover at (\(targets[0].x.words), \(targets[0].y.words), \(targets[0].z.words)) as in gym-pybullet-drones, its faults included"
          + (setup.camera == nil ? "" : ", with its camera")
        : "hover 1 / (i + 1) m above the start as in gym-pybullet-drones, its faults included",
      start: "0.1125 m above the floor"
        + (agentCount == 1
          ? "" : ", \((starts[1].x - starts[0].x).words) m apart along x and y"),
      reward: "Σ max(0, 2 − e⁴) over all drones, given to each; position error e [m]",
      terminated: "Σ e < 0.1 mm",
      truncated:
        "any drone beyond \(halfWidth.words) m sideways or \(height.words) m up, "
        + "or tilted beyond 0.4 rad")
  }

  private static func start(_ agent: Int, spacing: Double) -> Vector<World, Double> {
    Vector(spacing * Double(agent), spacing * Double(agent), 0.1125)
  }

  package func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> NoMemory {
    for agent in start.states.indices { start.states[agent].position = starts[agent] }
    return NoMemory()
  }

  package func goal(of agent: Int) -> Setpoint {
    Setpoint(position: targets[agent])
  }

  private func error(of agent: Int, in episode: Episode<NoMemory>) -> Double {
    (targets[agent] - episode.position(of: agent)).norm
  }

  package func reward(of agent: Int, in episode: Episode<NoMemory>) -> Double {
    targets.indices.reduce(0) { sum, drone in
      let e = error(of: drone, in: episode)
      return sum + max(0, 2 - e * e * e * e)
    }
  }

  package func isTerminated(_ agent: Int, in episode: Episode<NoMemory>) -> Bool {
    targets.indices.reduce(0) { $0 + error(of: $1, in: episode) } < 1e-4
  }

  package func isTruncated(_ agent: Int, in episode: Episode<NoMemory>) -> Bool {
    targets.indices.contains { drone in
      let angles = RollPitchYaw(episode.state(of: drone).attitude)
      return episode.isOutside(drone, halfWidth: halfWidth, height: height)
        || abs(angles.roll) > 0.4 || abs(angles.pitch) > 0.4
    }
  }
}

extension GPDHoverTask {
  /// The task of one drone that hovers at a place.
  static func entry(
    _ name: String, _ task: @escaping @Sendable (Vector<World, Double>) -> GPDHoverTask
  ) -> TaskEntry {
    TaskEntry(
      name,
      parameters: .vector(
        "target", "where to hover", unit: "m", in: .within(-1e6...1e6), default: Vector(0, 0, 1)),
      .halfWidth(usually: 1.5), .height
    ) { target, halfWidth, height in
      var task = task(target)
      (task.halfWidth, task.height) = (halfWidth, height)
      return task
    }
  }

  /// The task of some drones that start some distance apart.
  static func entry(
    _ name: String, _ task: @escaping @Sendable (Int, Double) -> GPDHoverTask
  ) -> TaskEntry {
    TaskEntry(
      name, drones: 2,
      parameters: .spacing(usually: usualSpacing), .halfWidth(usually: 2), .height
    ) { drones, spacing, halfWidth, height in
      var task = task(drones, spacing)
      (task.halfWidth, task.height) = (halfWidth, height)
      return task
    }
  }
}
