import Geometry
import Randomness
import SpatialMath
import Testing
import Worlds

/// Forests as they are drawn.
struct ForestTests {
  private static let forest = Forest(
    area: Area(center: Vector(1, 2, 3), size: Vector(8, 4, 2.5)), density: 0.7, radii: 0.1...0.2,
    gap: 0.4)

  private static func poses(_ forest: Forest, seed: UInt64) -> [Pose<Double>] {
    var poses = Array(repeating: Pose<Double>(), count: forest.count)
    forest.place(&poses, using: SplitMix64(seed: seed))
    return poses
  }

  @Test("pillars stand upright on the ground, within the area", arguments: 0..<20)
  func within(seed: UInt64) {
    let poses = Self.poses(Self.forest, seed: seed)
    #expect(poses.count == 22)
    for pose in poses where !Self.forest.isHidden(pose) {
      #expect(pose.attitude == .identity && pose.position.z == 3 + 1.25)
      #expect(abs(pose.position.x - 1) <= 4 && abs(pose.position.y - 2) <= 2)
    }
  }

  @Test("no two are nearer than the gap, and few find no place", arguments: 0..<20)
  func gaps(seed: UInt64) {
    let poses = Self.poses(Self.forest, seed: seed)
    let standing = poses.indices.filter { !Self.forest.isHidden(poses[$0]) }
    #expect(standing.count >= 20)
    for i in standing {
      for j in standing where j < i {
        let room =
          (poses[i].position - poses[j].position).norm - Self.forest.radius(of: i)
          - Self.forest.radius(of: j)
        #expect(room >= 0.4, "pillars \(i) and \(j)")
      }
    }
  }

  @Test("what finds no place lies below the ground")
  func hidden() {
    let crowd = Forest(
      area: Area(size: Vector(2, 2, 2)), density: 5, radii: 0.1...0.2, gap: 0.4)
    let poses = Self.poses(crowd, seed: 1)
    let hidden = poses.filter(crowd.isHidden)
    #expect(!hidden.isEmpty && hidden.count < poses.count)
    #expect(hidden.allSatisfy { $0.position.z + 0.5 * crowd.area.size.z < 0 })
  }

  @Test("radii are spread over their range")
  func radii() {
    let radii = (0..<Self.forest.count).map(Self.forest.radius)
    #expect(radii.allSatisfy { 0.1...0.2 ~= $0 })
    #expect(abs(radii.reduce(0, +) / Double(radii.count) - 0.15) < 1e-12)
    for (pillar, radius) in zip(Self.forest.pillars, radii) {
      #expect(pillar.shape == .cylinder(radius: radius, height: 2.5))
    }
  }

  @Test("a seed draws the same forest everywhere, another seed another")
  func seeds() {
    let first = Self.poses(Self.forest, seed: 3)
    #expect(first == Self.poses(Self.forest, seed: 3))
    #expect(first != Self.poses(Self.forest, seed: 4))
    // The first place is the first of its stream: the same numbers by the generator alone.
    var random = SplitMix64(seed: 3).stream(0)
    #expect(first[0].position.x == 1 + random.uniform(in: -4...4))
    #expect(first[0].position.y == 2 + random.uniform(in: -2...2))
  }
}
