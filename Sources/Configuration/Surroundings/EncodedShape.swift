import Geometry
import SpatialMath

/// A shape as the scenario file writes it; meshes stand in full.
struct EncodedShape: Encodable {
  let shape: Shape

  private enum Key: String, CodingKey {
    case plane, box, sphere, cylinder, capsule, hull, mesh, compound
  }

  private struct EncodedMesh: Encodable {
    let points: [[Double]]
    let corners: [Int32]
  }

  private struct EncodedPart: Encodable {
    private enum Key: String, CodingKey {
      case at, attitude
    }

    let part: PlacedShape

    func encode(to encoder: any Encoder) throws {
      try EncodedShape(shape: part.shape).encode(to: encoder)
      var container = encoder.container(keyedBy: Key.self)
      let q = part.attitude
      try container.encode(part.position.array, forKey: .at)
      try container.encode([q.x, q.y, q.z, q.w], forKey: .attitude)
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch shape {
    case .plane: try container.encode(true, forKey: .plane)
    case .box(let size): try container.encode(size.array, forKey: .box)
    case .sphere(let radius): try container.encode(radius, forKey: .sphere)
    case .cylinder(let radius, let height):
      try container.encode([radius, height], forKey: .cylinder)
    case .capsule(let radius, let length):
      try container.encode([radius, length], forKey: .capsule)
    case .convexHull(let points): try container.encode(points.map(\.array), forKey: .hull)
    case .mesh(let mesh):
      let points = mesh.points.map(\.array)
      try container.encode(EncodedMesh(points: points, corners: mesh.corners), forKey: .mesh)
    case .compound(let parts):
      try container.encode(parts.map(EncodedPart.init), forKey: .compound)
    }
  }
}
