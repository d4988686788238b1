package import Control
import Drone
import Parameters
package import Randomness
import SpatialMath

/// Pursuers catch an evader, which is faster, between walls.
///
/// | | |
/// | --- | --- |
/// | Observation | velocity, roll, pitch, yaw, last action; see ``EvasionView`` for the features |
/// | Action | a direction, and a share of the drone's highest speed, for PID control |
/// | Reward | pursuer: distance come nearer to the evader [m], less 0.1 a second; evader: distance gained on the nearest pursuer [m], and 0.1 a second; 2 for a capture, taken from the evader; −3 on a crash |
/// | Start | at rest, pursuers on one side, the evader on the other, which sides is drawn |
/// | Goal | pursuer: the evader; evader: the corner that is farthest from the pursuers |
/// | Terminated | at a capture; a drone that touches anything, turns upside down or leaves the arena; the others when no pursuer or no evader is left |
/// | Truncated | after 10 s, which the evader wins |
/// | Left | a drone whose episode has ended leaves |
///
/// The last drone is the evader. It is caught where a pursuer comes within 0.3 m of it. Rewards follow those of
/// predators and prey in R. Lowe et al., "Multi-Agent Actor-Critic for Mixed Cooperative-Competitive Environments",
/// NeurIPS 2017, [arXiv:1706.02275](https://arxiv.org/abs/1706.02275), with distances gained in place of distances.
package struct PursuitEvasionTask: TeamTask {
  package let agentCount: Int
  package var setup: TaskSetup
  /// Half the edges of the arena's floor. [m]
  package var halfWidth = 2.0
  /// The height of the arena. [m]
  package var height = 2.0
  /// How near a pursuer comes to catch the evader. [m]
  package var reach = 0.3
  /// What a capture is worth. [–]
  package var capture = 2.0
  /// What a crash costs. [–]
  package var crash = 3.0
  /// What time costs pursuers, and is worth to the evader. [1/s]
  package var haste = 0.1

  /// How an episode has come to its end, if it has.
  package struct Memory: Sendable, Codable {
    /// Whether a pursuer has caught the evader.
    var isCaught = false
    /// Whether the evader or all pursuers have left or crashed.
    var isDeserted = false
  }

  /// The task in its usual setup.
  ///
  /// - Parameters:
  ///   - agentCount: How many drones there are, at least a pursuer and an evader.
  ///   - pursuerSpeed: The highest speed of pursuers. [m/s]
  ///   - evaderSpeed: The highest speed of the evader. [m/s]
  package init(agentCount: Int = 3, pursuerSpeed: Double = 1, evaderSpeed: Double = 1.3) {
    precondition(agentCount > 1, "a pursuer and an evader are two drones, not \(agentCount)")
    self.agentCount = agentCount
    let limit = max(pursuerSpeed, evaderSpeed)
    setup = TaskSetup(
      timeLimit: 10, actionMode: .velocity(limit: limit),
      observation: [
        .velocity(.world, scale: 3), .rollPitchYaw, .lastActions(1),
        .features(EvasionView.count(agentCount: agentCount)),
      ], endedDrones: .leave)
    setup.speedShares =
      Array(repeating: pursuerSpeed / limit, count: agentCount - 1) + [evaderSpeed / limit]
  }

  package var teams: [Int] { (0..<agentCount).map { $0 == evader ? 1 : 0 } }

  package var contract: TaskContract {
    let pursuers = evader == 1 ? "1 pursuer catches" : "\(evader) pursuers catch"
    return TaskContract(
      "\(pursuers) 1 evader within \(reach.words) m, between walls",
      start: "at rest, pursuers on one side and the evader on the other",
      reward:
        "pursuers: distance come nearer [m], −\(haste.words) a second; evader: distance gained [m], "
        + "\(haste.words) a second; ±\(capture.words) at a capture, −\(crash.words) on a crash",
      terminated:
        "at a capture; touching anything, upside down, or out of the arena; no pursuer or no evader left",
      features: EvasionView.words)
  }

  /// The drone that is to get away.
  var evader: Int { agentCount - 1 }

  package func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> Memory {
    let turns = Int(random.next() % 4)
    for agent in start.states.indices {
      let (x, y) = place(of: agent, using: &random)
      start.states[agent].position = Vector(
        SIMD4(x, -y, -x, y)[turns], SIMD4(y, x, -y, -x)[turns],
        height * random.uniform(in: 0.3...0.7))
      start.states[agent].rotorSpeeds = PerRotor(repeating: setup.hoverSpeed)
    }
    return Memory()
  }

  /// Where a drone begins before sides are drawn: pursuers one beside the other at negative x, the evader at
  /// positive x. [m]
  private func place(of agent: Int, using random: inout SplitMix64) -> (x: Double, y: Double) {
    guard agent != evader else {
      return (
        halfWidth * random.uniform(in: 0.2...0.8), halfWidth * random.uniform(in: -0.8...0.8)
      )
    }
    let share = (Double(agent) + random.uniform(in: 0.25...0.75)) / Double(evader)
    return (-halfWidth * random.uniform(in: 0.4...0.8), 0.8 * halfWidth * (2 * share - 1))
  }

  package func update(_ episode: inout Episode<Memory>) {
    let isEvaderThere = isFlying(evader, in: episode)
    var (isCaught, arePursuersThere) = (false, false)
    for pursuer in 0..<evader where isFlying(pursuer, in: episode) {
      arePursuersThere = true
      isCaught = isCaught || offset(to: pursuer, in: episode).squaredNorm < reach * reach
    }
    episode.memory.isCaught = isCaught && isEvaderThere
    episode.memory.isDeserted = !isEvaderThere || !arePursuersThere
  }

  private func isFlying(_ agent: Int, in episode: Episode<Memory>) -> Bool {
    episode.isActive(agent) && !hasFailed(agent, in: episode)
  }

  /// From the evader to another drone. [m]
  private func offset(to agent: Int, in episode: Episode<Memory>) -> Vector<World, Double> {
    episode.position(of: agent) - episode.position(of: evader)
  }

  private func hasFailed(_ agent: Int, in episode: Episode<Memory>) -> Bool {
    episode.hasCrashed(agent) || episode.isOutside(agent, halfWidth: halfWidth, height: height)
  }

  package func goal(of agent: Int, in episode: Episode<Memory>) -> Setpoint {
    guard agent == evader else {
      let state = episode.state(of: evader)
      return Setpoint(position: state.position, velocity: state.velocity)
    }
    return Setpoint(position: farthestCorner(in: episode))
  }

  /// The corner of a box half as large as the arena whose nearest pursuer is the farthest. [m]
  private func farthestCorner(in episode: Episode<Memory>) -> Vector<World, Double> {
    var (best, farthest) = (Vector<World, Double>(0, 0, height / 2), -1.0)
    for index in 0..<8 {
      func side(_ bit: Int) -> Double { index & bit == 0 ? -0.5 : 0.5 }
      let corner = Vector<World, Double>(
        1.4 * halfWidth * side(1), 1.4 * halfWidth * side(2), height * (0.5 + 0.5 * side(4)))
      var nearest = Double.infinity
      for pursuer in 0..<evader where episode.isPresent(pursuer) {
        nearest = min(nearest, (corner - episode.position(of: pursuer)).squaredNorm)
      }
      if nearest > farthest { (best, farthest) = (corner, nearest) }
    }
    return best
  }

  package func reward(of agent: Int, in episode: Episode<Memory>) -> Double {
    guard !hasFailed(agent, in: episode) else { return -crash }
    let gained =
      haste * episode.period + (episode.memory.isCaught ? -capture : 0)
      + distanceGained(for: agent, in: episode)
    return agent == evader ? gained : -gained
  }

  /// How much farther the last action has brought a pursuer, or the nearest one, from the evader. [m]
  private func distanceGained(for agent: Int, in episode: Episode<Memory>) -> Double {
    guard agent == evader else { return distanceGained(on: agent, in: episode) }
    var (nearest, gained) = (Double.infinity, 0.0)
    for pursuer in 0..<evader where episode.isActive(pursuer) {
      let distance = offset(to: pursuer, in: episode).squaredNorm
      guard distance < nearest else { continue }
      (nearest, gained) = (distance, distanceGained(on: pursuer, in: episode))
    }
    return gained
  }

  private func distanceGained(on pursuer: Int, in episode: Episode<Memory>) -> Double {
    let before = episode.positionBefore(of: pursuer) - episode.positionBefore(of: evader)
    return offset(to: pursuer, in: episode).norm - before.norm
  }

  package func isTerminated(_ agent: Int, in episode: Episode<Memory>) -> Bool {
    episode.memory.isCaught || episode.memory.isDeserted || hasFailed(agent, in: episode)
  }

  package func hasSucceeded(_ agent: Int, in episode: Episode<Memory>) -> Bool {
    guard !hasFailed(agent, in: episode) else { return false }
    return agent == evader ? !episode.memory.isCaught : episode.memory.isCaught
  }

  package func feature(_ index: Int, of agent: Int, in episode: Episode<Memory>) -> Double {
    EvasionView(of: episode, for: agent, halfWidth: halfWidth, height: height)[index]
  }
}

extension PursuitEvasionTask {
  static let entry = TaskEntry(
    "pursuit-evasion", drones: 3, atLeast: 2,
    parameters: .number(
      "pursuer_speed", "the highest speed of pursuers", unit: "m/s", in: .positive(upTo: 1000),
      default: 1),
    .number(
      "evader_speed", "the highest speed of the evader, the last drone", unit: "m/s",
      in: .positive(upTo: 1000), default: 1.3),
    .number(
      "half_width", "half the edges of the arena's floor", unit: "m", in: .positive(upTo: 1000),
      default: 2),
    .number("height", "how high the arena is", unit: "m", in: .positive(upTo: 1000), default: 2),
    .number(
      "reach", "how near a pursuer comes to catch the evader", unit: "m", in: .positive,
      default: 0.3),
    .number("capture", "what a capture is worth", in: .within(0...1e6), default: 2),
    .number("crash", "what a crash costs", in: .within(0...1e6), default: 3),
    .number(
      "haste", "what time costs pursuers, and is worth to the evader", unit: "1/s",
      in: .within(0...1e6), default: 0.1)
  ) { drones, pursuerSpeed, evaderSpeed, halfWidth, height, reach, capture, crash, haste in
    var task = PursuitEvasionTask(
      agentCount: drones, pursuerSpeed: pursuerSpeed, evaderSpeed: evaderSpeed)
    (task.halfWidth, task.height, task.reach) = (halfWidth, height, reach)
    (task.capture, task.crash, task.haste) = (capture, crash, haste)
    return task
  }
}
