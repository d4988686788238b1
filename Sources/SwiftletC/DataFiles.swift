import CSwiftlet
import Foundation
import SwiftletAssets

/// Where the library finds its data files: where `SWIFTLET_ASSETS` says, beside the library, and in
/// `../share/swiftlet`, seen from its folder.
///
/// The program that has loaded the library is somewhere else, and so is not asked.
enum DataFiles {
  /// Why there are none, in a line; `nil` where they are.
  static let missing: String? = {
    let variable = ProcessInfo.processInfo.environment["SWIFTLET_ASSETS"]
    let found = AssetFolder.find(named: variable, beside: folder)
    AssetFolder.use(found.url)
    return found.missing
  }()

  /// The folder of the library.
  private static var folder: URL? {
    // unsafe: C gives a text that stays valid.
    guard let name = unsafe swiftlet_library_file() else { return nil }
    return URL(fileURLWithPath: unsafe String(cString: name)).resolvingSymlinksInPath()
      .deletingLastPathComponent()
  }
}
