/// What the air that a drone throws down does to the drones below it.
///
/// Two laws, for a drone at the height difference h below another and the horizontal distance d.
///
/// **Jet**: each drone is the source of a turbulent round jet, which keeps its momentum, widens
/// linearly and has a Gaussian profile (Pope, eqs 5.6 to 5.8), from a virtual origin above the
/// drone:
///
///     F = −A (T / T₀) / s² · exp(−(d / b)² / 2)        along the world's z axis [N]
///     s² = √(h⁴ + h₀⁴)         b = (l + √(l² + 4 b₀²)) / 2,   l = c2 h + c3
///
/// up to seven widths b aside, where 2e-11 of it is left, with A = c1 (R/4)² and the fitted c1, c2, c3 of the upper drone's model, its rotor radius R, its
/// thrust T over its hover thrust T₀, and its arm b₀. The near-field length h₀ makes the force on the
/// axis at h = 0 equal the thrust of a hovering source, A / h₀² = m g: a jet cannot push harder than
/// what drives it. Finite, smooth and positive-width everywhere. Against the fit below, at hover: force
/// on the axis 11 % lower at h = 0.75 m, 4 % at 1 m, 1 % at 1.5 m; width at 1.5 m 8 % more, at 2 m
/// 3 %.
///
/// **Fit**: gym-pybullet-drones' own, from flights with Crazyflies:
///
///     F = −c1 (R / 4h)² · exp(−(d / (c2 h + c3))² / 2)     along the body's z axis [N]
///
/// for d < 10 m. Its width vanishes at h = −c3 / c2 (0.6875 m), where the original's force on the axis
/// is not a number (here it is the limit); its force grows without bound as h goes to 0.
///
/// - S. B. Pope, "Turbulent Flows", Cambridge University Press, 2000, section 5.1.
/// - J. Panerati et al., "Learning to Fly", IROS 2021,
///   [arXiv:2103.02142](https://arxiv.org/abs/2103.02142): the fit.
package struct Downwash: AerodynamicEffect {
  /// How the force depends on place.
  package enum Law: Sendable {
    /// A turbulent jet, finite everywhere, along the world's z axis.
    case jet
    /// gym-pybullet-drones' fit, along the body's z axis.
    case fit
  }

  private let law: Law

  /// The downwash by some law.
  package init(_ law: Law = .jet) { self.law = law }

  /// The effect between drones that is the law: one each, so that none is asked for its law pair by pair.
  package var kind: AerodynamicEffectKind {
    switch law {
    case .jet: .pair(CompiledPairEffect(JetDownwash(), JetDownwash()))
    case .fit: .pair(CompiledPairEffect(FitDownwash(), FitDownwash()))
    }
  }

  /// The distance beyond which nothing is felt, whatever the law. [m]
  static let farthest = 10.0
}
