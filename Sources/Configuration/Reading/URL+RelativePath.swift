package import Foundation

extension URL {
  /// The path as a person would type it from the current folder.
  package var relativePathFromHere: String {
    let here = FileManager.default.currentDirectoryPath + "/"
    let path = standardizedFileURL.path
    return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
  }
}
