/// A local effect that acts on some models only: those whose files have numbers for it.
///
/// A step leaves it out where no drone is of such a model.
@usableFromInline
package protocol ModelEffect: LocalEffect {
  /// Whether it does anything to drones of a model.
  static func acts(on model: QuadcopterModel) -> Bool
}

extension AerodynamicEffect {
  /// Whether it does anything to drones of some models.
  package func acts(on models: some Sequence<QuadcopterModel>) -> Bool {
    guard let own = self as? any ModelEffect else { return true }
    return models.contains { type(of: own).acts(on: $0) }
  }
}
