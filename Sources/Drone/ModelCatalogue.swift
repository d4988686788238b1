public import Foundation
import Spelling
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

  /// The name of the Crazyflie that is flown where nothing else is said.
  package static let crazyflie = "cf2x_phoenix_2021_12"
  /// The name of gym-pybullet-drones' Crazyflie, which its preset flies.
  package static let peersCrazyflie = "cf2x"

  /// The names of all models, in alphabetical order.
  public var names: [String] {
    let files = folders.flatMap {
      (try? FileManager.default.contentsOfDirectory(at: $0, includingPropertiesForKeys: nil)) ?? []
    }
    let names = files.filter { $0.pathExtension == "urdf" }
      .map { $0.deletingPathExtension().lastPathComponent }
    return Set(names).sorted()
  }

  /// The model of some name.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - note: Told, in a line, what of its file is passed over.
  /// - Returns: The model.
  /// - Throws: ``ModelError`` where no folder has it, with the name that may have been meant, or where its
  ///   file is bad.
  public func model(
    named name: String, note: (String) -> Void = { _ in }
  ) throws(ModelError) -> QuadcopterModel {
    guard let file = file(named: name) else {
      if folders.contains(Assets.drones), let missing = AssetFolder.missing {
        throw ModelError(file: name + ".urdf", message: missing)
      }
      let names = names
      let advice = nearestWord(to: name, among: names).map { "did you mean '\($0)'?" }
      throw ModelError(
        file: name + ".urdf",
        message: "there is no model '\(name)'; "
          + (advice ?? "there are \(names.joined(separator: ", "))"))
    }
    return try QuadcopterModel(contentsOf: file, note: note)
  }

  /// The file of some model, if a folder has it.
  package func file(named name: String) -> URL? {
    guard !name.isEmpty, !name.contains("/") else { return nil }
    return folders.map { $0.appendingPathComponent(name + ".urdf") }
      .first { FileManager.default.fileExists(atPath: $0.path) }
  }
}
