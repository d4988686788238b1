package import SpatialMath

/// A thing that can be seen, about its own origin.
package enum Solid: Sendable, Equatable {
  /// The half space below the xy plane, in square tiles of two colours.
  case plane(tile: Double)
  /// A box, given by its full edges. [m]
  case box(size: Vector<Body, Double>)
  /// A sphere.
  case sphere(radius: Double)
  /// A cylinder, its axis along z.
  case cylinder(radius: Double, height: Double)
  /// A cylinder along z with a half sphere at either end, which its height leaves out.
  case capsule(radius: Double, height: Double)
  /// A surface of triangles.
  case mesh(Mesh)

  /// The radius of the sphere about the origin that holds the solid; infinite for a plane. [m]
  var boundingRadius: Double {
    switch self {
    case .plane: .infinity
    case .box(let size): 0.5 * size.norm
    case .sphere(let radius): radius
    case .cylinder(let radius, let height): (radius * radius + 0.25 * height * height).squareRoot()
    case .capsule(let radius, let height): radius + 0.5 * height
    case .mesh(let mesh): mesh.boundingRadius
    }
  }

  /// Refuses sizes that are not finite or out of range.
  func check() throws(RenderingError) {
    switch self {
    case .plane(let tile): try Self.check(tile, "the edge of a tile")
    case .box(let size):
      for edge in [size.x, size.y, size.z] { try Self.check(edge, "the edge of a box") }
    case .sphere(let radius): try Self.check(radius, "the radius of a sphere")
    case .cylinder(let radius, let height):
      try Self.check(radius, "the radius of a cylinder")
      try Self.check(height, "the height of a cylinder")
    case .capsule(let radius, let height):
      try Self.check(radius, "the radius of a capsule")
      try Self.check(height, "the height of a capsule")
    case .mesh: break
    }
  }

  private static func check(_ size: Double, _ quantity: String) throws(RenderingError) {
    try Rendering.check(size, quantity, in: smallest...largest)
  }
}

/// A solid in its colours, fixed to a body.
package struct ScenePart: Sendable, Equatable {
  /// What it is.
  package var solid: Solid
  /// Its colour; of a plane, that of its even tiles.
  package var colour: Colour
  /// The colour of a plane's odd tiles; others have none.
  package var secondColour: Colour
  /// Where it is on its body.
  package var mount: Mount

  /// A part of this form and colour.
  package init(
    _ solid: Solid, colour: Colour, secondColour: Colour? = nil, mount: Mount = Mount()
  ) {
    self.solid = solid
    self.colour = colour
    self.secondColour = secondColour ?? colour
    self.mount = mount
  }

  /// A floor of tiles.
  package static func floor(tile: Double = 0.5) -> ScenePart {
    ScenePart(.plane(tile: tile), colour: .paleTile, secondColour: .darkTile)
  }
}
