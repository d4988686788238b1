public import Foundation
import SwiftletAssets

/// The models that a name can stand for: every URDF file of some folders.
///
/// A new model is a new file; nothing else knows its name.
public struct ModelCatalogue: Sendable {
  /// The folders, the first that has a name winning.
  public var folders: [URL]

  /// The models in some folders.
  public init(folders: [URL]) { self.folders = folders }

  /// The models that come with the package.
  public static var standard: ModelCatalogue { ModelCatalogue(folders: [Assets.drones]) }

  /// The names of all models, in alphabetical order.
  public var names: [String] {
    let files = folders.flatMap {
      (try? FileManager.default.contentsOfDirectory(at: $0, includingPropertiesForKeys: nil)) ?? []
    }
    let names = files.filter { $0.pathExtension == "urdf" }
      .map { $0.deletingPathExtension().lastPathComponent }
    return Set(names).sorted()
  }

  /// The model of some name, or `nil` where no folder has it.
  ///
  /// - Throws: ``ModelError`` where the model's file is bad.
  public func model(named name: String) throws(ModelError) -> QuadcopterModel? {
    for folder in folders {
      let url = folder.appendingPathComponent(name + ".urdf")
      if !name.contains("/"), FileManager.default.fileExists(atPath: url.path) {
        return try QuadcopterModel(contentsOf: url)
      }
    }
    return nil
  }
}
