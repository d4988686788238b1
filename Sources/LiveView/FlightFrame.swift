import Foundation
import Recording
import SpatialMath

/// An instant of a flight as the page reads it: time, speed and flags as doubles, and then the rows of
/// ``ReplayPage``, a drone each, and of the obstacles that move, as floats, the least significant byte
/// first.
enum FlightFrame {
  static func bytes(
    of shown: FlightInstant, at time: Double, speed: Double, isPaused: Bool
  ) -> Data {
    var data = Data(capacity: 24 + 72 * shown.drones.count + 28 * shown.obstacles.count)
    for number in [time, speed, isPaused ? 1 : 0] { data.append(littleEndian: number.bitPattern) }
    for number in shown.drones.lazy.flatMap(\.row) + shown.obstacles.lazy.flatMap(\.row) {
      data.append(littleEndian: Float(number).bitPattern)
    }
    return data
  }
}

extension TrajectorySample {
  /// The numbers in the order of the page's columns.
  fileprivate var row: [Double] {
    let (p, q, v) = (position, attitude, velocity)
    let reference = reference?.position ?? Vector(.nan, .nan, .nan)
    return [
      p.x, p.y, p.z, q.x, q.y, q.z, q.w, v.x, v.y, v.z, rotorSpeeds[0], rotorSpeeds[1],
      rotorSpeeds[2], rotorSpeeds[3], reference.x, reference.y, reference.z, Double(contacts),
    ]
  }
}

extension ObstacleSample {
  /// The numbers in the order of the page's columns.
  fileprivate var row: [Double] {
    let (p, q) = (position, attitude)
    return [p.x, p.y, p.z, q.x, q.y, q.z, q.w]
  }
}

extension Data {
  fileprivate mutating func append<Number: FixedWidthInteger>(littleEndian number: Number) {
    for shift in stride(from: 0, to: Number.bitWidth, by: 8) {
      append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }
}
