import Drone
import Geometry
import SpatialMath

extension FlightSpecification {
  /// The first pairs of drones, ten at most, whose bodies certainly overlap at the start.
  var overlappingPairs: [(Int, Int)] {
    let order = drones.indices.sorted { drones[$0].start.position.x < drones[$1].start.position.x }
    let reach = drones.map(\.model.collisionShape.inscribedRadius)
    let longest = reach.max() ?? 0
    var pairs: [(Int, Int)] = []
    for (rank, a) in order.enumerated() {
      for b in order[(rank + 1)...] {
        let gap = drones[b].start.position - drones[a].start.position
        if gap.x > reach[a] + longest || pairs.count == 10 { break }
        if gap.norm < reach[a] + reach[b] { pairs.append((min(a, b), max(a, b))) }
      }
    }
    return pairs.sorted { $0 < $1 }
  }
}
