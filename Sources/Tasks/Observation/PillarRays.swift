import Drone
import Geometry
import SpatialMath

/// Level rays of one drone among upright pillars, in closed form: where there is nothing else for them to see,
/// they need no scene.
///
/// A ray along the unit vector d meets the circle of radius r about c, both seen from the drone, at
/// t = b − √(b² − (|c|² − r²)) with b = c · d, if that root is real. As of a scene, only surfaces seen from
/// outside count.
struct PillarRays: Sendable {
  /// A pillar: its radius, and half its height. [m]
  private let pillars: [(radius: Double, half: Double)]
  /// Along each ray where the yaw is 0, a group an element; the last group is filled up. [–]
  private let directions: [(x: DoubleLanes, y: DoubleLanes)]
  /// The distances along the rays. [m]
  private var distances: [DoubleLanes]
  private let rayCount: Int
  /// Between which distances things are seen. [m]
  private let range: ClosedRange<Double>

  /// The rays of a drone by itself among pillars; `nil` where there may be more to see.
  init?(directions: [Vector<Body, Double>], range: ClosedRange<Double>, of rules: TaskRules) {
    let pillars = rules.setup.obstacles.map { obstacle -> (Double, Double)? in
      guard case .cylinder(let radius, let height) = obstacle.shape else { return nil }
      return (radius, 0.5 * height)
    }
    let known = pillars.compactMap(\.self)
    guard rules.agentCount == 1, known.count == pillars.count,
      directions.allSatisfy({ $0.z == 0 })
    else { return nil }
    (self.pillars, self.range, rayCount) = (known, range, directions.count)
    let count = DoubleLanes.laneCount
    self.directions = stride(from: 0, to: directions.count, by: count).map { first in
      var group = (x: DoubleLanes.zero, y: DoubleLanes.zero)
      for lane in 0..<count {
        let direction = directions[min(first + lane, directions.count - 1)]
        (group.x[lane: lane], group.y[lane: lane]) = (direction.x, direction.y)
      }
      return group
    }
    distances = Array(repeating: .zero, count: self.directions.count)
  }

  /// Whether all pillars stand upright where they are now.
  static func areUpright(_ poses: [Pose<Double>]) -> Bool {
    poses.allSatisfy { $0.attitude.x == 0 && $0.attitude.y == 0 }
  }

  /// Finds how far a drone sees.
  ///
  /// - Parameters:
  ///   - pose: Where it is; its x axis is level.
  ///   - poses: Where the pillars stand, upright.
  mutating func cast(from pose: Pose<Double>, among poses: [Pose<Double>]) {
    for group in distances.indices { distances[group] = DoubleLanes(range.upperBound) }
    let nose = RotationMatrix(pose.attitude).xAxis
    for (index, pillar) in pillars.enumerated() {
      let offset = poses[index].position - pose.position
      let square = offset.x * offset.x + offset.y * offset.y
      let reach = range.upperBound + pillar.radius
      let excess = square - pillar.radius * pillar.radius
      guard abs(offset.z) <= pillar.half, square < reach * reach, excess >= 0 else { continue }
      meet(
        x: nose.x * offset.x + nose.y * offset.y, y: nose.x * offset.y - nose.y * offset.x,
        excess: excess)
    }
  }

  /// Ends the rays at a pillar that is at some place, seen along the drone's axes. [m, m²]
  private mutating func meet(x: Double, y: Double, excess: Double) {
    for (group, direction) in directions.enumerated() {
      let along = x * direction.x + y * direction.y
      let root = along * along - DoubleLanes(excess)
      let distance = along - root.replacing(with: .zero, where: root .< .zero).squareRoot()
      let isMet =
        (DoubleLanes.zero .<= root) .& (DoubleLanes(range.lowerBound) .<= distance)
        .& (distance .< distances[group])
      distances[group] = distances[group].replacing(with: distance, where: isMet)
    }
  }

  /// Writes the distances as shares of the reach. [–]
  func write(into shares: inout [Float], at place: Int) {
    for ray in 0..<rayCount {
      let (group, lane) = (ray / DoubleLanes.laneCount, ray % DoubleLanes.laneCount)
      shares[place + ray] = Float(distances[group][lane: lane] / range.upperBound)
    }
  }
}
