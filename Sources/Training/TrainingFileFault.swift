import Foundation

/// Why a file of JSON is no configuration, and at which key or line: the end of a line that begins with
/// the file.
struct TrainingFileFault: CustomStringConvertible {
  let description: String

  private static let expected = "expected the configuration of a training run"

  /// What a decoder has met in some bytes.
  init(_ error: any Error, in bytes: [UInt8]) {
    switch error {
    case DecodingError.keyNotFound(let key, let context):
      self.init(at: context.codingPath + [key], "is missing")
    case DecodingError.valueNotFound(_, let context), DecodingError.typeMismatch(_, let context):
      self.init(at: context.codingPath, "is a value of another kind")
    case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
      self.init(at: context.codingPath, "is a value that there is not")
    default: self.init(malformed: bytes)
    }
  }

  private init(at path: [any CodingKey], _ problem: String) {
    let keys = path.map(\.stringValue).joined(separator: ".")
    description = ": \(keys.isEmpty ? "" : keys + ": ")\(problem); \(Self.expected)"
  }

  /// The decoder does not say where text is no JSON; Foundation's other reader says it in words.
  private init(malformed bytes: [UInt8]) {
    var place = bytes.count
    do { _ = try JSONSerialization.jsonObject(with: Data(bytes)) } catch {
      let words = "\((error as NSError).userInfo[NSDebugDescriptionErrorKey] ?? "")"
      if let character = words.firstMatch(of: /character ([0-9]+)/)?.1 {
        place = Int(character) ?? place
      } else if let number = words.firstMatch(of: /^Number (\S+)/)?.1 {
        place = bytes.firstRange(of: Array(number.utf8))?.lowerBound ?? place
      }
    }
    let line = 1 + bytes.prefix(place).count { $0 == UInt8(ascii: "\n") }
    description = ":\(line): is not JSON; \(Self.expected)"
  }
}
