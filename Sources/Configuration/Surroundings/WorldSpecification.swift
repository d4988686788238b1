package import Geometry
package import SpatialMath
import Worlds

/// What there is in a world apart from drones.
package struct WorldSpecification: Sendable, Encodable {
  /// Whether there is a floor at z = 0.
  package var floor: Bool
  /// The obstacles.
  package var obstacles: [RigidBody]
  /// What is still to be drawn.
  private var drawn: [Drawn]

  /// Surroundings that are drawn by a seed.
  package struct Drawn: Sendable {
    /// What the file calls them.
    let name: String
    let world: any DrawnWorld

    /// What they consist of, each thing with a name of its own.
    package func obstacles(clearOf places: [Vector<World, Double>]) -> [RigidBody] {
      world.obstacles(clearOf: places).enumerated().map { index, body in
        var body = body
        body.name = "\(name)-\(index)"
        return body
      }
    }
  }

  /// A world with this in it.
  package init(floor: Bool, obstacles: [RigidBody], drawn: [Drawn] = []) {
    (self.floor, self.obstacles, self.drawn) = (floor, obstacles, drawn)
  }

  /// Draws what is still to be drawn, and puts it behind the other obstacles.
  package mutating func draw(clearOf places: [Vector<World, Double>]) {
    obstacles += drawn.flatMap { $0.obstacles(clearOf: places) }
    drawn = []
  }

  /// What messages call an obstacle: by its place, and by its name if it has one.
  package func label(ofObstacle index: Int) -> String {
    "obstacle \(index)" + (obstacles[index].name.map { " (\($0))" } ?? "")
  }

  private enum Key: String, CodingKey {
    case floor, obstacles
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(floor, forKey: .floor)
    try container.encode(obstacles.map(EncodedBody.init), forKey: .obstacles)
  }
}

/// A body as the scenario file writes it.
package struct EncodedBody: Encodable {
  let body: RigidBody

  /// A body, to be written.
  package init(body: RigidBody) { self.body = body }

  private enum Key: String, CodingKey {
    case name, at, attitude, mass, inertia, friction, restitution, groups, motion
    case collidesWith = "collides_with"
  }

  package func encode(to encoder: any Encoder) throws {
    try EncodedShape(shape: body.shape).encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encodeIfPresent(body.name, forKey: .name)
    try container.encode(body.pose.position.array, forKey: .at)
    try container.encode(body.pose.attitude.array, forKey: .attitude)
    try container.encode(body.mass, forKey: .mass)
    try container.encodeIfPresent(body.inertia?.array, forKey: .inertia)
    try container.encode(body.friction, forKey: .friction)
    try container.encode(body.restitution, forKey: .restitution)
    if body.groups != .obstacles { try container.encode(body.groups.numbers, forKey: .groups) }
    if body.collidesWith != .all {
      try container.encode(body.collidesWith.numbers, forKey: .collidesWith)
    }
    try container.encodeIfPresent(body.motion.map(EncodedMotion.init), forKey: .motion)
  }
}

/// A motion as the scenario file writes it.
private struct EncodedMotion: Encodable {
  struct EncodedPose: Encodable {
    let t: Double
    let at, attitude: [Double]
  }

  let poses: [EncodedPose]
  let loop: Bool

  init(_ motion: ScheduledMotion) {
    poses = motion.keyframes.map {
      EncodedPose(t: $0.time, at: $0.pose.position.array, attitude: $0.pose.attitude.array)
    }
    loop = motion.isLoop
  }
}

extension CollisionGroups {
  /// The numbers of the groups, as files write them.
  fileprivate var numbers: [Int] { (0..<32).filter { contains(.group($0)) } }
}

extension Rotation where S == Double {
  /// The quaternion in a list, as files write it.
  fileprivate var array: [Double] { [x, y, z, w] }
}

extension Vector where S == Double {
  /// The components in a list, as files write them.
  package var array: [Double] { [x, y, z] }
}
