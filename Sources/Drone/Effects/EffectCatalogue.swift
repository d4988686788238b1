/// A named set of answers to every question on which simulators differ.
public enum PhysicsPreset: String, Sendable, CaseIterable {
  /// What the sources say.
  case accurate
  /// What gym-pybullet-drones does, its faults included.
  case gpd
}

/// The aerodynamic effects that a name can stand for.
///
/// The command's help, scenarios and the tests that hold for every effect read this list, so that an
/// effect that is added here is offered and tested from its first day. A program of your own adds its
/// effects with ``register(_:)`` before it reads a scenario.
public struct EffectCatalogue: Sendable {
  /// One effect.
  public struct Entry: Sendable {
    /// What scenarios call it.
    public var name: String
    /// One line that says what it is.
    public var summary: String
    /// The effect as a preset has it.
    public var effect: @Sendable (PhysicsPreset) -> any AerodynamicEffect

    /// An effect under a name.
    public init(
      name: String, summary: String,
      effect: @escaping @Sendable (PhysicsPreset) -> any AerodynamicEffect
    ) {
      (self.name, self.summary, self.effect) = (name, summary, effect)
    }
  }

  /// The effects, in the order in which they act.
  public private(set) var entries: [Entry]

  /// The effects that come with the package.
  public static let standard = EffectCatalogue(entries: [
    Entry(name: "ground-effect", summary: "more thrust close to the surface below") {
      GroundEffect(height: $0 == .gpd ? .absolute : .aboveSurface)
    },
    Entry(name: "drag", summary: "drag of turning rotors that move through the air") {
      $0 == .gpd ? RotorDrag(along: .world, speeds: .previous) : RotorDrag()
    },
    Entry(name: "downwash", summary: "the push of the air that drones above throw down") {
      Downwash($0 == .gpd ? .fit : .jet)
    },
  ])

  /// Adds an effect, or puts it in the place of the one of that name.
  public mutating func register(_ entry: Entry) {
    if let index = entries.firstIndex(where: { $0.name == entry.name }) {
      entries[index] = entry
    } else {
      entries.append(entry)
    }
  }

  /// The names, in the order in which the effects act.
  public var names: [String] { entries.map(\.name) }
}
