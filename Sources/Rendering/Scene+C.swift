internal import CRendering
internal import SpatialMath

extension Scene {
  /// Calls `body` with what C reads of the scene, valid until it returns.
  func withDescription<Result>(_ body: (UnsafePointer<cr_scene>) -> Result) -> Result {
    var scene = unsafe cr_scene()
    unsafe scene.body_count = Int32(bodies.count)
    let norm = light.direction.norm
    let isLit = norm > 0 && norm.isFinite
    unsafe scene.light = cr_vector(isLit ? (1 / norm) * light.direction : .zero)
    unsafe scene.ambient = Float(light.ambient > 0 ? min(light.ambient, 1) : 0)
    unsafe scene.sky = sky.tuple
    // unsafe: no pointer goes farther than `body`, and C only reads.
    return unsafe blocks.withUnsafeBufferPointer { blocks in
      unsafe bodies.withUnsafeBufferPointer { bodies in
        unsafe parts.withUnsafeBufferPointer { parts in
          unsafe vertices.withUnsafeBufferPointer { vertices in
            unsafe triangles.withUnsafeBufferPointer { triangles in
              unsafe scene.blocks = blocks.baseAddress
              unsafe scene.bodies = bodies.baseAddress
              unsafe scene.parts = parts.baseAddress
              unsafe scene.vertices = vertices.baseAddress
              unsafe scene.triangles = triangles.baseAddress
              return unsafe body(&scene)
            }
          }
        }
      }
    }
  }
}

extension cr_part {
  /// A part as C has it, but for where its mesh is.
  init(_ part: ScenePart) {
    let axes = RotationMatrix(part.mount.attitude.normalized)
    let (kind, size) = part.solid.kindAndSize
    self.init(
      kind: Int32(kind), size: size, position: cr_vector(part.mount.position),
      axes: (cr_vector(axes.xAxis), cr_vector(axes.yAxis), cr_vector(axes.zAxis)),
      colour: part.colour.tuple, second_colour: part.secondColour.tuple, first_vertex: 0,
      vertex_count: 0, first_triangle: 0, triangle_count: 0)
  }
}

extension Solid {
  /// What C calls it, and its sizes as C takes them.
  fileprivate var kindAndSize: (kind: Int, size: cr_vector) {
    switch self {
    case .plane(let tile): (Int(CR_PLANE), cr_vector(x: tile, y: 0, z: 0))
    case .box(let size): (Int(CR_BOX), cr_vector(0.5 * size))
    case .sphere(let radius): (Int(CR_SPHERE), cr_vector(x: radius, y: 0, z: 0))
    case .cylinder(let radius, let height):
      (Int(CR_CYLINDER), cr_vector(x: radius, y: 0, z: 0.5 * height))
    case .capsule(let radius, let height):
      (Int(CR_CAPSULE), cr_vector(x: radius, y: 0, z: 0.5 * height))
    case .mesh: (Int(CR_MESH), cr_vector())
    }
  }
}

extension Colour {
  fileprivate var tuple: (Float, Float, Float) { (red, green, blue) }
}

extension cr_vector {
  init<F: Frame>(_ v: Vector<F, Double>) { self.init(x: v.x, y: v.y, z: v.z) }
}
