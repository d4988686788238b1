import Geometry
import Parameters
import Randomness
import SpatialMath

/// A forest by its seed, without the pillars that are in the way of drones that start.
struct ForestWorld: DrawnWorld {
  let seed: Int
  let forest: Forest
  /// What stays clear beside the places where drones start. [m]
  let clear: [Vector<World, Double>]
  /// How far pillars are from what stays clear, at least. [m]
  let clearance: Double

  func obstacles(clearOf places: [Vector<World, Double>]) -> [RigidBody] {
    var poses = Array(repeating: Pose<Double>(), count: forest.count)
    forest.place(&poses, using: SplitMix64(seed: UInt64(seed)))
    return zip(forest.pillars, poses).enumerated().compactMap { index, pillar in
      guard !forest.isHidden(pillar.1) else { return nil }
      let least = forest.radius(of: index) + clearance
      let isClear = (places + clear).allSatisfy { place in
        let offset = pillar.1.position - place
        return offset.x * offset.x + offset.y * offset.y >= least * least
      }
      guard isClear else { return nil }
      var body = pillar.0
      body.pose = pillar.1
      return body
    }
  }
}

extension ForestWorld {
  static let entry = ParameterEntry<any DrawnWorld>(
    name: "forest", summary: "a forest of upright pillars", parameters: .seed, .center,
    .size("its length, its width, and the height of its pillars", default: Vector(10, 10, 2.5)),
    .number(
      "density", "pillars a square metre", unit: "1/m²", in: .within(0...100), default: 0.1),
    .interval(
      "radii", "the radii of the pillars, spread evenly", unit: "m", in: .within(1e-3...10),
      default: 0.1...0.2),
    .number(
      "gap", "the least room between two pillars; those for which there is none are left out",
      unit: "m", in: .within(0...100), default: 0.4), .clear,
    .clearance("the least room between pillars and what stays clear", default: 0.5)
  ) { seed, center, size, density, radii, gap, clear, clearance throws(ParameterError) in
    let area = Area(center: center, size: size)
    guard density * area.ground <= Double(Forest.most) else {
      throw ParameterError(
        "makes more than \(Forest.most) pillars", of: "density",
        expected: "up to \(Double(Forest.most) / area.ground) 1/m² for this size")
    }
    return ForestWorld(
      seed: seed, forest: Forest(area: area, density: density, radii: radii, gap: gap),
      clear: clear, clearance: clearance)
  }
}
