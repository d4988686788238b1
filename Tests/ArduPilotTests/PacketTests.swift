import Drone
import Randomness
import SpatialMath
import Testing

import ArduPilot

/// The bytes of both directions.
@Suite("packets of ArduPilot's JSON interface")
struct PacketTests {
  @Test("packets with 16 and with 32 servos are read", arguments: [16, 32])
  func servos(count: Int) throws {
    let bytes = FakeArduPilot.packet(
      70_000, rate: 1200, throttles: [0.1, 0.2, 0.3, 1], servoCount: count)
    #expect(bytes.count == 8 + 2 * count)
    let packet = try #require(ServoPacket(bytes))
    #expect(packet.frameRate == 1200 && packet.frame == 70_000)
    #expect(packet.pulses.prefix(5) == [1100, 1200, 1300, 2000, 0] && packet.pulses.count == count)
  }

  @Test("what is cut off, too long or of another kind is none")
  func others() {
    let bytes = FakeArduPilot.packet(0, throttles: [0, 0, 0, 0])
    for count in 0..<bytes.count { #expect(ServoPacket(Array(bytes.prefix(count))) == nil) }
    #expect(
      ServoPacket(bytes + [0]) == nil && ServoPacket(bytes + Array(repeating: 0, count: 32)) == nil)
    var other = bytes
    other[0] ^= 1
    #expect(ServoPacket(other) == nil)
    var random = SplitMix64(seed: 1)
    for size in 0..<200 {
      _ = ServoPacket((0..<size).map { _ in UInt8(truncatingIfNeeded: random.next()) })
    }
  }

  @Test("the axes are north, east and down, and forwards, right and down")
  func axes() {
    // It looks north: a quarter turn to the left from east. Then its nose goes up, which is about −y.
    let north = Rotation<Body, World, Double>(RollPitchYaw(roll: 0.2, pitch: -0.3, yaw: .pi / 2))
    let state = DroneState<Double>(
      position: Vector(1, 2, 3), attitude: north, velocity: Vector(4, 5, 6),
      bodyRates: Vector(0.1, 0.2, 0.3))
    let report = StateReport(state, feeling: Vector(0.5, 0.25, 9.81), at: 1.5)
    #expect(report.position == [2, 1, -3] && report.velocity == [5, 4, -6])
    #expect(report.rates == [0.1, -0.2, -0.3] && report.felt == [0.5, -0.25, -9.81])
    for (angle, wanted) in zip(report.attitude, [0.2, 0.3, 0]) {
      #expect(abs(angle - wanted) < 1e-12)
    }
    // East is at 90° of the compass.
    let east = StateReport(DroneState<Double>(), feeling: .zero, at: 0)
    #expect(abs(east.attitude[2] - .pi / 2) < 1e-12)
    let half = 0.5.squareRoot()
    for (part, wanted) in zip(east.quaternion, [half, 0, 0, half]) {
      #expect(abs(part - wanted) < 1e-12)
    }
  }

  @Test("the text is one line that ArduPilot's reader takes apart")
  func text() {
    let report = StateReport(
      DroneState<Double>(position: Vector(0.25, 0, 1)), feeling: Vector(0, 0, 9.5), at: 0.0025)
    let half = 0.5.squareRoot()
    #expect(report.text.hasPrefix("\n{\"timestamp\":0.0025,\"imu\":{\"gyro\":[0.0, -0.0, -0.0],"))
    #expect(
      report.text.contains("\"accel_body\":[0.0, -0.0, -9.5]},\"position\":[0.0, 0.25, -1.0],"))
    #expect(report.text.contains("\"quaternion\":[\(half), "))
    #expect(report.text.hasSuffix("\"velocity\":[0.0, 0.0, -0.0]}\n"))
    #expect(report.text.filter { $0 == "\n" }.count == 2 && !report.text.contains(": "))
  }
}
