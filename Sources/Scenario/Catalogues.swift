public import Control
public import Drone
public import Simulation

/// What the names in a scenario stand for.
///
/// A program of your own adds its models, effects, controllers, sensors and references here before it reads a
/// scenario:
///
///     var catalogues = Catalogues.standard
///     catalogues.effects.register(.init(name: "breeze", summary: "…") { _ in SideBreeze() })
public struct Catalogues: Sendable {
  /// The drone models.
  public var models: ModelCatalogue
  /// What the air does.
  public var effects: EffectCatalogue
  /// Who flies.
  public var controllers: ControllerCatalogue
  /// What drones measure.
  public var sensors: SensorCatalogue
  /// Where drones fly.
  public var references: ReferenceCatalogue

  /// What comes with the package.
  public static var standard: Catalogues {
    Catalogues(
      models: .standard, effects: .standard, controllers: .standard, sensors: .standard,
      references: .standard)
  }
}
