/// Something that a scenario or a command calls by its name.
public protocol CatalogueEntry: Sendable {
  /// What scenarios call it.
  var name: String { get }
  /// One line that says what it is.
  var summary: String { get }
}

/// The things of one kind that a name can stand for: references, sensors and so on.
///
/// The command's lists, scenarios and the tests that hold for every entry read a catalogue, so that an
/// entry that is added to it is offered and tested from its first day. A program of your own adds its
/// entries with ``register(_:)`` before it reads a scenario.
public struct Catalogue<Item: CatalogueEntry>: Sendable {
  /// One thing with its name.
  public typealias Entry = Item

  /// The entries, in order.
  public private(set) var entries: [Entry]

  /// A catalogue of some entries.
  public init(_ entries: [Entry] = []) { self.entries = entries }

  /// Adds an entry, or puts it in the place of the one of that name.
  public mutating func register(_ entry: Entry) {
    if let index = entries.firstIndex(where: { $0.name == entry.name }) {
      entries[index] = entry
    } else {
      entries.append(entry)
    }
  }

  /// The entry of some name.
  public subscript(name: String) -> Entry? { entries.first { $0.name == name } }

  /// The names, in order.
  public var names: [String] { entries.map(\.name) }
}
