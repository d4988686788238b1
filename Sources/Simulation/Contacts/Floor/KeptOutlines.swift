/// The outlines of drones where they are kept.
///
/// It is a class, so that a step that asks them copies one reference in place of all of their lists.
final class KeptOutlines: Sendable {
  let outlines: FloorOutlines

  init(_ outlines: consuming FloorOutlines) { self.outlines = outlines }
}
