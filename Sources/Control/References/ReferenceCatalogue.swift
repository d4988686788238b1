public import Parameters

/// The references that a name can stand for.
///
///     catalogues.references.register(
///       .init(
///         name: "spiral", summary: "a level spiral outwards", parameters: .center(),
///         .number("growth", "how fast the radius grows", unit: "m/s", default: 0.02)
///       ) { center, growth in Spiral(center: center, growth: growth) })
///
/// A scenario then writes `reference: { spiral: { growth: 0.2 } }`.
public typealias ReferenceCatalogue = Catalogue<ReferenceEntry>

extension ReferenceCatalogue {
  /// The references that come with the package.
  public static var standard: ReferenceCatalogue {
    ReferenceCatalogue([
      HoverReference.entry, CircleReference.entry, HarmonicReference.lemniscateEntry,
      HarmonicReference.helixEntry, HarmonicReference.lissajousEntry, LineReference.entry,
      MinimumSnapReference.entry, SampledReference.pointsEntry, VelocityReference.entry,
      SampledReference.fileEntry,
    ])
  }
}

/// A reference under a name, with its parameters.
public struct ReferenceEntry: CatalogueEntry {
  public let name: String
  public let summary: String
  /// Makes the reference.
  package let factory: Factory<Void, any Reference, ParameterError>

  /// A reference under a name.
  ///
  /// - Parameters:
  ///   - name: What scenarios call it.
  ///   - summary: One line that says what it is.
  ///   - parameters: What scenarios can say of it.
  ///   - reference: The reference of values of these parameters, in their order.
  public init<each Value, R: Reference>(
    name: String, summary: String, parameters: repeat Parameter<each Value>,
    reference: @escaping @Sendable (repeat each Value) throws(ParameterError) -> R
  ) {
    (self.name, self.summary) = (name, summary)
    factory = Factory(repeat each parameters) {
      (_: Void, values: repeat each Value) throws(ParameterError) in
      try reference(repeat each values)
    }
  }

  /// A reference under a name, of which scenarios write one value alone, such as `csv: path.csv`.
  ///
  /// - Parameters:
  ///   - name: What scenarios call it.
  ///   - summary: One line that says what it is.
  ///   - value: What stands behind the name.
  ///   - reference: The reference of that value.
  public init<Value, R: Reference>(
    name: String, summary: String, value: Parameter<Value>,
    reference: @escaping @Sendable (Value) throws(ParameterError) -> R
  ) {
    (self.name, self.summary) = (name, summary)
    factory = Factory(value, isInline: true) { (_: Void, value) throws(ParameterError) in
      try reference(value)
    }
  }
}
