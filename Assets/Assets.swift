package import Foundation

/// The data files that come with the package.
package enum Assets {
  /// The folder of drone models, one URDF file a model.
  package static var drones: URL {
    Bundle.module.bundleURL.appendingPathComponent("Drones", isDirectory: true)
  }

  /// The folder of trained policies, one safetensors file a policy.
  package static var policies: URL {
    Bundle.module.bundleURL.appendingPathComponent("Policies", isDirectory: true)
  }

  /// The folder of the page that shows flights: HTML, CSS and JavaScript.
  package static var viewer: URL {
    Bundle.module.bundleURL.appendingPathComponent("Viewer", isDirectory: true)
  }
}
