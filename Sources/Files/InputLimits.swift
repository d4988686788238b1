/// How much files may hold that come from outside.
///
/// A file beyond its size is refused before any of it is read; what else is too much, as soon as it is
/// met. Each is far beyond what anybody has been seen to need, and what is read within them fits into
/// the memory of a small computer. Documentation/Limits.md lists them.
package enum InputLimits {
  /// A scenario. [B]
  package static let scenarioBytes = 4_000_000
  /// A URDF file. [B]
  package static let modelBytes = 10_000_000
  /// A mesh: two million triangles of an STL file. [B]
  package static let meshBytes = 100_000_000
  /// A policy or a checkpoint: its header, and all of it. [B]
  package static let tensorHeaderBytes = 100_000_000
  /// See ``tensorHeaderBytes``. [B]
  package static let tensorBytes = 4_000_000_000
  /// Metadata of a flight, or the configuration of a training run. [B]
  package static let metadataBytes = 500_000_000
  /// A CSV file, and a line of it. [B]
  package static let tableBytes = 4_000_000_000
  /// See ``tableBytes``. [B]
  package static let tableLineBytes = 1 << 20

  /// How deep values or elements may stand within one another, in a scenario or a URDF file, and how
  /// many joints may stand one below the other. [–]
  package static let depth = 64
  /// The values of a scenario, those that aliases repeat included. [–]
  package static let scenarioValues = 1_000_000
  /// The elements of a URDF file. [–]
  package static let modelElements = 20_000
  /// The attributes of one of its elements. [–]
  package static let elementAttributes = 256
  /// The columns of a CSV file. [–]
  package static let tableColumns = 10_000
  /// The numbers of a CSV file, in the columns that are read. [–]
  package static let tableNumbers = 250_000_000
}

extension Int {
  /// A number of bytes in words, such as `4 MB`.
  package var asFileSize: String {
    if self % 1_000_000_000 == 0 { return "\(self / 1_000_000_000) GB" }
    return self % 1_000_000 == 0 ? "\(self / 1_000_000) MB" : "\(self) bytes"
  }
}
