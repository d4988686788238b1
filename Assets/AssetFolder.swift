package import Foundation
import Synchronization

/// Where the data files that come with the package are.
///
/// They are looked for in this order, and the first place counts:
/// 1. the folder that ``use(_:)`` was given;
/// 2. the folder that the environment variable `SWIFTLET_ASSETS` names;
/// 3. `swiftlet_SwiftletAssets.resources` beside the program, where a build puts it;
/// 4. `../share/swiftlet`, seen from the program's folder, where `make install` puts it.
///
/// `Bundle.module` of SwiftPM knows the third alone, and traps where its build folder is gone. A library
/// that another program has loaded is not found beside that program: whoever loads it says where its
/// data files are.
package enum AssetFolder {
  /// The environment variable that names the folder.
  static let variable = "SWIFTLET_ASSETS"

  private static let given = Mutex<URL?>(nil)
  private static let found = find(
    named: ProcessInfo.processInfo.environment[variable],
    beside: Bundle.main.executableURL?.deletingLastPathComponent())

  /// Takes the data files from a folder from now on, whatever else there is.
  package static func use(_ folder: URL) { given.withLock { $0 = folder } }

  /// The folder, or where it should be.
  package static var url: URL { given.withLock { $0 } ?? found.url }

  /// Why there are no data files, in a line; `nil` where they are.
  package static var missing: String? {
    guard let given = given.withLock({ $0 }) else { return found.missing }
    return lack(of: given).map { "\(given.path) was given as the folder of data files, but \($0)" }
  }

  /// Looks for the folder.
  ///
  /// - Parameters:
  ///   - name: What the environment says.
  ///   - program: The folder of the program.
  /// - Returns: The folder or where it should be, and why it is none, if it is none.
  package static func find(
    named name: String?, beside program: URL?
  ) -> (url: URL, missing: String?) {
    if let name, !name.isEmpty {
      let url = URL(fileURLWithPath: name, isDirectory: true)
      return (url, lack(of: url).map { "\(variable) is \(name), but \($0)" })
    }
    let program = program ?? URL(fileURLWithPath: "/", isDirectory: true)
    let places = ["swiftlet_SwiftletAssets.resources", "../share/swiftlet"].map {
      program.appendingPathComponent($0, isDirectory: true).standardizedFileURL
    }
    if let place = places.first(where: { lack(of: $0) == nil }) { return (place, nil) }
    let missing = """
      the data files of the program are neither in \(places[0].path) nor in \(places[1].path); \
      set \(variable) to their folder, or install the program again
      """
    return (places[1], missing)
  }

  /// What a folder of data files lacks; `nil` if nothing.
  private static func lack(of folder: URL) -> String? {
    for name in ["Drones", "Policies", "Viewer"] {
      let path = folder.appendingPathComponent(name).path
      if !FileManager.default.fileExists(atPath: path) { return "there is no folder \(name) in it" }
    }
    return nil
  }
}
