public import Gym
public import GymAdapters
public import Randomness

/// Two agents on a line, each of which looks for its own door: for tests of learners.
///
/// | | |
/// | --- | --- |
/// | Observation | own position, own door, the other's position, each from −1 to 1 |
/// | Action | the velocity, from −1 to 1, of which a step takes a tenth |
/// | Reward | −(distance to the door), and 1 on going through it |
/// | Start | both anywhere, doors anywhere, drawn evenly |
/// | Terminated | an agent within 0.05 of its door |
/// | Truncated | after 40 steps |
public struct Corridor: SubEnvironment {
  public let agentCount = 2
  public let observationSpace = BoxSpace(count: 3, in: -1...1)
  public let actionSpace = Space.box(BoxSpace(count: 1, in: -1...1))
  private var positions: [Float] = [0, 0]
  private var doors: [Float] = [0, 0]
  private var stepCount = 0

  private enum CodingKeys: CodingKey { case positions, doors, stepCount }

  /// A corridor before its first reset.
  public init() {}

  public mutating func reset(using random: inout SplitMix64) {
    for agent in 0..<2 {
      positions[agent] = Float(random.uniform(in: -1...1))
      doors[agent] = Float(random.uniform(in: -1...1))
    }
    stepCount = 0
  }

  public mutating func step(
    _ actions: Span<Float>, into rows: inout StepRows, using random: inout SplitMix64
  ) {
    stepCount += 1
    for agent in 0..<2 where rows.participations[agent] {
      positions[agent] = min(max(positions[agent] + 0.1 * actions[agent], -1), 1)
      let distance = abs(positions[agent] - doors[agent])
      let isThrough = distance < 0.05
      rows.rewards[agent] = isThrough ? 1 : -distance
      rows.terminations[agent] = isThrough
      rows.truncations[agent] = !isThrough && stepCount == 40
    }
  }

  public func observe(into observations: inout MutableSpan<Float>) {
    for agent in 0..<2 {
      observations[3 * agent] = positions[agent]
      observations[3 * agent + 1] = doors[agent]
      observations[3 * agent + 2] = positions[1 - agent]
    }
  }
}
