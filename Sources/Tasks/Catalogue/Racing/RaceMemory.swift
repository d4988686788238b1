import SpatialMath

/// How far a race has come, and where its gates and pillars stand this time.
package struct RaceMemory: Sendable, Codable {
  /// Middle and yaw of each gate. [m, rad]
  var gates: [SIMD4<Double>]
  /// The feet of the pillars. [m]
  var pillars: [SIMD2<Double>]
  /// Which of the gates, and of the pillars behind them, have been seen: a bit each.
  var seen: UInt64 = 0
  /// How many gates have been passed.
  var passed = 0
  /// How much nearer to the middle of its gate the last step came. [m]
  var progress = 0.0
  /// Whether the last step passed a gate.
  var hasPassed = false

  /// The gates and pillars of a track.
  init(_ track: RaceTrack) {
    gates = track.gates.map { SIMD4($0.position.x, $0.position.y, $0.position.z, $0.yaw) }
    pillars = track.pillars.map { SIMD2($0.x, $0.y) }
  }

  /// A gate as it stands.
  func gate(_ index: Int) -> RaceTrack.Gate {
    let g = gates[index]
    return RaceTrack.Gate(at: Vector(g.x, g.y, g.z), yaw: g.w)
  }

  /// Where a pillar stands. [m]
  func foot(ofPillar index: Int) -> Vector<World, Double> {
    Vector(pillars[index].x, pillars[index].y, 0)
  }

  /// Whether a gate, or a pillar, counted behind the gates, has been seen.
  func hasSeen(_ index: Int) -> Bool { seen >> UInt64(index) & 1 == 1 }

  /// Takes in what is within some distance of a drone. [m]
  mutating func look(from here: Vector<World, Double>, within distance: Double) {
    for index in gates.indices {
      let offset = gate(index).position - here
      if offset.squaredNorm < distance * distance { seen |= 1 << UInt64(index) }
    }
    for index in pillars.indices {
      let offset = SIMD2(pillars[index].x - here.x, pillars[index].y - here.y)
      if (offset * offset).sum() < distance * distance {
        seen |= 1 << UInt64(gates.count + index)
      }
    }
  }
}
