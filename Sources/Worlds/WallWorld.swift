import Geometry
import Parameters
import Randomness
import SpatialMath

/// Walls across the way, one behind the other, each with an opening at a place of its own.
struct WallWorld: DrawnWorld {
  let seed: Int
  /// Through which the walls stand, across the x axis. [m]
  let area: Area
  /// How many walls there are. [–]
  let count: Int
  /// How wide the openings are. [m]
  let opening: Double
  /// How thick the walls are. [m]
  let thickness: Double

  // A wall has its place in the middle of its share of the length, so that drones start between two.
  func obstacles(clearOf places: [Vector<World, Double>]) -> [RigidBody] {
    let (random, size) = (SplitMix64(seed: UInt64(seed)), area.size)
    return (0..<count).flatMap { wall in
      var own = random.stream(UInt64(wall))
      let spare = 0.5 * (size.y - opening)
      let middle = own.uniform(in: -spare...spare)
      let x = size.x * ((Double(wall) + 0.5) / Double(count) - 0.5)
      return [
        part(at: x, from: -0.5 * size.y, to: middle - 0.5 * opening),
        part(at: x, from: middle + 0.5 * opening, to: 0.5 * size.y),
      ].compactMap(\.self)
    }
  }

  /// A part of a wall; `nil` where the opening leaves none.
  private func part(at x: Double, from low: Double, to high: Double) -> RigidBody? {
    guard high - low > 1e-3 else { return nil }
    let place = area.center + Vector(x, 0.5 * (low + high), 0.5 * area.size.z)
    return RigidBody(
      .box(size: Vector(thickness, high - low, area.size.z)), at: Pose(position: place))
  }
}

extension WallWorld {
  static let entry = ParameterEntry<any DrawnWorld>(
    name: "walls", summary: "walls across the x axis, each with an opening somewhere",
    parameters: .seed, .center,
    .size("the length that they share evenly, their width and height", default: Vector(10, 4, 2.5)),
    .integer("count", "how many walls", in: 1...1000, default: 4),
    .number(
      "opening", "how wide the openings are", unit: "m", in: .within(0.01...1000), default: 0.8),
    .number("thickness", "how thick they are", unit: "m", in: .within(1e-3...100), default: 0.1)
  ) { seed, center, size, count, opening, thickness throws(ParameterError) in
    guard opening < size.y else {
      throw ParameterError(
        "leaves no wall", of: "opening", expected: "less than the width of \(size.y) m")
    }
    guard thickness * Double(count) < size.x else {
      throw ParameterError(
        "leaves no room between walls", of: "thickness",
        expected: "less than \(size.x / Double(count)) m")
    }
    return WallWorld(
      seed: seed, area: Area(center: center, size: size), count: count, opening: opening,
      thickness: thickness)
  }
}
