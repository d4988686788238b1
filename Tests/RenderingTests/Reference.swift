import Rendering
import SpatialMath

/// What stands in a scene, once for the renderer and once as a distance function.
struct ReferenceBody {
  var solid: Solid
  var id: Int32
  var pose: Pose<Double>
}

extension Solid {
  /// The distance from a point to the surface, negative inside; known in closed form.
  func distance(to p: Vector<Body, Double>) -> Double {
    switch self {
    case .plane: return p.z
    case .sphere(let radius): return p.norm - radius
    case .box(let size):
      let q = Vector<Body, Double>(
        abs(p.x) - size.x / 2, abs(p.y) - size.y / 2, abs(p.z) - size.z / 2)
      let outside = Vector<Body, Double>(max(q.x, 0), max(q.y, 0), max(q.z, 0))
      return outside.norm + min(max(q.x, q.y, q.z), 0)
    case .cylinder(let radius, let height):
      let (a, b) = ((p.x * p.x + p.y * p.y).squareRoot() - radius, abs(p.z) - height / 2)
      let (u, v) = (max(a, 0), max(b, 0))
      return (u * u + v * v).squareRoot() + min(max(a, b), 0)
    case .capsule(let radius, let height):
      let z = min(max(p.z, -height / 2), height / 2)
      return (p - Vector(0, 0, z)).norm - radius
    case .mesh: preconditionFailure("meshes have no distance function here")
    }
  }
}

/// Finds what a ray meets by walking along it, at each place as far as nothing can be nearer: none of
/// the renderer's formulas takes part.
struct ReferenceTracer {
  var bodies: [ReferenceBody]

  /// What is met between two depths along `direction`, whose length is that of a unit of depth.
  func trace(
    from origin: Vector<World, Double>, along direction: Vector<World, Double>,
    range: ClosedRange<Double>
  ) -> (depth: Double, id: Int32) {
    var found = (depth: range.upperBound, id: Int32(-1))
    for body in bodies {
      let frame = RotationMatrix(body.pose.attitude)
      let start = frame.inverse(origin - body.pose.position)
      let step = frame.inverse(direction)
      if let depth = meet(body.solid, start, step, range), depth < found.depth {
        found = (depth, body.id)
      }
    }
    return found
  }

  private func meet(
    _ solid: Solid, _ start: Vector<Body, Double>, _ step: Vector<Body, Double>,
    _ range: ClosedRange<Double>
  ) -> Double? {
    let length = step.norm
    // A convex solid that the ray starts in is one that it cannot enter any more.
    guard solid.distance(to: start) > 0 else { return nil }
    var depth = 0.0
    for _ in 0..<50_000 {
      let distance = solid.distance(to: start + depth * step)
      if distance < 1e-11 { return depth >= range.lowerBound ? depth : nil }
      depth += distance / length
      if depth >= range.upperBound { return nil }
    }
    return nil
  }
}

/// A scene for the renderer, and the same for the tracer.
struct TestScene {
  var scene = Scene()
  var bodies: [ReferenceBody] = []

  mutating func add(_ solid: Solid, id: Int32, at pose: Pose<Double>) throws {
    let part = ScenePart(solid, colour: Colour(distinguishing: id), secondColour: .darkTile)
    try scene.add([part], id: id, at: pose)
    bodies.append(ReferenceBody(solid: solid, id: id, pose: pose))
  }
}

/// How an image differs from the tracer's.
struct Comparison {
  /// Pixels at least half a pixel away from every outline.
  var comparedCount = 0
  /// Those of them that show a body.
  var bodyCount = 0
  var wrongIDCount = 0
  var largestDepthError = 0.0

  /// Compares pixel by pixel; those within half a pixel of an outline are left aside.
  init(_ images: Images, _ camera: Camera, at pose: Pose<Double>, of bodies: [ReferenceBody]) {
    let tracer = ReferenceTracer(bodies: bodies)
    let frame = RotationMatrix(pose.attitude)
    let (dx, dy) = camera.slopesPerPixel
    for row in 0..<camera.height {
      for column in 0..<camera.width {
        let slopes = camera.slopes(column: column, row: row)
        func trace(_ x: Double, _ y: Double) -> (depth: Double, id: Int32) {
          let ray = Vector<Body, Double>(1, slopes.left + x * dx, slopes.up + y * dy)
          return tracer.trace(from: pose.position, along: frame(ray), range: camera.range)
        }
        let expected = trace(0, 0)
        let around = [(-0.5, 0.0), (0.5, 0), (0, -0.5), (0, 0.5), (-0.36, -0.36), (0.36, 0.36)]
        guard around.allSatisfy({ trace($0.0, $0.1).id == expected.id }) else { continue }
        let pixel = row * camera.width + column
        comparedCount += 1
        bodyCount += expected.id == -1 ? 0 : 1
        wrongIDCount += images.ids[pixel] == expected.id ? 0 : 1
        largestDepthError = max(
          largestDepthError, abs(Double(images.depths[pixel]) - expected.depth))
      }
    }
  }
}

extension Camera {
  /// By how much the slopes fall from pixel to pixel.
  var slopesPerPixel: (left: Double, up: Double) {
    let (first, next) = (slopes(column: 0, row: 0), slopes(column: 1, row: 1))
    return (first.left - next.left, first.up - next.up)
  }

  /// An image of one scene.
  func image(
    of scene: Scene, at pose: Pose<Double>, hiding hidden: Int32? = nil,
    instructions: InstructionSet? = nil
  ) -> Images {
    var images = Images(of: self)
    var renderer = Renderer(instructions: instructions)
    let viewpoint = Viewpoint(carrier: pose, hiding: hidden)
    renderer.render(self, from: [viewpoint], of: [scene], into: &images)
    return images
  }
}
