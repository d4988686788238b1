import Control
import Datagrams
import Foundation

/// The exchange with an ArduPilot: a packet of servos, and the state that answers it.
struct ArduPilotLink: Sendable {
  /// What comes of waiting.
  enum Event {
    /// The next frame.
    case servos(ServoPacket)
    /// ArduPilot was started again.
    case begunAgain
  }

  private let endpoint: ArduPilotEndpoint
  private let socket: DatagramSocket
  /// Who sends the servos, and the number of the last frame.
  private var peer: (address: sockaddr_in, frame: UInt32)?
  /// What answered that frame.
  private var answer: [UInt8] = []
  /// What came while the answer was made.
  private var waiting: (sender: sockaddr_in, packet: ServoPacket)?

  /// After so long a silence others may take the place of who has sent the servos. [s]
  private static let silence = 1.0

  /// A link that listens.
  init(_ endpoint: ArduPilotEndpoint) throws(ControllerError) {
    self.endpoint = endpoint
    do throws(DatagramError) {
      socket = try DatagramSocket(
        address: endpoint.listen, port: endpoint.port, mostBytes: ServoPacket.mostBytes + 1)
    } catch .taken {
      throw ControllerError(
        "port \(endpoint.port) of \(endpoint.listen) is taken: another simulator takes servos there; "
          + "expected a free one, as port: says")
    } catch { throw ControllerError(error.description) }
  }

  /// Answers the last frame, if there was one.
  mutating func send(_ text: String) {
    guard let peer else { return }
    // What was sent again while the answer was made needs no answer of its own.
    while waiting == nil, let next = receive() {
      if next.packet.frame != peer.frame || !isPeer(next.sender) { waiting = next }
    }
    answer = Array(text.utf8)
    socket.send(answer, to: peer.address)
  }

  /// Waits for the next frame.
  ///
  /// - Parameter patience: How long. [s]
  /// - Returns: What came.
  /// - Throws: ``ControllerError`` if nothing did.
  mutating func next(patience: Double) throws(ControllerError) -> Event {
    let start = ContinuousClock.now
    while true {
      let waited = (ContinuousClock.now - start) / .seconds(1)
      guard waited < patience else { throw silent(for: patience) }
      guard let (sender, packet) = waiting.take() ?? receive() else {
        DatagramSocket.wait(for: [socket], atMost: 20)
        continue
      }
      guard let peer else {
        self.peer = (sender, packet.frame)
        return .servos(packet)
      }
      if isPeer(sender) {
        if packet.frame < peer.frame { return .begunAgain }
        if packet.frame > peer.frame {
          self.peer = (sender, packet.frame)
          return .servos(packet)
        }
        socket.send(answer, to: sender)
      } else if waited > Self.silence {
        return .begunAgain
      }
    }
  }

  /// The next packet that waits; what is none is passed over.
  private func receive() -> (sender: sockaddr_in, packet: ServoPacket)? {
    while let (sender, bytes) = socket.receive() {
      if let packet = ServoPacket(bytes) { return (sender, packet) }
    }
    return nil
  }

  private func isPeer(_ sender: sockaddr_in) -> Bool {
    peer?.address.sin_port == sender.sin_port
      && peer?.address.sin_addr.s_addr == sender.sin_addr.s_addr
  }

  private func silent(for patience: Double) -> ControllerError {
    let place = "\(endpoint.listen):\(endpoint.port)"
    guard peer != nil else {
      return ControllerError(
        "no ArduPilot has sent servos to \(place) for \(patience) s (start its SITL with "
          + "--model JSON:\(endpoint.listen))")
    }
    return ControllerError("ArduPilot has sent no servos to \(place) for \(patience) s")
  }
}
