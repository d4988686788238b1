import Foundation

/// What a reader made of some bytes.
package struct FuzzOutcome: Sendable {
  /// Whether they were taken for what they should be, and flown or followed for a moment.
  package var isAccepted = false
  /// What was said of them.
  package var complaints: [String] = []
}

/// A reader of bytes that come from outside.
///
/// Whatever the bytes are, it comes back soon, in bounded memory, and says where they are wrong. To add
/// one is to add a function to Targets.swift, a line to ``all``, and a folder to Corpus.
package struct FuzzTarget: Sendable {
  /// What it reads; the folder of its inputs has the same name.
  package let name: String
  /// Gives it bytes, as a file of a folder.
  package let read: @Sendable ([UInt8], FuzzFolder) -> FuzzOutcome
  /// Valid inputs beside those of the corpus, which the program of today makes.
  package let made: @Sendable (FuzzFolder) throws -> [[UInt8]]
  private let file: String?
  private let hasLines: Bool

  init(
    _ name: String, file: String? = nil, hasLines: Bool = false,
    made: @escaping @Sendable (FuzzFolder) throws -> [[UInt8]] = { _ in [] },
    _ read: @escaping @Sendable ([UInt8], FuzzFolder) -> FuzzOutcome
  ) {
    (self.name, self.file, self.hasLines) = (name, file, hasLines)
    (self.made, self.read) = (made, read)
  }

  /// The complaints of an outcome that are longer than a line, or do not say where something is wrong: in
  /// which file, and in which line, unless it is the file as a whole; or at which key of a flight that
  /// the file does not fit.
  package func unplaced(in outcome: FuzzOutcome) -> [String] {
    guard let file else { return [] }
    return outcome.complaints.filter { complaint in
      guard complaint.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
      else { return true }
      guard let place = complaint.range(of: "\(file):") else {
        return !Self.isOfFlight(complaint)
      }
      guard hasLines else { return false }
      let rest = complaint[place.upperBound...]
      let isAtLine = rest.first?.isNumber == true
      return !isAtLine && !Self.wholeFile.contains { rest.dropFirst().hasPrefix($0) }
    }
  }

  /// Whether something is said of a key of the flight, rather than that a file there cannot be used.
  private static func isOfFlight(_ complaint: String) -> Bool {
    complaint.contains(#/flight\.yaml:[0-9]+: [a-z0-9\[\]._]+: /#)
      && !complaint.contains("cannot be used")
  }

  /// What can be wrong with a file as a whole, or with a triangle of a file without lines.
  private static let wholeFile = [
    "is empty", "the file is empty", "has no triangle", "there is no row below the header",
    "is neither STL as text", "there is no column of numbers to plot", "it holds the rows of ",
    "triangle ",
  ]
}
