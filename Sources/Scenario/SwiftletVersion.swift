import Foundation
import SwiftletAssets

/// Which Swiftlet this is.
package enum SwiftletVersion {
  /// The version.
  package static let current = "0.1.0"

  /// The commit that the running program was built from, with a plus where files had changed since;
  /// `nil` where that is not known.
  ///
  /// `make` writes it to a file beside the program, and `make install` to one among the data files. A
  /// program that is younger than that file was built otherwise, from unknown sources.
  package static let commit: String? = {
    guard let program = Bundle.main.executableURL else { return nil }
    let notes = [
      program.appendingPathExtension("commit"),
      AssetFolder.url.appendingPathComponent("swiftlet.commit"),
    ]
    return notes.lazy.compactMap { commit(notedIn: $0, by: program) }.first
  }()

  private static func commit(notedIn note: URL, by program: URL) -> String? {
    guard let built = age(of: program), let noted = age(of: note), built <= noted,
      let text = try? String(contentsOf: note, encoding: .utf8)
    else { return nil }
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static func age(of file: URL) -> Date? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
    return attributes?[.modificationDate] as? Date
  }
}
