public import SpatialMath

/// References of your own that a name can stand for, beside those that scenarios know already.
///
/// A program of your own adds its references with ``register(_:)`` before it reads a scenario, which then
/// writes `reference: { spiral: { growth: 0.2 } }`.
public struct ReferenceCatalogue: Sendable {
  /// One reference.
  public struct Entry: Sendable {
    /// What scenarios call it.
    public var name: String
    /// One line that says what it is.
    public var summary: String
    /// The numbers that it takes, by name, with their defaults. [unit of each]
    public var numbers: [String: Double]
    /// The reference of some numbers, for a drone that starts at a place.
    public var reference: @Sendable ([String: Double], Vector<World, Double>) -> any Reference

    /// A reference under a name.
    ///
    /// - Parameters:
    ///   - name: What scenarios call it.
    ///   - summary: One line that says what it is.
    ///   - numbers: The numbers that it takes, by name, with their defaults.
    ///   - reference: The reference of all these numbers, for a drone that starts at a place.
    public init(
      name: String, summary: String, numbers: [String: Double],
      reference: @escaping @Sendable ([String: Double], Vector<World, Double>) -> any Reference
    ) {
      (self.name, self.summary) = (name, summary)
      (self.numbers, self.reference) = (numbers, reference)
    }
  }

  /// The references, in the order in which they were registered.
  public private(set) var entries: [Entry] = []

  /// A catalogue of nothing.
  public init() {}

  /// Adds a reference, or puts it in the place of the one of that name.
  public mutating func register(_ entry: Entry) {
    entries.removeAll { $0.name == entry.name }
    entries.append(entry)
  }
}
