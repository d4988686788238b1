import Datagrams
import Foundation
import Synchronization

import Betaflight

/// A firmware that answers each state with the same motors, and remembers what it is told.
final class FakeFirmware: Sendable {
  /// What it has been told.
  struct Heard {
    /// The packets of states, 18 numbers each.
    var states: [[Double]] = []
    /// The channels of the last packet of sticks. [µs]
    var channels: [UInt16] = []
  }

  /// Where it is.
  let endpoint: FirmwareEndpoint

  private let states: DatagramSocket
  private let sticks: DatagramSocket
  private let heard = Mutex(Heard())
  private let isOver = Atomic<Bool>(false)
  private let isSilent = Atomic<Bool>(false)

  /// A firmware that gives some motors once AUX1 arms it, in the order of its packet. [–]
  init(motors: [Float]) throws {
    states = try DatagramSocket(address: "127.0.0.1", port: 0, mostBytes: 144)
    sticks = try DatagramSocket(address: "127.0.0.1", port: 0)
    endpoint = FirmwareEndpoint(ports: .init(motors: 0, states: states.port, sticks: sticks.port))
    let armed = motors.flatMap { motor in
      (0..<4).map { UInt8(truncatingIfNeeded: motor.bitPattern >> ($0 * 8)) }
    }
    let thread = Thread { [self] in
      while !isOver.load(ordering: .relaxed) { answer(with: armed) }
    }
    thread.start()
  }

  func end() { isOver.store(true, ordering: .relaxed) }
  func fallSilent() { isSilent.store(true, ordering: .relaxed) }
  var all: Heard { heard.withLock { $0 } }

  private func answer(with armed: [UInt8]) {
    DatagramSocket.wait(for: [states, sticks], atMost: 20)
    while let (_, packet) = sticks.receive() {
      heard.withLock { heard in
        heard.channels = (0..<16).map {
          UInt16(packet[8 + 2 * $0]) | UInt16(packet[9 + 2 * $0]) << 8
        }
      }
    }
    guard let (sender, packet) = states.receive(), !isSilent.load(ordering: .relaxed) else {
      return
    }
    let isArmed = heard.withLock { heard in
      heard.states.append(Self.numbers(packet))
      return heard.channels.count == 16 && heard.channels[4] > 1700
    }
    states.send(isArmed ? armed : Array(repeating: 0, count: 16), to: sender)
  }

  private static func numbers(_ packet: [UInt8]) -> [Double] {
    stride(from: 0, to: packet.count, by: 8).map { start in
      let bits = packet[start..<start + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return Double(bitPattern: bits)
    }
  }
}
