/// Something that the air does to drones in flight: a ``LocalEffect`` or a ``PairEffect``.
///
/// Conform to one of these two, not to this.
public protocol AerodynamicEffect: Sendable {
  /// Which of the two it is; both say so themselves.
  var kind: AerodynamicEffectKind { get }

  /// Whether gym-pybullet-drones asks PyBullet for its link frames anew to work this effect out, `false`
  /// unless said otherwise.
  ///
  /// With such an effect the preset `gpd` lets all effects act in the frames of the step under way, not
  /// in those of the step before.
  var refreshesLinkFrames: Bool { get }
}

extension AerodynamicEffect {
  public var refreshesLinkFrames: Bool { false }
}

/// The two kinds of effects.
public enum AerodynamicEffectKind: Sendable {
  /// What a drone's own motion, the air around it and the surface below it ask.
  case local(any LocalEffect)
  /// What one drone does to another.
  case pair(CompiledPairEffect)
}

extension AerodynamicEffect {
  /// The effect, where it is local.
  package var asLocal: (any LocalEffect)? {
    if case .local(let effect) = kind { effect } else { nil }
  }

  /// The effect, where it is one between drones.
  package var asPair: CompiledPairEffect? {
    if case .pair(let effect) = kind { effect } else { nil }
  }
}
