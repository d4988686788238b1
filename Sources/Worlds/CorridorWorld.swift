import Geometry
import Parameters
import Randomness
import SpatialMath

/// A corridor between two walls that bends from part to part.
struct CorridorWorld: DrawnWorld {
  let seed: Int
  /// The middle of its ground at its beginning, from where it leads along x but for its bends. [m]
  let start: Vector<World, Double>
  /// How many straight parts it has. [–]
  let count: Int
  /// How long each is. [m]
  let length: Double
  /// The room between its walls. [m]
  let width: Double
  /// How high they are. [m]
  let height: Double
  /// How far a part may lead off the x axis. [rad]
  let turn: Double

  private static let thickness = 0.1

  func obstacles(clearOf places: [Vector<World, Double>]) -> [RigidBody] {
    let random = SplitMix64(seed: UInt64(seed))
    let headings = (0..<count).map { part in
      var own = random.stream(UInt64(part))
      return own.uniform(in: -turn...turn)
    }
    let middles = headings.reduce(into: [start]) { points, heading in
      points.append(points[points.count - 1] + length * Self.direction(heading))
    }
    return [0.5, -0.5].flatMap { side in
      let corners = middles.indices.map { joint in
        let before = headings[max(0, joint - 1)]
        let after = headings[min(joint, count - 1)]
        return corner(at: middles[joint], between: before, and: after, side: side)
      }
      return zip(corners, corners.dropFirst()).map(wall)
    }
  }

  private static func direction(_ heading: Double) -> Vector<World, Double> {
    let (sine, cosine) = heading.sineAndCosine()
    return Vector(cosine, sine, 0)
  }

  /// Where the middles of two walls meet: on the line that halves the bend, as far off that the walls keep
  /// their distance.
  private func corner(
    at middle: Vector<World, Double>, between before: Double, and after: Double, side: Double
  ) -> Vector<World, Double> {
    let normal = Self.direction(0.5 * (before + after) + 0.5 * .pi)
    let (_, cosine) = (0.5 * (after - before)).sineAndCosine()
    return middle + (side * (width + Self.thickness) / cosine) * normal
  }

  /// A wall from corner to corner, longer by its thickness so that corners are closed.
  private func wall(
    from first: Vector<World, Double>, to second: Vector<World, Double>
  ) -> RigidBody {
    let along = second - first
    let yaw = Double.arcTangent(y: along.y, x: along.x)
    return RigidBody(
      .box(size: Vector(along.norm + Self.thickness, Self.thickness, height)),
      at: Pose(
        position: 0.5 * (first + second) + Vector(0, 0, 0.5 * height),
        attitude: Rotation(RollPitchYaw(roll: 0, pitch: 0, yaw: yaw))))
  }
}

extension CorridorWorld {
  static let entry = ParameterEntry<any DrawnWorld>(
    name: "corridor", summary: "a corridor of straight parts that bends between them",
    parameters: .seed,
    .vector(
      "start", "the middle of its ground at its beginning", unit: "m", in: .within(-1e6...1e6),
      default: .zero),
    .integer("count", "how many straight parts", in: 1...1000, default: 5),
    .number("length", "how long a part is", unit: "m", in: .within(0.1...1000), default: 2),
    .number("width", "the room between its walls", unit: "m", in: .within(0.1...100), default: 1.2),
    .number("height", "how high its walls are", unit: "m", in: .within(0.01...100), default: 2),
    .number(
      "turn", "how far a part may lead off the x axis", unit: "rad", in: .within(0...1),
      default: 0.6)
  ) { seed, start, count, length, width, height, turn throws(ParameterError) in
    // A bend takes up to this much of the inner wall on either side.
    let (sine, cosine) = turn.sineAndCosine()
    guard length * cosine > 2 * (width + thickness) * sine else {
      throw ParameterError(
        "is too short for such bends", of: "length",
        expected: "more than \(2 * (width + thickness) * sine / cosine) m")
    }
    return CorridorWorld(
      seed: seed, start: start, count: count, length: length, width: width, height: height,
      turn: turn)
  }
}
