public import Control
public import Drone
public import Simulation
package import Worlds

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
  /// The effects of the air.
  public var effects: EffectCatalogue
  /// The controllers.
  public var controllers: ControllerCatalogue
  /// The sensors.
  public var sensors: SensorCatalogue
  /// The reference trajectories.
  public var references: ReferenceCatalogue
  /// The surroundings that are drawn by a seed.
  package var worlds: WorldCatalogue

  /// What comes with the package.
  public static var standard: Catalogues {
    Catalogues(
      models: .standard, effects: .standard, controllers: .standard, sensors: .standard,
      references: .standard, worlds: .standard)
  }
}
