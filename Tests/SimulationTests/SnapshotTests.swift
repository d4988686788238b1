import Drone
import Geometry
import Randomness
import Simulation
import SpatialMath
import Testing

/// What a snapshot holds, what its bytes keep, and which worlds take it.
struct SnapshotTests {
  /// A windy world of two drones about a dynamic box, some steps after its start.
  private static func windy(
    model: QuadcopterModel? = nil, mean: Vector<World, Double> = Vector(1, 2, 0),
    frequency: Double = 240
  ) throws -> Simulator {
    let model = try model ?? cf2x()
    let wind = Wind(
      mean: mean, turbulence: DrydenTurbulence(intensity: 1, height: 3, airspeed: 2))
    var simulator = try Simulator(
      models: [model, model], states: [DroneState(), DroneState(position: Vector(1, 0, 1))],
      physics: air(), frequency: frequency,
      obstacles: [RigidBody(.box(size: Vector(0.1, 0.1, 0.1)), at: Pose(), mass: 0.1)],
      wind: wind, seed: 3)
    simulator.advance(steps: 5)
    return simulator
  }

  /// A value whose memory holds numbers that all differ.
  private func numbered<Value: BitwiseCopyable>(_ type: Value.Type, from first: Double) -> Value {
    let numbers = (0..<MemoryLayout<Value>.size / 8).map { first + Double($0) }
    // unsafe: the type is made of numbers alone, any of which are a value of it.
    return unsafe numbers.withUnsafeBytes { unsafe $0.loadUnaligned(as: type) }
  }

  /// All that a value is made of, as text; no list of ours says what that is.
  private func contents(_ value: some Any) -> String {
    var text = ""
    dump(value, to: &text)
    return text
  }

  /// A snapshot whose numbers all differ.
  private func filled() throws -> WorldSnapshot {
    var simulator = try Self.windy()
    var snapshot = simulator.snapshot()
    for index in 0..<2 {
      let start = 1000 * Double(index + 1)
      snapshot.drones[index].state = numbered(DroneState<Double>.self, from: start)
      snapshot.drones[index].state.attitude = Rotation(
        x: 0.1, y: 0.2, z: 0.3 - 0.5 * Double(index),
        w: (1 - 0.14 + 0.05 * Double(index)).squareRoot())
      snapshot.drones[index].linkFrame = numbered(
        RotationMatrix<Body, World, Double>.self, from: start + 100)
      snapshot.drones[index].command = numbered(PerRotor<Double>.self, from: start + 200)
      snapshot.drones[index].push = numbered(Wrench<World, Double>.self, from: start + 300)
      snapshot.drones[index].contactCount = 7 + index
    }
    return snapshot
  }

  @Test("its bytes keep every number of it")
  func bytesKeepEverything() throws {
    let snapshot = try filled()
    let read = try WorldSnapshot(bytes: snapshot.bytes)
    #expect(contents(read) == contents(snapshot))
  }

  @Test(
    "bytes of former formats are read: 1 without a fingerprint and with the charge elsewhere, 2 without noise",
    arguments: [1, 2])
  func formerFormat(version: Int) throws {
    let snapshot = try filled()
    let bytes = snapshot.bytes
    var words = stride(from: 0, to: bytes.count, by: 8).map { start in
      (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[start + $1]) << (8 * UInt64($1)) }
    }
    words[1] = UInt64(version)
    words.remove(at: 6)
    for drone in 0..<2 { words.removeSubrange(6 + 45 * drone + 45..<6 + 45 * drone + 50) }
    if version == 1 {
      words.remove(at: 5)
      for drone in 0..<2 {
        words.insert(words.remove(at: 5 + 45 * drone + 17), at: 5 + 45 * drone + 36)
      }
    }
    words[words.count - 1] = FNV1a(words.dropLast()).value
    let former = words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
    }
    let read = try WorldSnapshot(bytes: former)
    for drone in 0..<2 {
      #expect(contents(read.drones[drone]) == contents(snapshot.drones[drone]))
    }
    // It fits any world of as many drones, as it always did.
    var other = try Self.windy(mean: Vector(3, 0, 0))
    try other.restore(read)
  }

  @Test("a world of other parameters, mean wind or steps refuses it, and stays as it was")
  func foreignIsRefused() throws {
    var simulator = try Self.windy()
    let snapshot = simulator.snapshot()
    var heavy = try cf2x()
    heavy.mass *= 1.01
    try refuses(snapshot, Self.windy(model: heavy))
    try refuses(snapshot, Self.windy(mean: Vector(1, 2.5, 0)))
    try refuses(snapshot, Self.windy(frequency: 480))
    var like = try Self.windy()
    like.advance(steps: 3)
    try like.restore(snapshot)
    #expect(like.snapshot() == snapshot)
  }

  private func refuses(_ snapshot: WorldSnapshot, _ other: consuming Simulator) throws {
    let before = other.snapshot()
    #expect(throws: SnapshotError.otherWorld) { try other.restore(snapshot) }
    #expect(other.snapshot() == before)
  }
}
