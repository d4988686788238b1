package import Parameters
package import SpatialMath
import Spelling

/// Reads the keys of one mapping of a scenario, a line each.
///
/// A key without a default must be there. Where a value is bad, it is reported and something valid
/// is returned in its place, so that a schema reads on and finds the other errors; what it makes of
/// that never leaves ``LocatedNode/read(_:)``.
package struct MappingReader {
  private var entries: [LocatedNode.Entry]
  let location: SourceLocation
  let keyPath: String
  let diagnostics: Diagnostics
  private var asked: [String] = []

  init(
    entries: [LocatedNode.Entry], location: SourceLocation, keyPath: String,
    diagnostics: Diagnostics
  ) {
    self.entries = entries
    self.location = location
    self.keyPath = keyPath
    self.diagnostics = diagnostics
  }

  /// Whether a key is there.
  package func has(_ key: String) -> Bool { entries.contains { $0.key == key } }

  /// What a closure makes of the value of a key, or nil where there is no such key.
  ///
  /// - Parameters:
  ///   - key: The key.
  ///   - summary: What it is, in a few words.
  ///   - usual: What holds where there is no such key, in words; `nil` if it must be there.
  ///   - read: Reads the value.
  /// - Returns: What was read.
  package mutating func optional<T>(
    _ key: String, _ summary: String = "", usual: String? = "none",
    _ read: (ValueReader) -> T?
  ) -> T? {
    ask(for: [key])
    outline(key, summary, usual: usual)
    guard !isOutlined else {
      _ = read(value(of: key))
      return nil
    }
    return has(key) ? read(value(of: key)) : nil
  }

  /// What a closure makes of the value of a key; a default makes up for the key, not for the value.
  private mutating func value<T>(
    _ key: String, _ summary: String, usual: String? = nil, default initial: T?,
    fallback: @autoclosure () -> T, _ read: (ValueReader) -> T?
  ) -> T {
    ask(for: [key])
    outline(key, summary, usual: usual ?? initial.map { "\(outlined: $0)" })
    if let initial, !has(key), !isOutlined { return initial }
    return read(value(of: key)) ?? initial ?? fallback()
  }

  /// A finite number.
  package mutating func number(
    _ key: String, _ summary: String = "", default initial: Double? = nil,
    in range: NumberRange = .finite,
    unit: String? = nil
  ) -> Double {
    value(key, summary, default: initial, fallback: range.fallback) {
      $0.number(in: range, unit: unit)
    }
  }

  /// A whole number.
  package mutating func integer<I: FixedWidthInteger>(
    _ key: String, _ summary: String = "", default initial: I? = nil,
    in range: ClosedRange<I> = I.min...I.max
  ) -> I {
    value(key, summary, default: initial, fallback: range.lowerBound) { $0.integer(in: range) }
  }

  /// A text.
  package mutating func string(
    _ key: String, _ summary: String = "", default initial: String? = nil
  ) -> String {
    value(key, summary, default: initial, fallback: "") { $0.string() }
  }

  /// True or false.
  package mutating func boolean(
    _ key: String, _ summary: String = "", default initial: Bool? = nil
  ) -> Bool {
    value(key, summary, default: initial, fallback: false) { $0.boolean() }
  }

  /// One of some words.
  package mutating func word(
    _ key: String, _ summary: String = "", default initial: String? = nil, among words: [String]
  ) -> String {
    value(key, summary, default: initial, fallback: words.first ?? "") { $0.word(among: words) }
  }

  /// The case of an enumeration that a word names.
  package mutating func word<Word: RawRepresentable<String> & CaseIterable>(
    _ key: String, _ summary: String = "", default initial: Word
  ) -> Word {
    value(key, summary, default: initial, fallback: initial) { $0.word() }
  }

  /// Three numbers: the components along x, y and z.
  package mutating func vector<F: Frame>(
    _ key: String, _ summary: String = "", default initial: Vector<F, Double>? = nil,
    in range: NumberRange = .finite, unit: String? = nil
  ) -> Vector<F, Double> {
    let fallback = Vector<F, Double>(range.fallback, range.fallback, range.fallback)
    return value(key, summary, default: initial, fallback: fallback) {
      $0.vector(in: range, unit: unit)
    }
  }

  /// Values in a row; none where there is no such key, unless there must be some.
  package mutating func list<Element>(
    _ key: String, _ summary: String = "", usual: String? = nil,
    count: ClosedRange<Int> = 0...Int.max, _ element: (ValueReader) -> Element?
  ) -> [Element] {
    let initial: [Element]? = count.contains(0) ? [] : nil
    return value(key, summary, usual: usual, default: initial, fallback: []) {
      $0.list(count: count, element)
    }
  }

  /// Values by name; all of them by default where there is no such key.
  package mutating func mapping<T>(
    _ key: String, _ summary: String = "", _ read: (inout MappingReader) -> T
  ) -> T {
    ask(for: [key])
    outline(key, summary, usual: "each key's own")
    return value(of: key).mapping(read)
  }

  /// One of some things: a mapping with its name as the one key, or its name alone.
  package mutating func choice<Value>(
    _ key: String, _ summary: String = "", usual: String? = nil, default initial: Value? = nil,
    among choices: [Choice<Value>]
  ) -> Value? {
    ask(for: [key])
    outline(key, summary, usual: usual)
    return has(key) || initial == nil || isOutlined
      ? value(of: key).choice(among: choices) : initial
  }

  /// Tells the reader of the file something that is no error, in a line of its own.
  package func note(line: String) { diagnostics.note(line) }

  /// Takes a key by its old name for the new one, with a note to the reader of the file.
  package mutating func rename(_ old: String, to new: String) {
    guard let index = entries.firstIndex(where: { $0.key == old }) else { return }
    guard !has(new) else {
      ask(for: [old])
      return reject("stands beside \(new)", at: old, expected: "only one of them")
    }
    diagnostics.note(
      "\(entries[index].location): \(keyPath.appending(key: old)): an old name; it is now \"\(new)\""
    )
    entries[index].key = new
  }

  /// Whether something is wrong with what has been read so far, here or elsewhere.
  package var hasErrors: Bool { diagnostics.hasErrors }

  /// Keeps a note on the value of a key, which is read as it is.
  package func note(_ sentence: String, at key: String) { value(of: key).note(sentence) }

  /// Reports what is wrong with this mapping as a whole, or with the value of one key.
  ///
  /// - Parameters:
  ///   - problem: The rest of a sentence that begins with the value as written.
  ///   - key: The key at fault, or nil for the mapping.
  ///   - expected: What would have been right.
  package func reject(_ problem: String, at key: String? = nil, expected: String? = nil) {
    if let key {
      let _: Void? = value(of: key).reject(problem, expected: expected)
    } else {
      diagnostics.report(
        ConfigurationError(at: location, keyPath: keyPath, problem, expected: expected))
    }
  }
}

extension MappingReader {
  /// Whether there is no file, and the keys are noted: a schema goes down every way then.
  package var isOutlined: Bool { diagnostics.outline != nil }

  private func outline(_ key: String, _ summary: String, usual: String?) {
    diagnostics.outline?.declare(keyPath.appending(key: key), summary, usual: usual)
  }
}

extension MappingReader {
  /// The keys that have not been asked for, yet.
  var unaskedKeys: [String] { entries.map(\.key).filter { !asked.contains($0) } }

  mutating func ask(for keys: [String]) {
    asked += keys
  }

  /// What stands under a key, to be read or reported on; where the mapping is, if it has no such key.
  package func value(of key: String) -> ValueReader {
    let node = entries.first { $0.key == key }?.value
    return ValueReader(
      node: node, location: node?.location ?? location, keyPath: keyPath.appending(key: key),
      diagnostics: diagnostics)
  }

  /// Takes all keys as they are: what they mean cannot be told.
  package mutating func ignoreRest() { ask(for: unaskedKeys) }

  /// Reports the keys that were not asked for.
  func finish() {
    let absent = asked.filter { !has($0) }
    for entry in entries where !asked.contains(entry.key) {
      diagnostics.report(unknownKey(entry, absent: absent))
    }
  }

  private func unknownKey(_ entry: LocatedNode.Entry, absent: [String]) -> ConfigurationError {
    let suggestion = nearestWord(to: entry.key, among: absent)
    return ConfigurationError(
      at: entry.location, keyPath: keyPath.appending(key: entry.key), "unknown key",
      expected: suggestion == nil ? asked.alternatives : nil, suggestion: suggestion)
  }
}

extension String {
  /// The key path that leads on to a key.
  func appending(key: String) -> String {
    isEmpty ? key.keyPathStep : "\(self).\(key.keyPathStep)"
  }
}
