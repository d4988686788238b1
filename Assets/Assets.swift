package import Foundation

/// The data files that come with the package.
///
/// ``AssetFolder`` says where they are looked for. Where they are missing, each of these is a place where
/// there is nothing, and ``AssetFolder/missing`` says so in words.
package enum Assets {
  /// The folder of drone models, one URDF file a model.
  package static var drones: URL { folder("Drones") }

  /// The folder of trained policies, one safetensors file a policy.
  package static var policies: URL { folder("Policies") }

  /// The folder of the page that shows flights: HTML, CSS and JavaScript.
  package static var viewer: URL { folder("Viewer") }

  private static func folder(_ name: String) -> URL {
    AssetFolder.url.appendingPathComponent(name, isDirectory: true)
  }
}
