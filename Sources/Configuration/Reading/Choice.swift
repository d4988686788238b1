import Spelling

/// One of the things that a value can be, by name, such as a `circle` among reference trajectories.
package struct Choice<Value>: Sendable {
  /// The word that a scenario names it by.
  package let name: String
  /// What it is, in a few words.
  package let summary: String
  /// Reads what the name leads to.
  let read: @Sendable (ValueReader) -> Value?

  /// A thing with a name.
  package init(
    _ name: String, _ summary: String = "", _ read: @escaping @Sendable (ValueReader) -> Value?
  ) {
    (self.name, self.summary) = (name, summary)
    self.read = read
  }

  /// Notes it among the keys of an outline.
  fileprivate func note(
    below path: String, with diagnostics: Diagnostics, at location: SourceLocation
  ) {
    let path = path.appending(key: name)
    diagnostics.outline?.declare(path, summary, usual: nil, isAlternative: true)
    _ = read(
      ValueReader(node: nil, location: location, keyPath: path, diagnostics: diagnostics))
  }
}

extension ValueReader {
  /// One of some things: a mapping with its name as the one key, such as `circle: {radius: 1}`, or
  /// its name alone, such as `hover`.
  package func choice<Value>(among choices: [Choice<Value>]) -> Value? {
    let expected = choices.map(\.name).alternatives
    if diagnostics.outline != nil {
      diagnostics.outline?.expect(expected, at: keyPath)
      for choice in choices { choice.note(below: keyPath, with: diagnostics, at: location) }
      return nil
    }
    guard let content = content(expected: expected) else { return nil }
    switch content {
    case .plain(let name), .text(let name):
      guard let choice = choices.first(where: { $0.name == name }) else {
        return reject(
          "is unknown", expected: expected,
          suggestion: nearestWord(to: name, among: choices.map(\.name)))
      }
      return choice.read(
        ValueReader(
          node: LocatedNode(.plain(""), at: location), location: location,
          keyPath: keyPath.appending(key: name), diagnostics: diagnostics))
    case .mapping: return mapping { $0.choice(among: choices) }
    case .list: return reject("is not a choice", expected: expected)
    }
  }
}

extension MappingReader {
  /// One of some things, each of which is a key of this mapping beside others.
  ///
  /// - Returns: What the one key leads to, or nil after a report that there is none, or more than
  ///   one.
  package mutating func choice<Value>(among choices: [Choice<Value>]) -> Value? {
    let names = choices.map(\.name)
    guard diagnostics.outline == nil else {
      for choice in choices { choice.note(below: keyPath, with: diagnostics, at: location) }
      return nil
    }
    let present = choices.filter { has($0.name) }
    guard let choice = present.first else {
      let isMisspelt = unaskedKeys.contains { nearestWord(to: $0, among: names) != nil }
      ask(for: names)
      // A misspelt key is reported as one, with the name that it is near to.
      if !isMisspelt { reject("has no key that says what it is", expected: names.alternatives) }
      return nil
    }
    ask(for: names)
    guard present.count == 1 else {
      reject(
        "has \(present.map(\.name).joined(separator: " and "))", expected: "only one of them")
      return nil
    }
    return choice.read(value(of: choice.name))
  }
}
