package import Parameters

/// The drawn worlds that a name can stand for.
package typealias WorldCatalogue = Catalogue<ParameterEntry<any DrawnWorld>>

extension WorldCatalogue {
  /// The drawn worlds that come with the package.
  package static var standard: WorldCatalogue {
    WorldCatalogue([
      ForestWorld.entry, WallWorld.entry, CorridorWorld.entry, TerrainWorld.entry,
      MovingWorld.entry,
    ])
  }
}
