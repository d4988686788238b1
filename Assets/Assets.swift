public import Foundation

/// The data files that come with the package.
public enum Assets {
  /// The folder of drone models, one URDF file a model.
  public static var drones: URL {
    Bundle.module.bundleURL.appendingPathComponent("Drones", isDirectory: true)
  }

  /// The folder of trained policies, one safetensors file a policy.
  public static var policies: URL {
    Bundle.module.bundleURL.appendingPathComponent("Policies", isDirectory: true)
  }

  /// The folder of the page that shows flights: HTML, CSS and JavaScript.
  public static var viewer: URL {
    Bundle.module.bundleURL.appendingPathComponent("Viewer", isDirectory: true)
  }
}
