package import Drone
import Parameters
package import Simulation

/// How drones move, by the names that files have for it.
package struct PhysicsSpecification: Sendable, Encodable, Equatable {
  /// Which simulator's physics, where simulators differ.
  package var preset: PhysicsPreset
  /// What computes the motion: with contacts or without.
  package var dynamics: FlightPhysics.Dynamics
  /// The acceleration of free fall. [m/s²]
  package var gravity: Double
  /// The names of the effects of the air, in the order in which they act.
  package var effects: [String]

  /// Physics by names.
  package init(
    preset: PhysicsPreset, dynamics: FlightPhysics.Dynamics, gravity: Double, effects: [String]
  ) {
    (self.preset, self.dynamics) = (preset, dynamics)
    (self.gravity, self.effects) = (gravity, effects)
  }

  /// The physics that the names stand for; `nil` where an effect is not in the catalogue.
  package func physics(_ catalogue: EffectCatalogue) -> FlightPhysics? {
    let made = effects.compactMap { catalogue[$0]?.effect(preset) }
    guard made.count == effects.count else { return nil }
    var physics =
      switch preset {
      case .accurate: FlightPhysics.accurate(dynamics: dynamics, effects: made)
      case .gpd: FlightPhysics.gpd(dynamics: dynamics, effects: made)
      }
    physics.gravity = gravity
    return physics
  }
}

extension PhysicsPreset: Encodable {}
extension FlightPhysics.Dynamics: Encodable {}

extension MappingReader {
  /// Reads the keys of physics.
  ///
  /// - Parameters:
  ///   - catalogue: What the names of effects stand for.
  ///   - initial: What holds where nothing is said, as long as preset and dynamics are these.
  /// - Returns: The physics.
  package mutating func physics(
    _ catalogue: EffectCatalogue, default initial: PhysicsSpecification? = nil
  ) -> PhysicsSpecification {
    let preset = word(
      "preset", "accurate is what the sources say, gpd what gym-pybullet-drones does",
      default: initial?.preset ?? .accurate)
    let dynamics = word(
      "dynamics", "bullet has contacts, explicit has none and no effects unless they are named",
      default: initial?.dynamics ?? .bullet)
    let own = initial?.preset == preset && initial?.dynamics == dynamics ? initial : nil
    let pull =
      own?.gravity
      ?? (preset == .gpd ? FlightPhysics.gpd().gravity : FlightPhysics.accurate().gravity)
    let gravity = number(
      "gravity", "the acceleration of free fall; 9.8 for preset gpd", default: pull,
      in: .within(0...1000), unit: "m/s²")
    let known = catalogue.names
    // gym-pybullet-drones' explicit dynamics has no effects of the air; all else has all of its preset.
    let usual = catalogue.entries.filter { $0.presets.contains(preset) }.map(\.name)
    var effects = own?.effects ?? (dynamics == .explicit ? [] : usual)
    if has("effects") {
      effects = list("effects") { $0.word(among: known) }
      if Set(effects).count < effects.count {
        reject("names an effect twice", at: "effects", expected: "each at most once")
      }
    } else {
      _ = list(
        "effects", "what the air does, in any order", usual: "[\(effects.joined(separator: ", "))]"
      ) { $0.word(among: known) }
    }
    return PhysicsSpecification(
      preset: preset, dynamics: dynamics, gravity: gravity,
      effects: known.filter { effects.contains($0) })
  }
}
