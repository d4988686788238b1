import Geometry
import Parameters
import Randomness
import SpatialMath

/// Balls that go to and fro on straight ways, whatever is in them.
struct MovingWorld: DrawnWorld {
  let seed: Int
  /// In which they move. [m]
  let area: Area
  /// How many there are. [–]
  let count: Int
  /// The radius of each. [m]
  let radius: Double
  /// Between which speeds theirs are drawn. [m/s]
  let speeds: ClosedRange<Double>
  /// What stays clear beside the places where drones start. [m]
  let clear: [Vector<World, Double>]
  /// How far they stay from what stays clear, at least. [m]
  let clearance: Double

  /// The shortest way. [m]
  private static let shortest = 0.01

  func obstacles(clearOf places: [Vector<World, Double>]) -> [RigidBody] {
    let random = SplitMix64(seed: UInt64(seed))
    return (0..<count).compactMap { ball in
      var own = random.stream(UInt64(ball))
      let (start, end) = (draw(&own), draw(&own))
      let speed = own.uniform(in: speeds)
      let isClear = (places + clear).allSatisfy {
        Self.distance(from: $0, toWayFrom: start, to: end) >= radius + clearance
      }
      let time = (end - start).norm / speed
      guard isClear, time * speed > Self.shortest else { return nil }
      let poses = [start, end, start].enumerated().map { index, place in
        ScheduledMotion.Keyframe(at: Double(index) * time, Pose(position: place))
      }
      return RigidBody(
        .sphere(radius: radius), motion: ScheduledMotion(poses, isLoop: true))
    }
  }

  /// A place of which a ball is wholly in the box, where that is large enough.
  private func draw(_ random: inout SplitMix64) -> Vector<World, Double> {
    func along(_ edge: Double) -> Double {
      let spare = max(0, 0.5 * edge - radius)
      return random.uniform(in: -spare...spare)
    }
    let (x, y, z) = (along(area.size.x), along(area.size.y), along(area.size.z))
    return area.center + Vector(x, y, 0.5 * area.size.z + z)
  }

  private static func distance(
    from place: Vector<World, Double>, toWayFrom start: Vector<World, Double>,
    to end: Vector<World, Double>
  ) -> Double {
    let (way, offset) = (end - start, place - start)
    let square = way.squaredNorm
    let share = square > 0 ? min(1, max(0, offset.dot(way) / square)) : 0
    return (offset - share * way).norm
  }
}

extension MovingWorld {
  static let entry = ParameterEntry<any DrawnWorld>(
    name: "moving_obstacles",
    summary: "balls that go to and fro on straight ways",
    parameters: .seed, .center,
    .size("the edges of the box in which they move", default: Vector(10, 10, 2.5)),
    .integer("count", "how many balls", in: 0...10_000, default: 5),
    .number("radius", "the radius of each", unit: "m", in: .within(1e-3...100), default: 0.2),
    .interval(
      "speeds", "between which theirs are", unit: "m/s", in: .within(0.01...100),
      default: 0.3...1), .clear,
    .clearance(
      "the least room between their ways and what stays clear; those with less are left out",
      default: 0.5)
  ) { seed, center, size, count, radius, speeds, clear, clearance in
    MovingWorld(
      seed: seed, area: Area(center: center, size: size), count: count, radius: radius,
      speeds: speeds, clear: clear, clearance: clearance)
  }
}
