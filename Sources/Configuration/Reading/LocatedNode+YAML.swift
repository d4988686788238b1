import Files
import Yams

extension LocatedNode {
  /// The scenario that a text in YAML, which comes from a place, spells out.
  package init(yaml text: String, from origin: SourceLocation) throws(InvalidConfiguration) {
    guard let node = try Self.parse(text, from: origin) else {
      throw InvalidConfiguration(
        at: origin, "is empty", expected: "keys and values, such as \"version: 1\"")
    }
    self = node
  }

  /// The value that a text in YAML spells out, or nil where there is none.
  static func parse(
    _ text: String, from origin: SourceLocation
  ) throws(InvalidConfiguration) -> LocatedNode? {
    guard text.utf8.count <= InputLimits.scenarioBytes else {
      throw InvalidConfiguration(
        at: origin, "is larger than \(InputLimits.scenarioBytes.asFileSize)")
    }
    if let line = HiddenIndicators.firstLine(in: text) {
      throw InvalidConfiguration(
        at: origin.at(line: line), "has a private character, U+F8FE or U+F8FF")
    }
    let byteOrderMark = "\u{FEFF}"
    let text = HiddenIndicators.hidden(
      in: text.hasPrefix(byteOrderMark) ? String(text.unicodeScalars.dropFirst()) : text)
    do {
      // The parser owns the anchors that its nodes know, so it lives as long as they are read.
      let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
      return try withExtendedLifetime(parser) {
        var builder = TreeBuilder(origin: origin)
        return try parser.singleRoot().map { try builder.node(from: $0) }
      }
    } catch let error as InvalidConfiguration {
      throw error
    } catch let error as YamlError {
      throw InvalidConfiguration([ConfigurationError(error, in: text, from: origin)])
    } catch {
      throw InvalidConfiguration(at: origin, "is not valid YAML")
    }
  }
}
