/// Adam: steps along the gradient's running mean, over the root of its running square.
///
///     m ← β₁ m + (1 − β₁) g,   v ← β₂ v + (1 − β₂) g²
///     θ ← θ − α · m / (1 − β₁ᵗ) / (√(v / (1 − β₂ᵗ)) + ε)
///
/// - D. P. Kingma, J. Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015,
///   [arXiv:1412.6980](https://arxiv.org/abs/1412.6980), algorithm 1.
package struct Adam: Sendable {
  /// The running mean of the gradient, m.
  package let mean: FloatBuffer
  /// The running mean of its square, v.
  package let square: FloatBuffer
  /// β₁ᵗ and β₂ᵗ for the steps taken so far. [–]
  package var powers = SIMD2<Double>(1, 1)

  package init(count: Int) {
    mean = FloatBuffer(count: count)
    square = FloatBuffer(count: count)
  }

  /// Takes one step, with the gradient multiplied by `scale`.
  package mutating func step(
    _ parameters: FloatBuffer, gradient: FloatBuffer, scale: Float = 1, rate: Float,
    epsilon: Float
  ) {
    powers *= SIMD2(0.9, 0.999)
    let corrections = 1 / (1 - powers)
    adamStep(
      gradient: FloatView(gradient), scale: scale, betas: (0.9, 0.999),
      rate: rate * Float(corrections[0]), secondCorrection: Float(corrections[1]),
      epsilon: epsilon, moments: (FloatView(mean), FloatView(square)),
      parameters: FloatView(parameters), count: parameters.count)
  }
}
