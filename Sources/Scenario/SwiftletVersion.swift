/// Which Swiftlet this is.
public enum SwiftletVersion {
  /// The version.
  public static let current = "0.1.0"
}
extension SwiftletVersion { static let commit = "" }
