import Foundation
import SwiftletAssets

/// The files that pages are made of.
enum ViewerAsset {
  static func text(_ name: String) throws(PictureError) -> String {
    let url = Assets.viewer.appendingPathComponent(name)
    do { return try String(contentsOf: url, encoding: .utf8) } catch {
      throw .unfit(
        path: url.path,
        reason: AssetFolder.missing ?? "this file of the program's own cannot be read")
    }
  }
}
