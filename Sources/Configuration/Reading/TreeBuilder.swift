import Files
import Spelling
import Yams

/// Makes located values of the nodes of a YAML document.
///
/// Aliases are resolved here: repetitions share one value, whose size and depth are known before
/// it is walked. The parser itself goes no deeper than a thousand levels.
struct TreeBuilder {
  let origin: SourceLocation
  private var anchors: [String: LocatedNode] = [:]
  private var valueCount = 0

  init(origin: SourceLocation) { self.origin = origin }

  mutating func node(from node: Node) throws(InvalidConfiguration) -> LocatedNode {
    let location = origin.at(line: node.mark?.line)
    try count(1, at: location)
    let located: LocatedNode
    switch node {
    case .scalar(let scalar): located = try self.scalar(scalar, at: location)
    case .sequence(let sequence):
      var elements: [LocatedNode] = []
      for element in sequence { elements.append(try self.node(from: element)) }
      try checkTag(sequence.tag, at: location)
      located = LocatedNode(.list(elements), at: location)
    case .mapping(let mapping):
      try checkTag(mapping.tag, at: location)
      located = LocatedNode(.mapping(try entries(of: mapping)), at: location)
    case .alias(let alias):
      located = try anchored(alias.anchor.rawValue, at: location)
    }
    guard located.depth <= InputLimits.depth else {
      throw InvalidConfiguration(at: location, "is nested more than \(InputLimits.depth) deep")
    }
    guard located.size <= InputLimits.scenarioValues else {
      throw InvalidConfiguration(at: location, "has more than \(InputLimits.scenarioValues) values")
    }
    if let anchor = node.anchor { anchors[anchor.rawValue] = located }
    return located
  }

  private func scalar(
    _ scalar: Node.Scalar, at location: SourceLocation
  ) throws(InvalidConfiguration) -> LocatedNode {
    try checkTag(scalar.tag, at: location)
    if let alias = Self.alias(scalar) { return try anchored(alias, at: location) }
    let text = HiddenIndicators.shown(in: scalar.string)
    let isPlain = scalar.style == .plain && scalar.tag.rawValue.isEmpty
    return LocatedNode(isPlain ? .plain(text) : .text(text), at: location)
  }

  private static func alias(_ scalar: Node.Scalar) -> String? {
    guard scalar.style == .plain, scalar.string.unicodeScalars.first == HiddenIndicators.alias
    else {
      return nil
    }
    return String(scalar.string.unicodeScalars.dropFirst())
  }

  private func anchored(
    _ name: String, at location: SourceLocation
  ) throws(InvalidConfiguration) -> LocatedNode {
    if let node = anchors[name] { return node }
    let suggestion = nearestWord(to: name, among: anchors.keys.sorted()).map { "*\($0)" }
    throw InvalidConfiguration([
      ConfigurationError(
        at: location, value: "*\(HiddenIndicators.shown(in: name).excerpt)",
        "stands for nothing", expected: "the name of an anchor above it",
        suggestion: suggestion)
    ])
  }

  /// Refuses a type that the file gives to a value; the reader decides on types.
  private func checkTag(_ tag: Tag, at location: SourceLocation) throws(InvalidConfiguration) {
    guard !["", "!", Tag.Name.str.rawValue].contains(tag.rawValue) else { return }
    throw InvalidConfiguration(
      at: location, value: HiddenIndicators.shown(in: tag.rawValue).excerpt,
      "is a tag; expected a value without one")
  }

  private mutating func entries(
    of mapping: Node.Mapping
  ) throws(InvalidConfiguration) -> [LocatedNode.Entry] {
    var entries: [LocatedNode.Entry] = []
    var merged: [LocatedNode.Entry] = []
    for (key, value) in mapping {
      let location = origin.at(line: key.mark?.line)
      guard let scalar = key.scalar, Self.alias(scalar) == nil else {
        throw InvalidConfiguration(at: location, "a key is not a word")
      }
      let value = try node(from: value)
      if scalar.style == .plain, scalar.string == "<<" {
        merged += try mergedEntries(of: value)
      } else {
        let key = HiddenIndicators.shown(in: scalar.string)
        entries.append(LocatedNode.Entry(key: key, location: location, value: value))
      }
    }
    var known = Set(entries.map(\.key))
    return entries + merged.filter { known.insert($0.key).inserted }
  }

  /// The entries that a merge key brings in, those that win first.
  private mutating func mergedEntries(
    of node: LocatedNode
  ) throws(InvalidConfiguration) -> [LocatedNode.Entry] {
    let elements: [LocatedNode] =
      if case .list(let elements) = node.content { elements } else { [node] }
    var entries: [LocatedNode.Entry] = []
    for element in elements {
      guard case .mapping(let more) = element.content else {
        throw InvalidConfiguration(
          at: element.location, keyPath: "<<", value: element.excerpt, "cannot be merged",
          expected: "a mapping or a list of mappings")
      }
      entries += more
    }
    try count(entries.count, at: node.location)
    return entries
  }

  /// Counts values as they are made, so that a small file cannot fill the memory.
  private mutating func count(
    _ values: Int, at location: SourceLocation
  ) throws(InvalidConfiguration) {
    valueCount += values
    guard valueCount <= InputLimits.scenarioValues else {
      throw InvalidConfiguration(at: location, "has more than \(InputLimits.scenarioValues) values")
    }
  }
}
