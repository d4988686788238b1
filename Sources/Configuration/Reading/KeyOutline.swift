import SpatialMath

/// The keys that a schema asks for.
///
/// A schema that reads an outline in place of a file runs as it always does, and down every way that a
/// file can take: it is given no value, and each key is noted as it is asked for, with what it may hold
/// and what holds without it. So what is noted is what is read.
package final class KeyOutline {
  /// A key.
  package struct Key: Sendable, Equatable {
    /// The keys that lead to it, as messages write them; `[]` for any element of a list.
    package let path: String
    /// What it is, in a few words; empty where the schema does not say.
    package fileprivate(set) var summary: String
    /// What kind of value it takes, with range and unit, as messages say it.
    package fileprivate(set) var expected = ""
    /// What holds where the key is not there; `nil` where it must be.
    package fileprivate(set) var usual: String?
    /// Whether it is one of several, of which one is there.
    package fileprivate(set) var isAlternative: Bool
  }

  private var keys: [Key] = []
  private var places: [String: Int] = [:]

  private init() {}

  /// The keys that a schema asks for, in order.
  package static func keys(of schema: (inout MappingReader) -> Void) -> [Key] {
    let outline = KeyOutline()
    ValueReader(
      node: nil, location: .name("outline"), keyPath: "",
      diagnostics: Diagnostics(outline: outline)
    ).mapping(schema)
    return outline.keys
  }

  /// Notes what a key is, and what holds without it.
  func declare(_ path: String, _ summary: String, usual: String?, isAlternative: Bool = false) {
    guard places[path] == nil else { return }
    places[path] = keys.count
    keys.append(
      Key(path: path, summary: summary, usual: usual, isAlternative: isAlternative))
  }

  /// Notes what kind of value stands somewhere.
  func expect(_ expected: String, at path: String) {
    guard !path.isEmpty else { return }
    declare(path, "", usual: nil)
    if let place = places[path], keys[place].expected.isEmpty { keys[place].expected = expected }
  }
}

extension DefaultStringInterpolation {
  /// A default as a file would write it.
  mutating func appendInterpolation<Value>(outlined value: Value) {
    switch value {
    case let word as any RawRepresentable<String>: appendInterpolation(word.rawValue)
    case let list as [Any]: appendInterpolation(list.isEmpty ? "none" : "\(list)")
    case let vector as any OutlinedVector: appendInterpolation("\(vector.components)")
    default: appendInterpolation("\(value)")
    }
  }
}

/// A vector in whatever frame.
private protocol OutlinedVector {
  /// The components along x, y and z.
  var components: [Double] { get }
}

extension Vector: OutlinedVector where S == Double {
  fileprivate var components: [Double] { [x, y, z] }
}
