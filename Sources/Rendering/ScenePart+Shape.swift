public import Geometry

extension ScenePart {
  /// What a shape looks like: one part for each of its solids, all in one colour but for the tiles of
  /// a plane.
  ///
  /// - Throws: ``RenderingError`` if the shape is a hull that is flat or not finite.
  public static func parts(of shape: Shape, colour: Colour) throws(RenderingError) -> [ScenePart] {
    switch shape {
    case .plane: [.floor()]
    case .box(let size): [ScenePart(.box(size: size), colour: colour)]
    case .sphere(let radius): [ScenePart(.sphere(radius: radius), colour: colour)]
    case .cylinder(let radius, let height):
      [ScenePart(.cylinder(radius: radius, height: height), colour: colour)]
    case .convexHull(let points): [ScenePart(.mesh(try Mesh(hullOf: points)), colour: colour)]
    }
  }
}
