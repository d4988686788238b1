import Geometry
package import SpatialMath

/// Where a race goes: gates in the order in which they are passed, pillars, and the start.
package struct RaceTrack: Sendable {
  /// An opening to fly through, along the x axis of its frame.
  package struct Gate: Sendable {
    /// The middle of the opening. [m]
    package var position: Vector<World, Double>
    /// Which way it is passed. [rad]
    package var yaw: Double

    package init(at position: Vector<World, Double>, yaw: Double) {
      (self.position, self.yaw) = (position, yaw)
    }
  }

  /// The gates of a lap.
  package var gates: [Gate]
  /// The feet of the pillars. [m]
  package var pillars: [Vector<World, Double>]
  /// Where drones begin. [m]
  package var start: Vector<World, Double>
  /// How often the gates are passed.
  package var laps = 1

  /// A track of one lap.
  package init(gates: [Gate], pillars: [Vector<World, Double>], start: Vector<World, Double>) {
    (self.gates, self.pillars, self.start) = (gates, pillars, start)
    let places = gates.map(\.position)
    let ways = zip(places, [start] + places).map { ($0 - $1).norm }
    reach = max(3, 1.2 * (ways.max() ?? 0))
  }

  /// The inner width and height of a gate. [m]
  package var opening = 0.4
  /// How wide the four sides of its frame are. [m]
  static let beam = 0.16
  /// How deep they are. [m]
  static let depth = 0.02
  /// How many obstacles a gate is made of.
  static let partCount = 4

  /// The track of lsy_drone_racing: four gates of 0.72 m with openings of 0.4 m, and four pillars, on 2.5 m by
  /// 1.5 m ([config/level2.toml](https://github.com/utiasDSL/lsy_drone_racing)).
  package static let standard = RaceTrack(
    gates: [
      Gate(at: Vector(0.5, 0.25, 0.7), yaw: -0.78), Gate(at: Vector(1.05, 0.75, 1.2), yaw: 2.35),
      Gate(at: Vector(-1, -0.25, 0.7), yaw: 3.14), Gate(at: Vector(0, -0.75, 1.2), yaw: 0),
    ],
    pillars: [
      Vector(0, 0.75, 0), Vector(1, 0.25, 0), Vector(-1.5, -0.25, 0), Vector(-0.5, -0.75, 0),
    ], start: Vector(-1.5, 0.75, 0.05))

  /// What places are seen as shares of: 3 m, or more where gates are farther apart than 2.5 m. [m]
  let reach: Double

  /// How many gates are passed in all laps.
  package var passes: Int { laps * gates.count }

  /// What gates and pillars are made of: the parts of each gate, then the pillars.
  var obstacles: [RigidBody] {
    let upright = RigidBody(
      .box(size: Vector(Self.depth, Self.beam, opening + 2 * Self.beam)))
    let level = RigidBody(.box(size: Vector(Self.depth, opening, Self.beam)))
    let pillar = RigidBody(.cylinder(radius: 0.015, height: 1.52))
    let frames = gates.flatMap { _ in [upright, upright, level, level] }
    return frames + pillars.map { _ in pillar }
  }

  /// Where a part of a gate's frame is: left, right, above, below.
  func pose(of part: Int, of gate: Gate) -> Pose<Double> {
    let reach = 0.5 * (opening + Self.beam)
    let side = part == 0 ? reach : part == 1 ? -reach : 0
    let height = part == 2 ? reach : part == 3 ? -reach : 0
    let (sine, cosine) = gate.yaw.sineAndCosine()
    return Pose(
      position: gate.position + Vector(-sine * side, cosine * side, height),
      attitude: Rotation(RollPitchYaw(roll: 0, pitch: 0, yaw: gate.yaw)))
  }

  /// Where a pillar is.
  static func pose(ofPillarAt foot: Vector<World, Double>) -> Pose<Double> {
    Pose(position: foot + Vector(0, 0, 0.76))
  }
}

extension RaceTrack.Gate {
  /// A vector of the world seen along the gate's axes, the first of which is the way through.
  package func local(_ vector: Vector<World, Double>) -> Vector<World, Double> {
    let (sine, cosine) = yaw.sineAndCosine()
    return Vector(
      cosine * vector.x + sine * vector.y, cosine * vector.y - sine * vector.x, vector.z)
  }

  /// Whether a step goes the right way through an opening of some width. [m]
  package func isPassed(
    from before: Vector<World, Double>, to here: Vector<World, Double>, through opening: Double
  ) -> Bool {
    let (start, end) = (local(before - position), local(here - position))
    guard start.x < 0, end.x >= 0 else { return false }
    let crossing = start + (-start.x / (end.x - start.x)) * (end - start)
    return max(abs(crossing.y), abs(crossing.z)) < 0.5 * opening
  }
}
