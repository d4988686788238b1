/// What ArduPilot tells the servos of its JSON interface, little-endian.
///
/// The magic number (two bytes: 18458 with 16 servos, 29569 with 32), the rate of its frames in Hz (two bytes), the number of the frame
/// (four), and the servos' pulses in µs (two each).
///
/// - https://ardupilot.org/dev/docs/sitl-with-JSON.html
package struct ServoPacket: Sendable, Equatable {
  /// How often it wants to hear of the drone. [Hz]
  package var frameRate: UInt16
  /// The number of the frame, from 0 where ArduPilot begins.
  package var frame: UInt32
  /// The pulses, 16 or 32 of them. [µs]
  package var pulses: [UInt16]

  /// The largest packet. [bytes]
  static let mostBytes = 72

  /// The packet of a datagram; `nil` for what is none.
  package init?(_ bytes: [UInt8]) {
    func number<T: FixedWidthInteger>(_ start: Int, _: T.Type = T.self) -> T {
      bytes[start..<start + T.bitWidth / 8].reversed().reduce(0) { $0 << 8 | T($1) }
    }
    guard bytes.count >= 2 else { return nil }
    let count: Int
    switch number(0, UInt16.self) {
    case 18_458: count = 16
    case 29_569: count = 32
    default: return nil
    }
    guard bytes.count == 8 + 2 * count else { return nil }
    (frameRate, frame) = (number(2), number(4))
    pulses = (0..<count).map { number(8 + 2 * $0) }
  }

  /// How far a motor is opened, from 0 to 1; 0 where it is told no pulse. [–]
  func throttle(_ motor: Int) -> Double { min(max((Double(pulses[motor]) - 1000) / 1000, 0), 1) }
}
