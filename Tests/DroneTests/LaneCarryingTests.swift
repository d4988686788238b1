import Drone
import SpatialMath
import Testing

/// A value made of numbers over lanes, of which one lane can be read and written.
private protocol OverLanes: BitwiseCopyable {
  associatedtype Single: BitwiseCopyable
  subscript(lane lane: Int) -> Single { get set }
}

extension Vector: OverLanes {}
extension Rotation: OverLanes {}
extension RotationMatrix: OverLanes {}
extension PerRotor: OverLanes where Value: Lanes {}
extension DroneState: OverLanes {}
extension DroneParameters: OverLanes {}

/// Memory is filled with numbers that all differ, so that a number that is left out, or put in the place of
/// another, is seen, whatever fields the types have.
@Suite("Values over lanes carry every number that they are made of")
struct LaneCarryingTests {
  @Test("vectors and rotations")
  func space() {
    check(Vector<World, DoubleLanes>.self)
    check(Rotation<Body, World, DoubleLanes>.self)
    check(RotationMatrix<Body, World, DoubleLanes>.self)
  }

  @Test("rotors, states and parameters, with their curves, lag and battery")
  func drones() {
    check(PerRotor<DoubleLanes>.self)
    check(DroneState<DoubleLanes>.self)
    check(DroneParameters<DoubleLanes>.self)
  }

  @Test("states and parameters made of the numbers of others")
  func maps() {
    let state = numbered(DroneState<Double>.self, from: 1)
    expect(state.map { -$0 }, hasNumbers: numbers(in: state).map { -$0 })
    let parameters = numbered(DroneParameters<Double>.self, from: 1)
    expect(parameters.map { -$0 }, hasNumbers: numbers(in: parameters).map { -$0 })
    let four = parameters.map { DoubleLanes($0) }
    expect(four, hasNumbers: numbers(in: parameters).flatMap { Array(repeating: $0, count: 4) })
  }

  /// Reads and writes each lane of a value, and compares all of its memory.
  private func check<Value: OverLanes>(_ type: Value.Type) {
    let value = numbered(type, from: 1)
    let all = numbers(in: value)
    #expect(all.count == 4 * MemoryLayout<Value.Single>.size / MemoryLayout<Double>.size)
    for lane in 0..<4 {
      let own = stride(from: lane, to: all.count, by: 4)
      expect(value[lane: lane], hasNumbers: own.map { all[$0] })
      var (written, expected) = (value, all)
      written[lane: lane] = numbered(Value.Single.self, from: 1000)
      for (place, index) in own.enumerated() { expected[index] = 1000 + Double(place) }
      expect(written, hasNumbers: expected)
    }
  }

  private func expect<Value: BitwiseCopyable>(_ value: Value, hasNumbers expected: [Double]) {
    #expect(numbers(in: value) == expected, "\(Value.self)")
  }

  /// A value whose memory holds a number after another, counted from the first.
  private func numbered<Value: BitwiseCopyable>(_ type: Value.Type, from first: Double) -> Value {
    let numbers = (0..<MemoryLayout<Value>.size / MemoryLayout<Double>.size).map {
      first + Double($0)
    }
    // unsafe: the type is made of numbers alone, any of which are a value of it.
    return unsafe numbers.withUnsafeBytes { unsafe $0.loadUnaligned(as: type) }
  }

  /// The numbers in the memory of a value.
  private func numbers<Value: BitwiseCopyable>(in value: Value) -> [Double] {
    // unsafe: the type is made of numbers alone.
    unsafe withUnsafeBytes(of: value) { unsafe Array($0.bindMemory(to: Double.self)) }
  }
}
