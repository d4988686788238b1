import Foundation
import Randomness
import Recording
import SpatialMath

extension SplitMix64 {
  /// A vector with components up to 10 in magnitude, some of them short or zero.
  mutating func vector() -> Vector<World, Double> {
    let v = Vector<World, Double>(
      uniform(in: -10...10), uniform(in: -1e-7...1e-7), (uniform(in: -10...10) * 8).rounded() / 8)
    return v
  }

  /// An attitude drawn from all.
  mutating func attitude() -> Rotation<Body, World, Double> {
    Rotation(
      x: uniform(in: -1...1), y: uniform(in: -1...1), z: uniform(in: -1...1),
      w: uniform(in: -1...1)
    ).normalized
  }

  /// A sample with every column filled, but for the reference of odd drones.
  mutating func sample(time: Double, drone: Int) -> TrajectorySample {
    TrajectorySample(
      time: time, drone: drone, position: vector(), attitude: attitude(), velocity: vector(),
      angularVelocity: vector(),
      rotorSpeeds: [
        uniform(in: 0...22000), uniform(in: 0...22000), uniform(in: 0...22000), 14468.429,
      ],
      reference: drone % 2 == 0
        ? .init(position: vector(), velocity: vector(), yaw: uniform(in: -3...3)) : nil,
      contacts: Int(next() % 4))
  }
}

/// Samples of a number of instants, 48 a second, of a number of drones.
func randomFlight(instants: Int, drones: Int, seed: UInt64) -> [[TrajectorySample]] {
  var random = SplitMix64(seed: seed)
  return (0..<instants).map { i in
    (0..<drones).map { random.sample(time: Double(i) / 48, drone: $0) }
  }
}

/// The numbers of a sample in the order of the columns; NaN where there is no reference.
func numbers(_ s: TrajectorySample) -> [Double] {
  func three(_ v: Vector<World, Double>) -> [Double] { [v.x, v.y, v.z] }
  let q = s.attitude
  let angles = RollPitchYaw(q)
  let reference =
    s.reference.map { three($0.position) + three($0.velocity) + [$0.yaw] }
    ?? [Double](repeating: .nan, count: 7)
  return [s.time, Double(s.drone)] + three(s.position) + [q.x, q.y, q.z, q.w]
    + [angles.roll, angles.pitch, angles.yaw] + three(s.velocity) + three(s.angularVelocity)
    + s.rotorSpeeds.indices.map { s.rotorSpeeds[$0] } + reference + [Double(s.contacts)]
}

extension TrajectoryWriter {
  /// Writes the rows of an instant.
  mutating func append(_ instant: [TrajectorySample]) throws(RecordingError) {
    try append(instant.span)
  }
}
