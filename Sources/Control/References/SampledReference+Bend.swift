import SpatialMath

extension SampledReference {
  /// Over which time the bend of a path is taken, before and after. [s]
  private static let reach = 0.1

  /// The acceleration with which the path bends, where it does so for a while.
  ///
  ///     a(t) = (p(t + τ) − 2 p(t) + p(t − τ)) / τ²,     τ = 0.1 s      [m/s²]
  ///
  /// It is that of the path smoothed over τ, and takes 0.25 m/s² from a millimetre of noise. Only what is
  /// bent the same way a τ before and a τ later counts, a(t) · a(t ± τ) > a(t)² / 10: a jump of the samples,
  /// a corner between straight legs, and steps that stand for a steady motion have no bend.
  func bend(at time: Double) -> Vector<World, Double> {
    func place(_ steps: Double) -> Vector<World, Double> {
      sample(at: time + steps * Self.reach).position
    }
    let places = (place(-2), place(-1), place(0), place(1), place(2))
    let before = places.0 - 2 * places.1 + places.2
    let now = places.1 - 2 * places.2 + places.3
    let after = places.2 - 2 * places.3 + places.4
    let least = 0.1 * now.squaredNorm
    let isSteady = now.dot(before) > least && now.dot(after) > least
    return isSteady ? (1 / (Self.reach * Self.reach)) * now : .zero
  }
}
