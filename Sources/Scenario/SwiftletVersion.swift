internal import CVersion

/// Which Swiftlet this is.
public enum SwiftletVersion {
  /// The version.
  public static let current = "0.1.0"

  /// The commit that it was built from, with a plus where files had changed since; empty where it was
  /// built outside of git.
  // unsafe: C gives a literal, which ends with a zero and lives for ever.
  public static let commit = unsafe String(cString: cv_commit())
}
