import SpatialMath

/// How far a race has come, and where its gates and pillars stand this time.
package struct RaceMemory: Sendable, Codable {
  /// The most gates, and the most pillars, that there may be: all have room here, since steps take nothing from
  /// the heap.
  package static let most = 16

  /// How many gates there are. [–]
  let gateCount: Int
  /// How many pillars there are. [–]
  let pillarCount: Int
  /// Middle and yaw of each gate, four numbers each. [m, rad]
  private var gates = SIMD64<Double>.zero
  /// The foot of each pillar, two numbers each. [m]
  private var feet = SIMD32<Double>.zero
  /// Which of the gates, and of the pillars behind them, have been seen: a bit each.
  private var seen: UInt64 = 0
  /// How many gates have been passed.
  var passed = 0
  /// How much nearer to the middle of its gate the last step came. [m]
  var progress = 0.0
  /// Whether the last step passed a gate.
  var hasPassed = false

  /// The gates and pillars of a track.
  init(_ track: RaceTrack) {
    (gateCount, pillarCount) = (track.gates.count, track.pillars.count)
    for index in track.gates.indices { self[gate: index] = track.gates[index] }
    for index in track.pillars.indices { self[pillar: index] = track.pillars[index] }
  }

  /// A gate as it stands.
  subscript(gate index: Int) -> RaceTrack.Gate {
    get {
      let i = 4 * index
      return RaceTrack.Gate(at: Vector(gates[i], gates[i + 1], gates[i + 2]), yaw: gates[i + 3])
    }
    set {
      let (i, p) = (4 * index, newValue.position)
      (gates[i], gates[i + 1], gates[i + 2], gates[i + 3]) = (p.x, p.y, p.z, newValue.yaw)
    }
  }

  /// The foot of a pillar as it stands. [m]
  subscript(pillar index: Int) -> Vector<World, Double> {
    get { Vector(feet[2 * index], feet[2 * index + 1], 0) }
    set { (feet[2 * index], feet[2 * index + 1]) = (newValue.x, newValue.y) }
  }

  /// Whether a gate has been seen.
  func hasSeen(gate index: Int) -> Bool { seen >> UInt64(index) & 1 == 1 }

  /// Whether a pillar has been seen.
  func hasSeen(pillar index: Int) -> Bool { seen >> UInt64(gateCount + index) & 1 == 1 }

  /// Takes in what is within some distance of a drone. [m]
  mutating func look(from here: Vector<World, Double>, within distance: Double) {
    for index in 0..<gateCount {
      let offset = self[gate: index].position - here
      if offset.squaredNorm < distance * distance { seen |= 1 << UInt64(index) }
    }
    for index in 0..<pillarCount {
      var offset = self[pillar: index] - here
      offset.z = 0
      if offset.squaredNorm < distance * distance { seen |= 1 << UInt64(gateCount + index) }
    }
  }

  /// Whether all numbers are ones that a race of some track can come to.
  func isPossible(on track: RaceTrack) -> Bool {
    let limit = 1e6
    return gateCount == track.gates.count && pillarCount == track.pillars.count
      && 0...track.passes ~= passed && progress.isFinite
      && gates.indices.allSatisfy { abs(gates[$0]) < limit }
      && feet.indices.allSatisfy { abs(feet[$0]) < limit }
  }
}
