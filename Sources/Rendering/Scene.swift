internal import CRendering
package import SpatialMath

/// The light that falls on a scene: some from one direction, some from everywhere.
package struct Light: Sendable, Equatable, BitwiseCopyable {
  /// Towards the light; its length does not matter, and where it has no direction there is no light
  /// but the ambient. [–]
  package var direction: Vector<World, Double>
  /// What faces that are turned away get, from 0 to 1. [–]
  package var ambient: Double

  /// Light from a direction.
  package init(from direction: Vector<World, Double>, ambient: Double) {
    self.direction = direction
    self.ambient = ambient
  }

  /// A high sun in the south-west.
  package static let sun = Light(from: Vector(-0.4, -0.6, 1), ambient: 0.45)
}

/// What stands in a world for cameras and rays to see: bodies of parts, each at its pose.
///
/// A scene is a value. Copies share what their bodies are made of and have poses of their own, so that
/// thousands of like worlds are one scene, copied.
package struct Scene: Sendable {
  var blocks: [Double] = []
  var bodies: [cr_body] = []
  var parts: [cr_part] = []
  var vertices: [Float] = []
  var triangles: [Int32] = []
  private var meshes: [PooledMesh] = []

  /// The light.
  package var light: Light
  /// The colour where nothing is.
  package var sky: Colour

  /// A scene without bodies.
  package init(light: Light = .sun, sky: Colour = .sky) {
    self.light = light
    self.sky = sky
  }

  /// How many bodies there are.
  package var bodyCount: Int { bodies.count }

  /// Adds a body, whose index is the count of those before it.
  ///
  /// Where two bodies are equally far, the one that was added first is seen, and planes last.
  ///
  /// - Parameters:
  ///   - parts: What it is made of.
  ///   - id: What images of ids call it; bodies may share one, and -1 is taken.
  ///   - pose: Where it is; one that is not finite is nowhere.
  /// - Throws: ``RenderingError`` if a size or a mount is not finite or out of range.
  package mutating func add(
    _ parts: [ScenePart], id: Int32, at pose: Pose<Double> = Pose()
  ) throws(RenderingError) {
    guard id != -1 else { throw .reservedID }
    var radius = 0.0
    for part in parts {
      try part.solid.check()
      try check(part.mount)
      radius = max(radius, part.mount.position.norm + part.solid.boundingRadius)
    }
    let first = self.parts.count
    for part in parts { self.parts.append(cPart(part)) }
    let body = bodies.count
    bodies.append(
      cr_body(id: id, first_part: Int32(first), part_count: Int32(parts.count)))
    if body % blockSize == 0 {
      blocks += [Double](repeating: .nan, count: blockSize * Int(CR_QUANTITIES))
    }
    // For the rounding of meshes to single precision.
    setQuantity(Int(CR_RADIUS), of: body, to: radius * (1 + 1e-6))
    place(body, at: pose)
  }

  /// Moves a body; a pose that is not finite takes it out of sight.
  ///
  /// An attitude counts by its direction alone: it need not have length 1.
  package mutating func place(_ body: Int, at pose: Pose<Double>) {
    precondition(bodies.indices.contains(body), "the scene has no body \(body)")
    let (p, q) = (pose.position, pose.attitude)
    setQuantity(0, of: body, to: p.x)
    setQuantity(1, of: body, to: p.y)
    setQuantity(2, of: body, to: p.z)
    setQuantity(3, of: body, to: q.x)
    setQuantity(4, of: body, to: q.y)
    setQuantity(5, of: body, to: q.z)
    setQuantity(6, of: body, to: q.w)
  }

  private mutating func setQuantity(_ quantity: Int, of body: Int, to value: Double) {
    let block = body / blockSize * blockSize * Int(CR_QUANTITIES)
    blocks[block + quantity * blockSize + body % blockSize] = value
  }

  private func check(_ mount: Mount) throws(RenderingError) {
    for coordinate in [mount.position.x, mount.position.y, mount.position.z] {
      try Rendering.check(coordinate, "a coordinate of a mount", in: -largest...largest)
    }
    let norm = mount.attitude.squaredNorm.squareRoot()
    try Rendering.check(norm, "the length of a mount's quaternion", in: 0.99...1.01)
  }

  /// A part as C has it, its mesh in the pool.
  private mutating func cPart(_ part: ScenePart) -> cr_part {
    var found = cr_part(part)
    if case .mesh(let mesh) = part.solid {
      let pooled = pool(mesh)
      found.first_vertex = Int32(pooled.firstVertex)
      found.vertex_count = Int32(mesh.corners.count)
      found.first_triangle = Int32(pooled.firstTriangle)
      found.triangle_count = Int32(mesh.triangles.count)
    }
    return found
  }

  /// A mesh in the pool, which keeps one of each.
  private mutating func pool(_ mesh: Mesh) -> PooledMesh {
    if let known = meshes.first(where: { $0.mesh == mesh }) { return known }
    let pooled = PooledMesh(
      mesh: mesh, firstVertex: vertices.count, firstTriangle: triangles.count / 3)
    meshes.append(pooled)
    vertices += mesh.corners.map { Float($0.x) }
    vertices += mesh.corners.map { Float($0.y) }
    vertices += mesh.corners.map { Float($0.z) }
    for triangle in mesh.triangles { triangles += [triangle.x, triangle.y, triangle.z] }
    return pooled
  }
}

/// How many bodies C keeps side by side.
private let blockSize = Int(CR_BLOCK)

/// A mesh, and where in the pool it begins.
private struct PooledMesh: Sendable {
  let mesh: Mesh
  let firstVertex: Int
  let firstTriangle: Int
}
