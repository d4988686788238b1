import Bullet
import Drone
import Randomness
import SpatialMath

// The format: words of 8 bytes, lowest byte first. A mark, the version, the counts of drones and of
// obstacles, the steps made; then each drone and each obstacle; last, a hash of all that.
extension WorldSnapshot {
  /// The version of the format.
  static let formatVersion = 1
  private static let mark: UInt64 = 0x544f_4853_574c_5753  // "SWLWSHOT"
  private static let headerLength = 5
  private static let droneLength = 45
  private static let obstacleLength = 13

  /// The snapshot written down.
  public var bytes: [UInt8] {
    var words = [
      Self.mark, UInt64(Self.formatVersion), UInt64(drones.count), UInt64(obstacles.count),
      UInt64(steps),
    ]
    for drone in drones { words += drone.words }
    for motion in obstacles { words += motion.numbers.map(\.bitPattern) }
    words.append(FNV1a(words).value)
    return words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
  }

  /// The snapshot that was written down as some bytes.
  ///
  /// - Throws: ``SnapshotError`` if they are none, or damaged, or of another version.
  public init(bytes: [UInt8]) throws(SnapshotError) {
    guard bytes.count >= 16 else { throw .noSnapshot }
    let words = stride(from: 0, to: bytes.count - bytes.count % 8, by: 8).map { start in
      (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[start + $1]) << (8 * UInt64($1)) }
    }
    guard words[0] == Self.mark else { throw .noSnapshot }
    guard words[1] == Self.formatVersion else {
      throw .version(Int(truncatingIfNeeded: words[1]))
    }
    guard bytes.count % 8 == 0, words.count > Self.headerLength,
      words.last == FNV1a(words.dropLast()).value,
      let droneCount = Int(exactly: words[2]), let obstacleCount = Int(exactly: words[3]),
      let steps = Int(exactly: words[4]), droneCount < words.count, obstacleCount < words.count,
      words.count == Self.headerLength + droneCount * Self.droneLength
        + obstacleCount * Self.obstacleLength + 1
    else { throw .damaged }
    let body = words.dropFirst(Self.headerLength)
    let (drones, motions) = (
      body.prefix(droneCount * Self.droneLength), body.dropFirst(droneCount * Self.droneLength)
    )
    self.steps = steps
    self.drones = drones.split(every: Self.droneLength).compactMap(Drone.init(words:))
    obstacles = motions.dropLast().split(every: Self.obstacleLength).map {
      BodyMotion(numbers: $0.map(Double.init(bitPattern:)))
    }
    let isFinite = obstacles.allSatisfy { $0.numbers.allSatisfy(\.isFinite) }
    guard self.drones.count == droneCount, isFinite else { throw .damaged }
  }
}

extension RandomAccessCollection where Index == Int {
  fileprivate func split(every length: Int) -> [[Element]] {
    stride(from: startIndex, to: endIndex, by: length).map { Array(self[$0..<$0 + length]) }
  }
}

extension WorldSnapshot.Drone {
  /// The bits of all that there is to know, in the order of the format.
  var words: [UInt64] {
    let (s, f) = (state, linkFrame)
    let numbers =
      s.position.list + [s.attitude.x, s.attitude.y, s.attitude.z, s.attitude.w] + s.velocity.list
      + s.bodyRates.list + s.rotorSpeeds.array + f.xRow.list + f.yRow.list + f.zRow.list
      + command.array + push.force.list + push.torque.list + [s.drawnCharge]
    let eddies = eddy?.words ?? Array(repeating: 0, count: DrydenFilter.wordCount)
    return numbers.map(\.bitPattern) + [UInt64(contactCount), eddy == nil ? 0 : 1] + eddies
  }

  /// What some words say, unless no drone can be so.
  init?(words: [UInt64]) {
    let n = words.prefix(37).map(Double.init(bitPattern:))
    guard n.allSatisfy(\.isFinite), let contactCount = Int(exactly: words[37]), words[38] <= 1
    else { return nil }
    if words[38] == 1 {
      guard let eddy = DrydenFilter(words: Array(words[39...])) else { return nil }
      self.eddy = eddy
    }
    state = DroneState(
      position: Vector(n[0], n[1], n[2]),
      attitude: Rotation(x: n[3], y: n[4], z: n[5], w: n[6]),
      velocity: Vector(n[7], n[8], n[9]), bodyRates: Vector(n[10], n[11], n[12]),
      rotorSpeeds: PerRotor(n[13], n[14], n[15], n[16]), drawnCharge: n[36])
    linkFrame = RotationMatrix(
      xRow: Vector(n[17], n[18], n[19]), yRow: Vector(n[20], n[21], n[22]),
      zRow: Vector(n[23], n[24], n[25]))
    command = PerRotor(n[26], n[27], n[28], n[29])
    push = Wrench(force: Vector(n[30], n[31], n[32]), torque: Vector(n[33], n[34], n[35]))
    self.contactCount = contactCount
    guard abs(state.attitude.squaredNorm - 1) < 1e-3 else { return nil }
  }
}

extension BodyMotion {
  fileprivate var numbers: [Double] {
    let q = pose.attitude
    return pose.position.list + [q.x, q.y, q.z, q.w] + velocity.list + angularVelocity.list
  }

  fileprivate init(numbers n: [Double]) {
    self.init(
      pose: Pose(
        position: Vector(n[0], n[1], n[2]), attitude: Rotation(x: n[3], y: n[4], z: n[5], w: n[6])),
      velocity: Vector(n[7], n[8], n[9]), angularVelocity: Vector(n[10], n[11], n[12]))
  }
}

extension Vector where S == Double {
  fileprivate var list: [Double] { [x, y, z] }
}
