public import Foundation

extension QuadcopterModel {
  /// The model in a URDF file, named after the file.
  ///
  /// - Parameter url: The file: one of ours, or one of gym-pybullet-drones'.
  /// - Throws: ``ModelError`` with file, line, element and attribute.
  public init(contentsOf url: URL) throws(ModelError) {
    let file = url.relativePath
    let data: Data
    do { data = try Data(contentsOf: url) } catch {
      throw ModelError(file: file, message: "cannot be read: \(error.localizedDescription)")
    }
    self = try URDFReader(data, file: file)
      .model(named: url.deletingPathExtension().lastPathComponent)
  }

  /// The model in the text of a URDF file.
  public init(urdf text: String, named name: String) throws(ModelError) {
    self = try URDFReader(Data(text.utf8), file: "\(name).urdf").model(named: name)
  }
}
