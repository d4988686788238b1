import Datagrams
import Foundation
import Synchronization

import Betaflight

/// A firmware that answers each state with the same motors, and remembers what it is told.
///
/// It passes over what it is told of the pace, fifty states at once, as far as those come again in one breath.
final class FakeFirmware: Sendable {
  /// What it has been told.
  struct Heard {
    /// The packets of states, 18 numbers each.
    var states: [[Double]] = []
    /// The channels of the last packet of sticks. [µs]
    var channels: [UInt16] = []
    /// How many answers it has given. [–]
    var answers = 0
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
    // A port that is free now, and will most likely be in a moment.
    let free = try DatagramSocket(address: "127.0.0.1", port: 0).port
    endpoint = FirmwareEndpoint(
      ports: .init(motors: free, states: states.port, sticks: sticks.port))
    let place = try DatagramSocket.place(address: "127.0.0.1", port: free)
    let armed = motors.flatMap { motor in
      (0..<4).map { UInt8(truncatingIfNeeded: motor.bitPattern >> ($0 * 8)) }
    }
    let thread = Thread { [self] in
      while !isOver.load(ordering: .relaxed) { answer(with: armed, to: place) }
    }
    thread.start()
  }

  func end() { isOver.store(true, ordering: .relaxed) }
  func fallSilent() { isSilent.store(true, ordering: .relaxed) }
  var all: Heard { heard.withLock { $0 } }

  private func answer(with armed: [UInt8], to place: sockaddr_in) {
    DatagramSocket.wait(for: [states, sticks], atMost: 20)
    while let (_, packet) = sticks.receive() {
      heard.withLock { heard in
        heard.channels = (0..<16).map {
          UInt16(packet[8 + 2 * $0]) | UInt16(packet[9 + 2 * $0]) << 8
        }
      }
    }
    guard let (_, packet) = states.receive(), !isSilent.load(ordering: .relaxed) else { return }
    let isArmed = heard.withLock { heard in
      heard.states.append(Self.numbers(packet))
      heard.answers += 1
      return heard.channels.count == 16 && heard.channels[4] > 1700
    }
    states.send(isArmed ? armed : Array(repeating: 0, count: 16), to: place)
  }

  private static func numbers(_ packet: [UInt8]) -> [Double] {
    stride(from: 0, to: packet.count, by: 8).map { start in
      let bits = packet[start..<start + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return Double(bitPattern: bits)
    }
  }
}
