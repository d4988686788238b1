import Bullet
import Drone
import Randomness
import SpatialMath

// The format: words of 8 bytes, lowest byte first. A mark, the version, the counts of drones and of
// obstacles, the steps made, the fingerprint, how many commands are on their way to each drone; then each
// drone and each obstacle; last, a hash of all that.
// Version 2 had no noise and no commands on their way, and a fingerprint of fewer numbers. Version 1 had no
// fingerprint, and the charge of a drone behind its push.
extension WorldSnapshot {
  /// The version of the format.
  static let formatVersion = 3
  private static let mark: UInt64 = 0x544f_4853_574c_5753  // "SWLWSHOT"

  /// The snapshot written down.
  package var bytes: [UInt8] {
    var writer = WordWriter()
    for word in [Self.mark, UInt64(Self.formatVersion)] { _ = writer.code(word) }
    for count in [drones.count, obstacles.count, steps] { _ = writer.code(count) }
    _ = writer.code(fingerprint ?? 0)
    _ = writer.code(drones.first?.pastCommands.count ?? 0)
    for var drone in drones { drone.code(by: &writer) }
    for var motion in obstacles { motion.code(by: &writer) }
    _ = writer.code(FNV1a(writer.words).value)
    return writer.words.flatMap { word in
      (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
    }
  }

  /// The snapshot that was written down as some bytes, by this version of the format or one before.
  ///
  /// - Throws: ``SnapshotError`` if they are none, or damaged, or of a later version.
  package init(bytes: [UInt8]) throws(SnapshotError) {
    guard bytes.count >= 16 else { throw .noSnapshot }
    let words = stride(from: 0, to: bytes.count - bytes.count % 8, by: 8).map { start in
      (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[start + $1]) << (8 * UInt64($1)) }
    }
    guard words[0] == Self.mark else { throw .noSnapshot }
    let version = Int(truncatingIfNeeded: words[1])
    guard 1...Self.formatVersion ~= version else { throw .version(version) }
    guard bytes.count % 8 == 0, words.last == FNV1a(words.dropLast()).value,
      let read = Self(words: words.dropFirst(2).dropLast(), version: version)
    else { throw .damaged }
    self = read
  }

  /// What the words between the version and the hash say, unless no world can be so.
  private init?(words: ArraySlice<UInt64>, version: Int) {
    let headerLength = [3, 4, 5][version - 1]
    guard words.count >= headerLength else { return nil }
    var reader = WordReader(words)
    let (droneCount, obstacleCount) = (reader.code(0), reader.code(0))
    let steps = reader.code(0)
    let fingerprint = version == 1 ? 0 : reader.code(UInt64(0))
    let commandCount = version < 3 ? 0 : reader.code(0)
    let body = words.dropFirst(headerLength)
    let wordsOfDrone = Drone.wordCount - (version < 3 ? Drone.addedInVersion3 : 0)
    guard 0...body.count ~= droneCount, 0...body.count ~= obstacleCount,
      0...body.count ~= commandCount, steps >= 0,
      body.count.isProduct(
        of: droneCount, wordsOfDrone + 4 * commandCount,
        andRest: obstacleCount * BodyMotion.wordCount)
    else { return nil }
    self.init(
      steps: steps, fingerprint: version < 3 ? nil : fingerprint,
      drones: Array(repeating: Drone(commandCount: commandCount), count: droneCount),
      obstacles: Array(repeating: BodyMotion(pose: Pose()), count: obstacleCount))
    if version < 3 {
      reader = WordReader(Self.updated(body, droneCount: droneCount, version: version))
    }
    for drone in drones.indices { drones[drone].code(by: &reader) }
    for obstacle in obstacles.indices { obstacles[obstacle].code(by: &reader) }
    guard drones.allSatisfy(\.isPossible), obstacles.allSatisfy(\.isFinite) else { return nil }
  }

  /// The words of an older version in the order of today: the charge among the state, where version 1 had it
  /// behind the push, and no noise after each drone.
  private static func updated(
    _ words: ArraySlice<UInt64>, droneCount: Int, version: Int
  ) -> ArraySlice<UInt64> {
    var words = Array(words)
    for drone in 0..<droneCount {
      let first = drone * Drone.wordCount
      if version == 1 { words.insert(words.remove(at: first + 36), at: first + 17) }
      words.insert(
        contentsOf: repeatElement(0, count: Drone.addedInVersion3),
        at: first + Drone.wordCount - Drone.addedInVersion3)
    }
    return words[...]
  }
}

extension Int {
  /// Whether it is a product and a rest, without overflow.
  fileprivate func isProduct(of a: Int, _ b: Int, andRest rest: Int) -> Bool {
    let (product, isTooMuch) = a.multipliedReportingOverflow(by: b)
    return !isTooMuch && product == self - rest
  }
}

extension WorldSnapshot.Drone {
  /// How many of ``wordCount`` version 2 did not have: the noise, and whether there is any.
  fileprivate static let addedInVersion3 = 5

  /// A drone that so many commands are on their way to.
  fileprivate init(commandCount: Int) {
    self.init()
    pastCommands = Array(repeating: PerRotor(repeating: 0), count: commandCount)
  }

  /// How many words a drone is written in, commands on their way aside.
  static let wordCount: Int = {
    var (writer, drone) = (WordWriter(), Self())
    drone.code(by: &writer)
    return writer.words.count
  }()

  /// Writes or reads all that there is to know, in the order of the format.
  mutating func code(by coder: inout some WordCoder) {
    state = state.map { coder.code($0) }
    linkFrame = linkFrame.map { coder.code($0) }
    command = command.map { coder.code($0) }
    push = Wrench(
      force: push.force.map { coder.code($0) }, torque: push.torque.map { coder.code($0) })
    contactCount = coder.code(contactCount)
    let hasTurbulence = coder.code(turbulence == nil ? 0 : 1) != 0
    var filter = turbulence ?? .blank
    filter.code(by: &coder)
    turbulence = hasTurbulence ? filter : nil
    let hasNoise = coder.code(noise == nil ? 0 : 1) != 0
    var processes = noise ?? .blank
    processes.code(by: &coder)
    noise = hasNoise ? processes : nil
    for step in pastCommands.indices {
      pastCommands[step] = pastCommands[step].map { coder.code($0) }
    }
  }

  /// Whether a drone can be so.
  var isPossible: Bool {
    var isFinite = true
    func note(_ number: Double) -> Double {
      if !number.isFinite { isFinite = false }
      return number
    }
    _ = (state.map(note), linkFrame.map(note), command.map(note))
    _ = (push.force.map(note), push.torque.map(note))
    for command in pastCommands { _ = command.map(note) }
    if let noise { _ = noise.value.map(note) }
    return isFinite && contactCount >= 0 && turbulence?.isFinite != false
      && abs(state.attitude.squaredNorm - 1) < 1e-3
  }
}

extension BodyMotion {
  /// How many words a motion is written in.
  fileprivate static let wordCount: Int = {
    var (writer, motion) = (WordWriter(), BodyMotion(pose: Pose()))
    motion.code(by: &writer)
    return writer.words.count
  }()

  /// Writes or reads all numbers, in the order of the format.
  fileprivate mutating func code(by coder: inout some WordCoder) {
    pose.position = pose.position.map { coder.code($0) }
    pose.attitude = pose.attitude.map { coder.code($0) }
    velocity = velocity.map { coder.code($0) }
    angularVelocity = angularVelocity.map { coder.code($0) }
  }

  fileprivate var isFinite: Bool {
    pose.position.isFinite && pose.attitude.isFinite && velocity.isFinite
      && angularVelocity.isFinite
  }
}
