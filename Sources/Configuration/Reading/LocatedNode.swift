/// A value of a scenario as it was written, with its place.
package struct LocatedNode: Sendable {
  /// What kinds of values there are.
  package enum Content: Sendable {
    /// A plain word or number.
    case plain(String)
    /// A text that was written in quotes, or as a block.
    case text(String)
    /// Values in a row.
    case list([LocatedNode])
    /// Values by name.
    case mapping([Entry])
  }

  /// A name and its value.
  package struct Entry: Sendable {
    package var key: String
    /// Where the key is written.
    package var location: SourceLocation
    package var value: LocatedNode
  }

  /// The value.
  package let content: Content
  /// Where the value begins.
  let location: SourceLocation
  /// How many values it is made of, itself and repetitions by alias included.
  let size: Int
  /// How many values stand within one another, itself included.
  let depth: Int

  init(_ content: Content, at location: SourceLocation) {
    self.content = content
    self.location = location
    let parts =
      switch content {
      case .plain, .text: [LocatedNode]()
      case .list(let elements): elements
      case .mapping(let entries): entries.map(\.value)
      }
    size = parts.reduce(1) { $0 + $1.size }
    depth = parts.reduce(1) { max($0, $1.depth + 1) }
  }

  /// A mapping with one key, which leads to a word.
  package init(key: String, word: String, at location: SourceLocation) {
    let value = LocatedNode(.plain(word), at: location)
    self.init(.mapping([Entry(key: key, location: location, value: value)]), at: location)
  }

  /// Whether it is a mapping with some key.
  package func has(_ key: String) -> Bool {
    guard case .mapping(let entries) = content else { return false }
    return entries.contains { $0.key == key }
  }

  /// The keys of this mapping and, behind them, of another.
  package func joined(with more: LocatedNode) throws(InvalidConfiguration) -> LocatedNode {
    guard case .mapping(let own) = content else { return more }
    if more.isNull { return self }
    guard case .mapping(let others) = more.content else {
      throw InvalidConfiguration(
        at: more.location, value: more.excerpt, "is not a mapping", expected: "keys and values")
    }
    if let twice = others.first(where: { other in own.contains { $0.key == other.key } }) {
      throw InvalidConfiguration(
        at: twice.location, keyPath: twice.key.keyPathStep, "is given more than once")
    }
    return LocatedNode(.mapping(own + others), at: location)
  }

  /// Whether nothing was written, or YAML's word for nothing.
  var isNull: Bool {
    guard case .plain(let word) = content else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(word)
  }

  /// The value as it was written, for a message.
  var excerpt: String {
    switch content {
    case .plain(let word): word.excerpt
    case .text(let text): "\"\(text.excerpt)\""
    case .list(let elements): "a list of \(elements.count)"
    case .mapping: "a mapping"
    }
  }

  /// Reads the value as a mapping, and throws all that is wrong with it.
  ///
  /// - Parameters:
  ///   - schema: Reads the keys.
  ///   - note: Told what to change in a scenario that is still read as it is.
  /// - Returns: What the schema makes of the keys.
  /// - Throws: All that is wrong.
  package func read<T>(
    _ schema: (inout MappingReader) -> T, note: (String) -> Void = { _ in }
  ) throws(InvalidConfiguration) -> T {
    let diagnostics = Diagnostics()
    let reader = ValueReader(node: self, location: location, keyPath: "", diagnostics: diagnostics)
    let value = reader.mapping(schema)
    try diagnostics.check()
    diagnostics.notes.forEach(note)
    return value
  }
}
