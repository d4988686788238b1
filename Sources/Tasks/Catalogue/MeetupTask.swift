public import Control
import SpatialMath

/// Drones i and N − 1 − i meet.
///
/// | | |
/// | --- | --- |
/// | Reward | −d², with the distance d [m] to the other of the pair |
///
/// ``PursuitTask`` says the rest.
public struct MeetupTask: PursuitTask {
  public let agentCount: Int
  public var setup = TaskSetup.pursuit

  /// The task for some drones in its usual setup.
  public init(agentCount: Int = 2) { self.agentCount = agentCount }

  public var contract: TaskContract {
    .pursuit("drones i and N − 1 − i meet", reward: "−d²; distance d [m] to the other of the pair")
  }

  public func goal(of agent: Int, in episode: Episode<NoMemory>) -> Setpoint {
    Setpoint(position: episode.position(of: agentCount - 1 - agent))
  }
}
