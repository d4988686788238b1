package import Geometry
package import Randomness
package import SpatialMath

/// A forest: upright pillars with room between them.
///
/// The radii are spread evenly over their range, from pillar to pillar; where pillars stand is drawn, each place
/// anew until it is far enough from those before. What finds no place is left out.
package struct Forest: Sendable, Equatable {
  /// Where the axes of the pillars stand, and how high they are.
  package let area: Area
  /// How many pillars there are in a square metre. [1/m²]
  package let density: Double
  /// The radii. [m]
  package let radii: ClosedRange<Double>
  /// The least room between the surfaces of two. [m]
  package let gap: Double
  /// How many pillars there are, with those that find no place. [–]
  package let count: Int

  /// The most pillars that there may be.
  package static let most = 4000
  /// How often a place is drawn before a pillar is left out.
  private static let attempts = 64

  /// A forest, of ``most`` pillars at most.
  package init(area: Area, density: Double, radii: ClosedRange<Double>, gap: Double) {
    (self.area, self.density, self.radii, self.gap) = (area, density, radii, gap)
    count = Int(min((density * area.ground).rounded(), Double(Self.most)))
  }

  /// The radius of a pillar. [m]
  package func radius(of index: Int) -> Double {
    let share = (Double(index) + 0.5) / Double(count)
    return radii.lowerBound + share * (radii.upperBound - radii.lowerBound)
  }

  /// The pillars, all in one place.
  package var pillars: [RigidBody] {
    (0..<count).map { index in
      RigidBody(.cylinder(radius: radius(of: index), height: area.size.z), at: hidden)
    }
  }

  /// Where a pillar is that finds no place: below the ground.
  private var hidden: Pose<Double> {
    Pose(position: area.center - Vector(0, 0, area.size.z))
  }

  /// Whether a pillar of this pose is one that found no place.
  package func isHidden(_ pose: Pose<Double>) -> Bool { pose.position.z < area.center.z }

  /// Draws where the pillars stand.
  ///
  /// - Parameters:
  ///   - poses: Their poses, the first ``count`` of these; overwritten.
  ///   - random: Where random numbers come from; each pillar takes a stream of its own.
  package func place(_ poses: inout [Pose<Double>], using random: SplitMix64) {
    for index in 0..<count {
      var own = random.stream(UInt64(index))
      poses[index] = hidden
      for _ in 0..<Self.attempts {
        let place = draw(&own)
        guard hasRoom(at: place, for: index, among: poses) else { continue }
        poses[index].position = place
        break
      }
    }
  }

  /// How far it is on the level from a place to the nearest pillar's surface; infinite where none stands. [m]
  package func room(at place: Vector<World, Double>, among poses: [Pose<Double>]) -> Double {
    var least = Double.infinity
    for index in 0..<count where !isHidden(poses[index]) {
      let (x, y) = (poses[index].position.x - place.x, poses[index].position.y - place.y)
      least = min(least, (x * x + y * y).squareRoot() - radius(of: index))
    }
    return least
  }

  private func draw(_ random: inout SplitMix64) -> Vector<World, Double> {
    let (x, y) = (0.5 * area.size.x, 0.5 * area.size.y)
    return area.center
      + Vector(random.uniform(in: -x...x), random.uniform(in: -y...y), 0.5 * area.size.z)
  }

  /// Whether a pillar is far enough from those before it.
  private func hasRoom(
    at place: Vector<World, Double>, for index: Int, among poses: [Pose<Double>]
  ) -> Bool {
    let reach = radius(of: index) + gap
    for other in 0..<index where !isHidden(poses[other]) {
      let least = reach + radius(of: other)
      if (poses[other].position - place).squaredNorm < least * least { return false }
    }
    return true
  }
}
