import Geometry
import SpatialMath

extension ScenarioSchema {
  /// Reads what there is apart from drones.
  func world(_ map: inout MappingReader) -> WorldSpecification {
    let floor = map.boolean("floor", default: true)
    let obstacles = map.list("obstacles") { obstacle in
      obstacle.mapping { self.obstacle(&$0) }
    }
    return WorldSpecification(floor: floor, obstacles: obstacles.compactMap { $0 })
  }

  private func obstacle(_ map: inout MappingReader) -> RigidBody? {
    let shape = map.choice(among: Self.shapes)
    let position: Vector<World, Double> = map.vector("at", unit: "m")
    let attitude = self.attitude(&map) ?? .identity
    let mass = map.number("mass", default: 0, in: .atLeast(0), unit: "kg")
    let friction = map.number("friction", default: 0.5, in: .atLeast(0))
    let restitution = map.number("restitution", default: 0, in: .within(0...1))
    return shape.map {
      RigidBody(
        $0, at: Pose(position: position, attitude: attitude), mass: mass, friction: friction,
        restitution: restitution)
    }
  }

  /// Reads `rpy` or `attitude`, where one of them is there.
  func attitude(_ map: inout MappingReader) -> Rotation<Body, World, Double>? {
    let angles: Vector<World, Double>? = map.optional("rpy") { $0.vector(unit: "rad") }
    let quaternion = map.optional("attitude") { value -> Rotation<Body, World, Double>? in
      guard let q = value.list(count: 4...4, { $0.number() }), q.count == 4 else { return nil }
      let rotation = Rotation<Body, World, Double>(x: q[0], y: q[1], z: q[2], w: q[3])
      guard abs(rotation.squaredNorm - 1) < 1e-6 else {
        return value.reject("is not of length 1", expected: "a unit quaternion x, y, z, w")
      }
      return rotation.normalized
    }
    if angles != nil, quaternion != nil {
      map.reject("stands beside rpy", at: "attitude", expected: "only one of them")
    }
    return quaternion
      ?? angles.map { Rotation(RollPitchYaw(roll: $0.x, pitch: $0.y, yaw: $0.z)) }
  }

  private static let shapes: [Choice<Shape>] = [
    Choice("box") { $0.vector(in: .positive, unit: "m").map(Shape.box) },
    Choice("sphere") { $0.number(in: .positive, unit: "m").map(Shape.sphere) },
    Choice("cylinder") { value in
      let size = value.list(count: 2...2) { $0.number(in: .positive, unit: "m") }
      guard let size, size.count == 2 else { return nil }
      return .cylinder(radius: size[0], height: size[1])
    },
    Choice("hull") { value in
      value.list(count: 4...256) { $0.vector(unit: "m") }.map(Shape.convexHull)
    },
  ]
}
