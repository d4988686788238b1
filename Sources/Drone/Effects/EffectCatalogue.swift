public import Parameters

/// A named set of answers to every question on which simulators differ.
public enum PhysicsPreset: String, Sendable, CaseIterable {
  /// What the sources say.
  case accurate
  /// What gym-pybullet-drones does, its faults included.
  case gpd
}

/// The aerodynamic effects that a name can stand for, in the order in which they act.
public typealias EffectCatalogue = Catalogue<EffectEntry>

extension EffectCatalogue {
  /// The effects that come with the package.
  public static let standard = EffectCatalogue([
    Entry(name: "ground-effect", summary: "more thrust close to the surface below") {
      GroundEffect(height: $0 == .gpd ? .absolute : .aboveSurface)
    },
    Entry(name: "drag", summary: "drag of turning rotors that move through the air") {
      $0 == .gpd ? RotorDrag(along: .world, speeds: .previous) : RotorDrag()
    },
    Entry(name: "downwash", summary: "the push of the air that drones above throw down") {
      Downwash($0 == .gpd ? .fit : .jet)
    },
    Entry(
      name: "speed-moment", summary: "the torque that tilts a moving drone back",
      presets: [.accurate]
    ) { _ in SpeedMoment() },
    Entry(
      name: "rate-damping", summary: "the torque that a turning drone meets", presets: [.accurate]
    ) { _ in RateDamping() },
    Entry(
      name: "torque-noise", summary: "the random torque that shakes a drone", presets: [.accurate]
    ) { _ in TorqueNoise() },
  ])
}

/// An effect under a name.
public struct EffectEntry: CatalogueEntry {
  public let name: String
  public let summary: String
  /// The presets that it belongs to where a scenario names no effects.
  package let presets: Set<PhysicsPreset>
  /// The effect as a preset has it.
  public let effect: @Sendable (PhysicsPreset) -> any AerodynamicEffect

  /// An effect under a name.
  ///
  /// - Parameters:
  ///   - name: What scenarios call it.
  ///   - summary: What it is, in a line.
  ///   - presets: The presets that it belongs to where a scenario names no effects.
  ///   - effect: The effect as a preset has it.
  public init(
    name: String, summary: String, presets: Set<PhysicsPreset> = Set(PhysicsPreset.allCases),
    effect: @escaping @Sendable (PhysicsPreset) -> any AerodynamicEffect
  ) {
    (self.name, self.summary, self.presets, self.effect) = (name, summary, presets, effect)
  }
}
