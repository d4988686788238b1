package import Drone
package import Foundation
import Synchronization

/// The models that a file may name, of a catalogue or of URDF files, each read once.
package final class NamedModels: Sendable {
  private let catalogue: ModelCatalogue
  private let folder: URL
  private let packages: [URL]
  private let known = Mutex<[String: Known]>([:])

  /// A model, and what of its file was passed over.
  private struct Known: Sendable {
    var model: QuadcopterModel
    var notes: [String]
  }

  /// The models of a catalogue, and of files.
  ///
  /// - Parameters:
  ///   - catalogue: What names stand for.
  ///   - folder: The folder that relative paths start from.
  ///   - packages: Folders that hold the packages of `package://` names.
  package init(_ catalogue: ModelCatalogue, in folder: URL, packages: [URL]) {
    (self.catalogue, self.folder, self.packages) = (catalogue, folder, packages)
  }

  /// The names of the catalogue.
  var names: [String] { catalogue.names }

  /// Whether it is a file's name, or one of the catalogue.
  func has(_ name: String) -> Bool {
    Self.isFile(name) || known.withLock { $0[name] != nil } || catalogue.file(named: name) != nil
  }

  /// The model of some name.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - note: Told, in a line, what of its file is passed over.
  /// - Returns: The model.
  /// - Throws: ``ModelError`` where there is none, or its file is bad.
  package func model(
    named name: String, note: (String) -> Void
  ) throws(ModelError) -> QuadcopterModel {
    let known = try known(name)
    for line in known.notes { note(line) }
    return known.model
  }

  private func known(_ name: String) throws(ModelError) -> Known {
    if let known = known.withLock({ $0[name] }) { return known }
    var notes: [String] = []
    let model =
      Self.isFile(name)
      ? try QuadcopterModel(
        contentsOf: URL(fileURLWithPath: name, relativeTo: folder), packages: packages
      ) { notes.append($0) }
      : try catalogue.model(named: name) { notes.append($0) }
    let read = Known(model: model, notes: notes)
    known.withLock { $0[name] = read }
    return read
  }

  /// Whether a name is that of a file; the reader tells what is to be done with macros.
  private static func isFile(_ name: String) -> Bool {
    name.hasSuffix(".urdf") || name.hasSuffix(".xacro")
  }
}
