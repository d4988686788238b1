public import Control
import Drone
public import Randomness
package import SpatialMath

/// Fly to a point 1 m up, and stay there.
///
/// | | |
/// | --- | --- |
/// | Observation | position error, rotation matrix, velocity, body rates, last action: 22 numbers |
/// | Action | 4 rotor speeds, hover speed ± 20 % |
/// | Reward | max(0, 2 − e⁴), with the position error e [m] |
/// | Start | 0.1125 m above the floor, within 0.3 m of the point below the goal |
/// | Terminated | on touching anything, upside down, or 1.5 m off the axis or 2 m up |
/// | Truncated | after 8 s |
public struct HoverTask: DroneTask {
  public var setup: TaskSetup
  /// Where to stay. [m]
  package var target = Vector<World, Double>(0, 0, 1)
  /// How near to it an episode has to end. [m]
  package var tolerance = 0.1
  /// How far from the axis a drone may go along x and y. [m]
  package var halfWidth = 1.5
  /// How high it may go. [m]
  package var height = 2.0

  /// The task in its usual setup.
  public init() {
    setup = TaskSetup(randomisation: Randomisation(position: Vector(0.3, 0.3, 0.05), yaw: .pi))
  }

  public var contract: TaskContract {
    TaskContract(
      "fly to a point \(target.z.words) m up, and stay there"
        + (setup.camera == nil ? "" : ", with a camera"),
      start: "0.1125 m above the floor, within 0.3 m of the point below the goal",
      reward: "max(0, 2 − e⁴); position error e [m]",
      terminated:
        "touching anything, upside down, \(halfWidth.words) m off the axis or \(height.words) m up")
  }

  public func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> NoMemory {
    start.states[0].position = Vector(0, 0, 0.1125)
    return NoMemory()
  }

  public func goal(of agent: Int, in episode: Episode<NoMemory>) -> Setpoint { goal(of: agent) }

  public func reward(of agent: Int, in episode: Episode<NoMemory>) -> Double {
    let e2 = (target - episode.position(of: agent)).squaredNorm
    return max(0, 2 - e2 * e2)
  }

  public func isTerminated(_ agent: Int, in episode: Episode<NoMemory>) -> Bool {
    episode.hasCrashed(agent) || episode.isOutside(agent, halfWidth: halfWidth, height: height)
  }

  public func hasSucceeded(_ agent: Int, in episode: Episode<NoMemory>) -> Bool {
    hasEnded(agent, within: tolerance, in: episode)
  }
}

extension HoverTask: SteadyGoalTask {
  package func goal(of agent: Int) -> Setpoint { Setpoint(position: target) }
}
