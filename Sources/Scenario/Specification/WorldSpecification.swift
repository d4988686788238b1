public import Geometry
import SpatialMath

/// What there is in a world apart from drones.
public struct WorldSpecification: Sendable, Encodable {
  /// Whether there is a floor at z = 0.
  public var floor: Bool
  /// What stands, lies or hangs about.
  public var obstacles: [RigidBody]

  private enum Key: String, CodingKey {
    case floor, obstacles
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(floor, forKey: .floor)
    try container.encode(obstacles.map(EncodedBody.init), forKey: .obstacles)
  }
}

/// A body as the scenario file writes it.
struct EncodedBody: Encodable {
  let body: RigidBody

  private enum Key: String, CodingKey {
    case plane, box, sphere, cylinder, hull, at, attitude, mass, friction, restitution
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch body.shape {
    case .plane: try container.encode(true, forKey: .plane)
    case .box(let size): try container.encode(size.array, forKey: .box)
    case .sphere(let radius): try container.encode(radius, forKey: .sphere)
    case .cylinder(let radius, let height):
      try container.encode([radius, height], forKey: .cylinder)
    case .convexHull(let points): try container.encode(points.map(\.array), forKey: .hull)
    default: break
    }
    let attitude = body.pose.attitude
    try container.encode(body.pose.position.array, forKey: .at)
    try container.encode([attitude.x, attitude.y, attitude.z, attitude.w], forKey: .attitude)
    try container.encode(body.mass, forKey: .mass)
    try container.encode(body.friction, forKey: .friction)
    try container.encode(body.restitution, forKey: .restitution)
  }
}

extension Vector where S == Double {
  /// The components in a list, as files write them.
  var array: [Double] { [x, y, z] }
}
