public import Control
import SpatialMath

/// The first drone flies to a point, each of the others to the height of the one before it.
///
/// | | |
/// | --- | --- |
/// | Reward | first: −e², with the distance e [m] to (0, 0, 1); others: −(zᵢ₋₁ − zᵢ)² |
///
/// ``PursuitTask`` says the rest.
public struct FlockTask: PursuitTask {
  public let agentCount: Int
  public var setup = TaskSetup.pursuit

  /// The task for some drones in its usual setup.
  public init(agentCount: Int = 2) { self.agentCount = agentCount }

  public var contract: TaskContract {
    .pursuit(
      "the first flies to a point, the others to the height of the one before",
      reward: "first: −e², distance e [m] to (0, 0, 1); others: −(zᵢ₋₁ − zᵢ)²")
  }

  public func goal(of agent: Int, in episode: Episode<NoMemory>) -> Setpoint {
    agent == 0
      ? Setpoint(position: Vector(0, 0, 1)) : level(of: agent, with: agent - 1, in: episode)
  }
}
