public import Gym
public import GymAdapters
public import Randomness
import SpatialMath

/// Swing a pendulum up, and keep it there: Gymnasium's `Pendulum`, for tests of learners.
///
/// | | |
/// | --- | --- |
/// | Observation | cos θ, sin θ, ω / 8, with the angle θ from upright [rad] and its rate ω [rad/s] |
/// | Action | torque / 2, from −1 to 1, counterclockwise; the torque in N·m |
/// | Reward | −(θ² + 0.1 ω² + 0.001 τ²), with θ from −π to π and the torque τ [N·m] |
/// | Start | θ from −π to π, ω from −1 to 1 rad/s, drawn evenly |
/// | Terminated | never |
/// | Truncated | after 200 steps of 0.05 s |
public struct Pendulum: SubEnvironment {
  public let agentCount = 1
  public let observationSpace = BoxSpace(count: 3, in: -1...1)
  public let actionSpace = Space.box(BoxSpace(count: 1, in: -1...1))
  private var angle = 0.0
  private var rate = 0.0
  private var stepCount = 0

  private enum CodingKeys: CodingKey { case angle, rate, stepCount }

  /// A pendulum before its first reset.
  public init() {}

  public mutating func reset(using random: inout SplitMix64) {
    angle = random.uniform(in: -Double.pi...Double.pi)
    rate = random.uniform(in: -1...1)
    stepCount = 0
  }

  public mutating func step(
    _ actions: Span<Float>, into rows: inout StepRows, using random: inout SplitMix64
  ) {
    let torque = 2 * Double(actions[0])
    rows.rewards[0] = Float(-(angle * angle + 0.1 * rate * rate + 0.001 * torque * torque))
    // A rod of 1 kg and 1 m: its moment of inertia about the end is 1/3 kg·m², g is 10 m/s².
    rate += (15 * angle.sine() + 3 * torque) * 0.05
    rate = min(max(rate, -8), 8)
    angle += rate * 0.05
    angle -= 2 * .pi * (angle / (2 * .pi)).rounded()
    stepCount += 1
    rows.truncations[0] = stepCount == 200
  }

  public func observe(into observations: inout MutableSpan<Float>) {
    let (sine, cosine) = angle.sineAndCosine()
    observations[0] = min(max(Float(cosine), -1), 1)
    observations[1] = min(max(Float(sine), -1), 1)
    observations[2] = Float(rate / 8)
  }
}
