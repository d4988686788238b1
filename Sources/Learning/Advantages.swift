/// Generalised advantage estimation over one agent's steps, from the last to the first.
///
///     δₜ = rₜ + γ V(sₜ₊₁) − V(sₜ)
///     Âₜ = δₜ + γ λ Âₜ₊₁
///
/// where an episode ends, nothing after it counts, and V(sₜ₊₁) is 0 if it was terminated and the value
/// of the last observation if it was truncated: rewards would have followed.
///
/// - J. Schulman et al., "High-Dimensional Continuous Control Using Generalized Advantage Estimation",
///   ICLR 2016, [arXiv:1506.02438](https://arxiv.org/abs/1506.02438), eq. 16.
package struct AdvantageEstimator: Sendable {
  /// The discount γ. [–]
  package var discount: Float
  /// The decay λ. [–]
  package var decay: Float
  /// Âₜ₊₁, of the step after. [–]
  private var advantage: Float = 0

  package init(discount: Float, decay: Float) {
    self.discount = discount
    self.decay = decay
  }

  /// The advantage of the step before those already seen.
  ///
  /// - Parameters:
  ///   - reward: What it gained.
  ///   - value: The value of what was seen before it.
  ///   - next: The value of what was seen after it, 0 where the episode was terminated.
  ///   - isLast: Whether the episode ended with it.
  /// - Returns: Âₜ.
  package mutating func step(reward: Float, value: Float, next: Float, isLast: Bool) -> Float {
    let delta = reward + discount * next - value
    advantage = isLast ? delta : delta + discount * decay * advantage
    return advantage
  }
}
