import Foundation

/// Which Swiftlet this is.
package enum SwiftletVersion {
  /// The version.
  package static let current = "0.1.0"

  /// The commit that the running program was built from, with a plus where files had changed since;
  /// `nil` where that is not known.
  ///
  /// `make` writes it to a file beside the program. A program that is younger than that file was built
  /// otherwise, from unknown sources.
  package static let commit: String? = {
    guard let program = Bundle.main.executableURL else { return nil }
    let note = program.appendingPathExtension("commit")
    guard let built = age(of: program), let noted = age(of: note), built <= noted,
      let text = try? String(contentsOf: note, encoding: .utf8)
    else { return nil }
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }()

  private static func age(of file: URL) -> Date? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
    return attributes?[.modificationDate] as? Date
  }
}
