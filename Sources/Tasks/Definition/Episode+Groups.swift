import Drone
import SpatialMath

// What groups of drones do. Some drones of a group may be of other worlds: of these nothing is said.
extension Episode {
  /// The rows of the world's drones.
  @inline(__always)
  var rows: Range<Int> { row(0)..<row(agentCount) }

  /// How many others that take part are nearer to each drone of a group than some distance. [–]
  @inline(__always)
  func countOthers(nearGroup group: Int, within distance: Double) -> DroneLanes {
    let (here, limit) = (states[group].position, DroneLanes(distance * distance))
    let own = DroneLanes(Double(group * DroneLanes.laneCount)) + .laneNumbers
    var count = DroneLanes.zero
    for agent in 0..<agentCount where isPresent(agent) {
      let other = DroneLanes(Double(row(agent)))
      let way = position(of: agent).map { DroneLanes($0) } - here
      let isNear = (way.squaredNorm .< limit) .& ((own .< other) .| (other .< own))
      count += DroneLanes.zero.replacing(with: .one, where: isNear)
    }
    return count
  }

  /// Which drones of a group have hit something or turned over.
  @inline(__always)
  func haveCrashed(inGroup group: Int) -> DroneLanes.Mask {
    let first = group * DroneLanes.laneCount
    func touching(_ lane: Int) -> Float {
      rows.contains(first + lane) && records.contactCounts[first + lane] > 0 ? 1 : 0
    }
    let lanes = SIMD4(touching(0), touching(1), touching(2), touching(3))
    let isTouching = DroneLanes.zero .< DroneLanes(widening: lanes)
    let attitude = states[group].attitude
    return isTouching .| .!Self.isUpright(attitude.x, attitude.y)
  }
}

extension Vector where S == DroneLanes {
  /// The vectors of four drones.
  @inline(__always)
  init(
    _ a: Vector<F, Double>, _ b: Vector<F, Double>, _ c: Vector<F, Double>, _ d: Vector<F, Double>
  ) {
    self.init(
      DroneLanes(SIMD4(a.x, b.x, c.x, d.x)), DroneLanes(SIMD4(a.y, b.y, c.y, d.y)),
      DroneLanes(SIMD4(a.z, b.z, c.z, d.z)))
  }
}
