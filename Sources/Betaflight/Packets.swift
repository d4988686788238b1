import Drone
import SpatialMath

/// The packets of the SITL of Betaflight 4.6, little-endian.
enum Packets {
  /// What the firmware is told of the drone, 18 numbers.
  ///
  /// It takes rates and attitude along forwards, right and down, and what is felt turned round; attitude is
  /// w, x, y, z.
  ///
  /// - Parameters:
  ///   - state: How the drone moves.
  ///   - felt: What an accelerometer says, the gravity upwards at rest. [m/s²]
  /// - Returns: The numbers behind the time.
  static func numbers(of state: DroneState<Double>, feeling felt: Vector<Body, Double>) -> [Double]
  {
    let (turn, rates) = (state.attitude, state.bodyRates)
    return [rates.x, -rates.y, -rates.z, -felt.x, -felt.y, -felt.z]
      + [turn.w, turn.x, -turn.y, -turn.z]
      + [state.velocity.x, state.velocity.y, state.velocity.z]
      + [state.position.x, state.position.y, state.position.z, 101_325]
  }

  /// The packet of a state, 144 bytes.
  ///
  /// Its time stands still. By the times of two packets the firmware would scale its clock: where they came
  /// late one after the other, that leapt by hundreds of milliseconds, and what its loops had learnt ran away.
  ///
  /// - Parameters:
  ///   - numbers: What ``numbers(of:feeling:)`` gives.
  ///   - time: The time. [s]
  /// - Returns: The bytes.
  static func state(_ numbers: [Double], at time: Double = 1) -> [UInt8] {
    ([time] + numbers).flatMap { bytes(of: $0.bitPattern) }
  }

  /// The packet of sticks, 40 bytes.
  static func sticks(_ sticks: RadioSticks) -> [UInt8] {
    bytes(of: 1.0.bitPattern) + sticks.channels.flatMap { bytes(of: $0) }
  }

  /// What is said to a program whose time is the simulation's: `fc_turn` of `CFirmwareClock.h`.
  ///
  /// - Parameters:
  ///   - time: How far time may go. [s]
  ///   - numbers: What ``numbers(of:feeling:)`` gives.
  ///   - sticks: What the pilot does, if that is said.
  /// - Returns: The bytes.
  static func turn(
    until time: Double, _ numbers: [Double], _ sticks: RadioSticks?
  ) -> [UInt8] {
    bytes(of: UInt64((time * 1e9).rounded())) + state(numbers)
      + (sticks.map { Packets.sticks($0) } ?? [])
  }

  /// What the motors are told, four shares from 0 to 1; `nil` for bytes that do not say. [–]
  static func motors(_ packet: [UInt8]) -> [Double]? {
    guard packet.count == 16 else { return nil }
    let shares = (0..<4).map { motor in
      let bits = packet[4 * motor..<4 * motor + 4].reversed().reduce(UInt32(0)) {
        $0 << 8 | UInt32($1)
      }
      return Double(Float(bitPattern: bits))
    }
    return shares.allSatisfy(\.isFinite) ? shares.map { min(max($0, 0), 1) } : nil
  }

  private static func bytes(of number: some FixedWidthInteger) -> [UInt8] {
    (0..<number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }
}
