package import Drone
package import Foundation
import Parameters

extension ValueReader {
  /// A drone's model: a name of the catalogue, or a URDF file.
  ///
  /// - Parameters:
  ///   - models: What names stand for.
  ///   - folder: The folder that relative paths start from.
  ///   - packages: Folders that hold the packages of `package://` names.
  /// - Returns: What was written, and the model; `nil` after a report that there is no such one.
  package func model(
    among models: ModelCatalogue, in folder: URL, packages: [URL]
  ) -> (name: String, model: QuadcopterModel)? {
    guard let name = string() else { return nil }
    do throws(ModelError) {
      if name.hasSuffix(".urdf") {
        let url = URL(fileURLWithPath: name, relativeTo: folder)
        return (
          name, try QuadcopterModel(contentsOf: url, packages: packages, note: note(line:))
        )
      }
      if models.file(named: name) != nil {
        return (name, try models.model(named: name, note: note(line:)))
      }
      _ = word(among: models.names + ["FILE.urdf"])
      return nil
    } catch {
      return reject("cannot be used: \(error)")
    }
  }
}
