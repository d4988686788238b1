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
public typealias ReferenceCatalogue = Catalogue<ParameterEntry<any Reference>>

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
