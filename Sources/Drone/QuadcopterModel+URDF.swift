public import Foundation

extension QuadcopterModel {
  /// The model in a URDF file, named after the file.
  ///
  /// - Parameters:
  ///   - url: The file: one of ours, or one of gym-pybullet-drones'; meshes are looked for from its
  ///     folder.
  ///   - packages: Folders that hold the packages of `package://` names.
  ///   - note: Told, in a line, what of the file is passed over.
  /// - Throws: ``ModelError`` with file, line, element and attribute.
  public init(
    contentsOf url: URL, packages: [URL] = [], note: (String) -> Void = { _ in }
  ) throws(ModelError) {
    let file = url.relativePath
    let data = try urdfData(at: url)
    let geometry = URDFGeometry(folder: url.deletingLastPathComponent(), packages: packages)
    let reader = try URDFReader(data, file: file, geometry: geometry)
    self = try reader.model(named: url.deletingPathExtension().lastPathComponent)
    if let line = reader.note { note(line) }
  }

  /// The model in the text of a URDF file.
  public init(urdf text: String, named name: String) throws(ModelError) {
    let here = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    let geometry = URDFGeometry(folder: here, packages: [])
    self = try URDFReader(Data(text.utf8), file: "\(name).urdf", geometry: geometry)
      .model(named: name)
  }
}
