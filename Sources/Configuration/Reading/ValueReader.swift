package import Parameters
package import SpatialMath
import Spelling

/// Reads one value of a scenario as what it should be.
///
/// A value that is something else is reported, and nil is returned. So is a value that is missing.
package struct ValueReader {
  /// The value, or nil where there is none.
  package let node: LocatedNode?
  /// Where the value is, or would be.
  let location: SourceLocation
  let keyPath: String
  let diagnostics: Diagnostics

  /// Whether there is no file, and the keys are noted.
  package var isOutlined: Bool { diagnostics.outline != nil }

  /// Tells the reader of the file something that is no error, in a line of its own.
  package func note(line: String) { diagnostics.note(line) }

  /// Whether it is written as values in a row.
  package var isList: Bool {
    if case .list = node?.content { true } else { false }
  }

  /// Whether it is written as values by name.
  package var isMapping: Bool {
    if case .mapping = node?.content { true } else { false }
  }

  /// Whether it is this word.
  package func isWord(_ word: String) -> Bool {
    switch node?.content {
    case .plain(let text), .text(let text): text == word
    default: false
    }
  }

  /// A text; a plain word or number is one as it stands.
  package func string(expected: String = "a text") -> String? {
    guard let content = content(expected: expected) else { return nil }
    switch content {
    case .plain(let text), .text(let text): return text
    case .list, .mapping: return reject("is not a text", expected: expected)
    }
  }

  /// True or false, in these words.
  package func boolean() -> Bool? {
    let expected = "true or false"
    guard let content = content(expected: expected) else { return nil }
    switch content {
    case .plain("true"): return true
    case .plain("false"): return false
    default: return reject("is neither", expected: expected)
    }
  }

  /// One of some words.
  package func word(among words: [String]) -> String? {
    let expected = words.alternatives
    guard let content = content(expected: expected) else { return nil }
    switch content {
    case .plain(let word), .text(let word):
      guard !words.contains(word) else { return word }
      return reject(
        "is unknown", expected: expected, suggestion: nearestWord(to: word, among: words))
    case .list, .mapping: return reject("is not a word", expected: expected)
    }
  }

  /// The case of an enumeration that a word names.
  package func word<Word: RawRepresentable<String> & CaseIterable>(
    as type: Word.Type = Word.self
  ) -> Word? {
    word(among: Word.allCases.map(\.rawValue)).flatMap(Word.init(rawValue:))
  }

  /// Values in a row.
  ///
  /// - Parameters:
  ///   - count: How many there may be.
  ///   - element: Reads one of them.
  /// - Returns: Those that could be read, or nil if this is no such list.
  package func list<Element>(
    count: ClosedRange<Int> = 0...Int.max, _ element: (ValueReader) -> Element?
  ) -> [Element]? {
    guard let elements = elements(count: count, expected: count.listDescription) else {
      return nil
    }
    return elements.compactMap(element)
  }

  /// Three numbers: the components along x, y and z.
  package func vector<F: Frame>(
    in range: NumberRange = .finite, unit: String? = nil
  ) -> Vector<F, Double>? {
    let expected = range.description(count: 3, unit: unit)
    guard diagnostics.outline == nil else {
      return content(expected: expected).flatMap { _ in nil }
    }
    guard let elements = elements(count: 3...3, expected: expected) else { return nil }
    let numbers = elements.compactMap { $0.number(in: range, unit: unit) }
    return numbers.count == 3 ? Vector(numbers[0], numbers[1], numbers[2]) : nil
  }

  /// Values by name; every name that the closure does not ask for is reported.
  ///
  /// What is not a mapping is read on as an empty one, so that the closure always gives a value.
  @discardableResult
  package func mapping<T>(_ read: (inout MappingReader) -> T) -> T {
    diagnostics.outline?.expect("keys and values", at: keyPath)
    let isEmpty = node?.isNull ?? true
    var (entries, silent): ([LocatedNode.Entry], Bool) = ([], false)
    if case .mapping(let found) = node?.content {
      entries = found
    } else if !isEmpty {
      let _: Void? = reject("is not a mapping", expected: "keys and values")
      silent = true
    }
    var reader = MappingReader(
      entries: entries, location: location, keyPath: keyPath,
      diagnostics: silent ? Diagnostics() : diagnostics)
    let value = read(&reader)
    reader.finish()
    return value
  }
}

extension ValueReader {
  /// What was written, or nil after a report that nothing was.
  package func content(expected: String) -> LocatedNode.Content? {
    diagnostics.outline?.expect(expected, at: keyPath)
    guard let node else { return reject("is missing", expected: expected) }
    guard !node.isNull else { return reject("has no value", expected: expected) }
    return node.content
  }

  private func elements(count: ClosedRange<Int>, expected: String) -> [ValueReader]? {
    let content = content(expected: expected)
    if diagnostics.outline != nil {
      return [
        ValueReader(
          node: nil, location: location, keyPath: keyPath + "[]", diagnostics: diagnostics)
      ]
    }
    guard let content else { return nil }
    guard case .list(let nodes) = content else {
      return reject("is not a list", expected: expected)
    }
    guard count.contains(nodes.count) else {
      return reject("has the wrong length", expected: expected)
    }
    return nodes.enumerated().map { index, node in
      ValueReader(
        node: node, location: node.location, keyPath: "\(keyPath)[\(index)]",
        diagnostics: diagnostics)
    }
  }

  /// Reports the value, which is something else than expected.
  ///
  /// - Parameters:
  ///   - problem: The rest of a sentence that begins with the value as written.
  ///   - expected: What would have been right.
  ///   - suggestion: A valid word that is near.
  /// - Returns: Nil, for the caller to return.
  package func reject<T>(
    _ problem: String, expected: String? = nil, suggestion: String? = nil
  ) -> T? {
    diagnostics.report(
      ConfigurationError(
        at: location, keyPath: keyPath, value: node.flatMap { $0.isNull ? nil : $0.excerpt },
        problem, expected: expected, suggestion: suggestion))
    return nil
  }
}

extension [String] {
  /// The words as a message offers them, the first dozen if there are many.
  var alternatives: String {
    switch count {
    case 0: "nothing"
    case 1: self[0]
    case 2...12: "one of " + joined(separator: ", ")
    default: "one of " + prefix(12).joined(separator: ", ") + " and \(count - 12) more"
    }
  }
}

extension ClosedRange<Int> {
  fileprivate var listDescription: String {
    switch (lowerBound, upperBound) {
    case (0, .max): "a list"
    case (_, .max): "a list of \(lowerBound) or more"
    case (upperBound, _): "a list of \(lowerBound)"
    default: "a list of \(lowerBound) to \(upperBound)"
    }
  }
}
