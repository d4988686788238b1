package import Parameters

/// A key of a mapping that fills a part of a value: declared once, for reading, writing and explaining.
///
/// Where the key is not there, the part stays as it is: what a value is before it is read are its
/// defaults.
package struct Field<Root>: Sendable {
  /// What it is, in a few words.
  package let summary: String
  /// The key.
  package let name: String
  /// What kind of value it takes, in words.
  package let expected: String
  /// The keys within, where it has some.
  package let fields: [Field<Root>]
  /// The part as files have it; `nil` where they cannot.
  package let write: @Sendable (Root) -> (any Encodable & Sendable)?
  private let read: @Sendable (inout Root, ValueReader, ParameterReader) -> Void

  /// A key with a reader of its own.
  package init(
    _ name: String, _ summary: String, expected: String,
    read: @escaping @Sendable (inout Root, ValueReader, ParameterReader) -> Void,
    write: @escaping @Sendable (Root) -> (any Encodable & Sendable)?
  ) {
    (self.name, self.summary, self.expected) = (name, summary, expected)
    (self.read, self.write, fields) = (read, write, [])
  }

  /// A key whose value is a parameter.
  package init<Value>(
    _ parameter: Parameter<Value>, _ path: any WritableKeyPath<Root, Value> & Sendable
  ) {
    self.init(parameter, get: { $0[keyPath: path] }, set: { $0[keyPath: path] = $1 })
  }

  /// A key whose value is a parameter, taken out of the whole and put back.
  package init<Value>(
    _ parameter: Parameter<Value>, get: @escaping @Sendable (Root) -> Value,
    set: @escaping @Sendable (inout Root, Value) -> Void
  ) {
    let kind = parameter.description.kind
    self.init(
      parameter.description.name, parameter.description.summary,
      expected: parameter.description.valueDescription,
      read: { root, value, reader in
        guard let written = reader.read(kind, from: value),
          // What says the same changes nothing, not even what files cannot say.
          written != parameter.wrap(get(root)), let new = parameter.unwrap(written)
        else { return }
        set(&root, new)
      }, write: { parameter.wrap(get($0)) })
  }

  /// A key that leads to further keys.
  package init(_ name: String, _ summary: String, _ fields: [Field<Root>]) {
    (self.name, self.summary, self.fields) = (name, summary, fields)
    expected = "keys and values"
    read = { root, value, reader in
      value.mapping { fields.read(into: &root, from: &$0, with: reader) }
    }
    write = { EncodedFields(fields, of: $0) }
  }

  /// Reads the key where it is there.
  func read(into root: inout Root, from map: inout MappingReader, with reader: ParameterReader) {
    _ = map.optional(name) { read(&root, $0, reader) }
  }
}

extension Array {
  /// Reads the keys that are there.
  package func read<Root>(
    into root: inout Root, from map: inout MappingReader, with reader: ParameterReader
  ) where Element == Field<Root> {
    for field in self { field.read(into: &root, from: &map, with: reader) }
  }
}

/// Keys and values as a file has them.
package struct EncodedFields: Encodable, Sendable {
  /// The keys and values, in order.
  package let entries: [(key: String, value: any Encodable & Sendable)]

  /// What some keys say of a value.
  package init<Root>(_ fields: [Field<Root>], of root: Root) {
    self.init(fields.compactMap { field in field.write(root).map { (field.name, $0) } })
  }

  /// Some keys and values.
  package init(_ entries: [(key: String, value: any Encodable & Sendable)]) {
    self.entries = entries
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    for entry in entries {
      try container.encode(entry.value, forKey: Key(stringValue: entry.key))
    }
  }
}
