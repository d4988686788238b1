package import Foundation

/// Where the files are that URDF files and scenarios name.
package struct PackageFolders: Sendable {
  /// The folder that relative paths start from.
  package let folder: URL
  /// Folders that hold packages, for names such as `package://NAME/meshes/part.stl`.
  package let packages: [URL]

  /// The folder of a file, and those that hold packages.
  package init(around folder: URL, packages: [URL]) {
    (self.folder, self.packages) = (folder, packages)
  }

  /// The file that a path or an address stands for.
  ///
  /// - Parameter name: A path, or an address that begins with `package://`, `model://` or `file://`.
  /// - Returns: Where the file should be.
  /// - Throws: ``MeshFileError`` where no package has it, or the address is of another kind.
  package func file(named name: String) throws(MeshFileError) -> URL {
    guard let mark = name.range(of: "://") else {
      return URL(fileURLWithPath: name, relativeTo: folder)
    }
    let path = String(name[mark.upperBound...])
    switch name[..<mark.lowerBound].lowercased() {
    case "file": return URL(fileURLWithPath: path.removingPercentEncoding ?? path)
    case "package", "model": break
    default:
      throw MeshFileError(
        file: name, line: 0, message: "is no such address; expected a path, package:// or file://")
    }
    let parts = path.split(separator: "/", maxSplits: 1).map(String.init)
    guard parts.count == 2 else {
      throw MeshFileError(file: name, line: 0, message: "expected package://NAME/PATH")
    }
    for candidate in folders(ofPackage: parts[0]) {
      let url = candidate.appendingPathComponent(parts[1])
      if FileManager.default.fileExists(atPath: url.path) { return url }
    }
    throw MeshFileError(
      file: name, line: 0,
      message:
        "no folder has the package \"\(parts[0])\" with this file; expected it around the file "
        + "that names it, or in one of the scenario's \"packages\"")
  }

  /// Where a package may be: in the folders that were given, one of them itself, or around the file.
  private func folders(ofPackage name: String) -> [URL] {
    var folders = packages.map { $0.appendingPathComponent(name) }
    folders += packages.filter { $0.lastPathComponent == name }
    var above = folder.standardizedFileURL.absoluteURL
    while above.pathComponents.count > 1 {
      if above.lastPathComponent == name { folders.append(above) }
      folders.append(above.appendingPathComponent(name))
      above.deleteLastPathComponent()
    }
    return folders
  }
}
