public import Control
import SpatialMath

/// One drone flies to a point, the others to its height.
///
/// | | |
/// | --- | --- |
/// | Reward | leader: −e², with the distance e [m] to (0, 0, 0.5); others: −(zₗ − z)² / N |
///
/// ``PursuitTask`` says the rest.
public struct LeaderFollowerTask: PursuitTask {
  public let agentCount: Int
  public var setup = TaskSetup.pursuit

  /// The task for a leader and its followers in its usual setup.
  public init(agentCount: Int = 2) { self.agentCount = agentCount }

  public var contract: TaskContract {
    .pursuit(
      "one drone flies to a point, the others to its height",
      reward: "leader: −e², distance e [m] to (0, 0, 0.5); others: −(zₗ − z)² / N")
  }

  public func goal(of agent: Int, in episode: Episode<NoMemory>) -> Setpoint {
    agent == 0
      ? Setpoint(position: Vector(0, 0, 0.5)) : level(of: agent, with: 0, in: episode)
  }

  public func weight(of agent: Int) -> Double { agent == 0 ? 1 : 1 / Double(agentCount) }
}
