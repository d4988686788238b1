package import SpatialMath

extension ScenePart {
  /// The circle that a propeller sweeps.
  package struct Propeller: Sendable, Equatable, BitwiseCopyable {
    /// The hub, from the drone's centre of mass. [m]
    package var hub: Vector<Body, Double>
    /// The radius of the circle. [m]
    package var radius: Double

    /// The circle about a hub.
    package init(hub: Vector<Body, Double>, radius: Double) {
      self.hub = hub
      self.radius = radius
    }
  }

  /// A low-polygon quadcopter: a body, an arm to each hub, and the propellers as octagons that are
  /// seen from both sides, those ahead of the centre in another colour than those behind.
  ///
  /// - Throws: ``RenderingError`` if a number is not finite or out of range.
  package static func quadcopter(
    propellers: [Propeller], colour: Colour
  ) throws(RenderingError) -> [ScenePart] {
    var frame = MeshBuilder()
    var (ahead, behind) = (MeshBuilder(), MeshBuilder())
    let arm = propellers.map { $0.hub.norm }.max() ?? 0
    frame.addBox(half: Vector(0.4 * arm, 0.25 * arm, 0.15 * arm))
    for propeller in propellers {
      try check(propeller.radius, "the radius of a propeller", in: smallest...largest)
      frame.addArm(to: propeller.hub, width: 0.07 * arm)
      if propeller.hub.x > 0.1 * arm {
        ahead.addDisc(propeller)
      } else {
        behind.addDisc(propeller)
      }
    }
    return [
      ScenePart(.mesh(try frame.mesh()), colour: .carbon),
      ScenePart(.mesh(try ahead.mesh()), colour: colour),
      ScenePart(.mesh(try behind.mesh()), colour: Colour(0.5, 0.5, 0.52)),
    ]
  }
}

/// A mesh under construction.
private struct MeshBuilder {
  private var corners: [Vector<Body, Double>] = []
  private var triangles: [SIMD3<Int32>] = []

  func mesh() throws(RenderingError) -> Mesh {
    try Mesh(corners: corners, triangles: triangles)
  }

  /// Adds corners and the flat polygons between them, counted from the first of these corners.
  mutating func add(_ corners: [Vector<Body, Double>], _ polygons: [[Int]]) {
    let first = self.corners.count
    self.corners += corners
    for polygon in polygons {
      for i in 2..<polygon.count {
        let corner = SIMD3(polygon[0], polygon[i - 1], polygon[i])
        triangles.append(SIMD3(truncatingIfNeeded: corner &+ first))
      }
    }
  }

  mutating func addBox(half: Vector<Body, Double>) {
    let corners = (0..<8).map { i in
      half.scaled(by: Vector(i & 1 == 0 ? -1 : 1, i & 2 == 0 ? -1 : 1, i & 4 == 0 ? -1 : 1))
    }
    add(
      corners,
      [[0, 2, 3, 1], [4, 5, 7, 6], [0, 1, 5, 4], [2, 6, 7, 3], [0, 4, 6, 2], [1, 3, 7, 5]])
  }

  /// Adds a beam of three sides from the centre to a hub, open at its ends, which are hidden.
  mutating func addArm(to hub: Vector<Body, Double>, width: Double) {
    let level = (hub.x * hub.x + hub.y * hub.y).squareRoot()
    let across = Vector<Body, Double>(-hub.y, hub.x, 0)
    let side = level > 0 ? width / level * across : Vector(0, width, 0)
    let rim = [side, -side, Vector(0, 0, -2 * width)]
    add(rim + rim.map { $0 + hub }, [[0, 1, 4, 3], [1, 2, 5, 4], [2, 0, 3, 5]])
  }

  mutating func addDisc(_ propeller: ScenePart.Propeller) {
    let rim = (0..<8).map { i in
      let (sine, cosine) = (Double(i) * .pi / 4).sineAndCosine()
      return propeller.hub + propeller.radius * Vector(cosine, sine, 0)
    }
    add(rim, [Array(0..<8), Array((0..<8).reversed())])
  }
}
