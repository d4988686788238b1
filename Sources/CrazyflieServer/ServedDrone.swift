import Control
import Crazyflie
import Datagrams
import Drone
import Foundation
import Scenario

/// A drone that clients reach by a port of its own.
struct ServedDrone {
  /// Its socket.
  let socket: DatagramSocket

  private var firmware: CrazyflieFirmware
  /// Who hears what the drone sends by itself: the last one who sent it more than a question whether it is
  /// there.
  private var client: sockaddr_in?

  /// A drone that listens.
  ///
  /// - Parameters:
  ///   - drone: What the scenario says of it.
  ///   - index: Its place among the drones. [–]
  ///   - gravity: The acceleration of free fall. [m/s²]
  ///   - options: How it is served.
  /// - Throws: ``ServerError`` if it cannot be.
  init(
    _ drone: DroneSpecification, index: Int, gravity: Double, _ options: ServerOptions
  ) throws(ServerError) {
    let law = drone.controller.controller as? any CrazyflieLaw
    let configuration = CrazyflieFirmware.Configuration(
      version: "swiftlet \(SwiftletVersion.current)", identifier: UInt8(truncatingIfNeeded: index),
      usesMellinger: law is CrazyflieMellinger, requiresArming: options.requiresArming,
      isLockStepped: options.pace == .lockStep)
    do throws(ControllerError) {
      firmware = try CrazyflieFirmware(
        model: drone.model, gravity: gravity, voltage: law?.voltage ?? 3.7, configuration)
    } catch { throw .drone("drone \(index): \(error.description)") }
    let port = options.port == 0 ? 0 : Int(options.port) + index
    guard let port = UInt16(exactly: port) else {
      throw .port("there is no port \(port) for drone \(index); give a lower one with --port")
    }
    do throws(DatagramError) {
      socket = try DatagramSocket(address: options.address, port: port)
    } catch { throw ServerError(error) }
  }

  /// The next packet of a client; `nil` where none waits.
  ///
  /// - Returns: The client and the packet, which is `nil` for a datagram that is none.
  mutating func receive() -> (sender: sockaddr_in, packet: CRTPPacket?)? {
    guard let (sender, bytes) = socket.receive() else { return nil }
    let packet = CRTPPacket(datagram: bytes)
    if packet?.isNull == false { client = sender }
    return (sender, packet)
  }

  /// What a packet makes the drone do and say.
  ///
  /// - Parameter packet: The packet.
  /// - Returns: The answers, and what the client asks of the simulator, which comes first.
  mutating func answers(
    to packet: CRTPPacket
  ) -> (answers: [CRTPPacket], request: CrazyflieFirmware.Request?) {
    let answers = firmware.answers(to: packet)
    return (answers, firmware.takeRequest())
  }

  /// Sends packets.
  func send(_ packets: [CRTPPacket], to client: sockaddr_in) { socket.send(packets, to: client) }

  /// Whether a client is sent what its range finders see.
  var isAskedForRanges: Bool { firmware.isAskedForRanges }

  /// Takes in what its range finders see.
  mutating func see(_ ranges: Ranges) { firmware.ranges = ranges }

  /// Makes a step of what is on board, and sends what is due.
  ///
  /// - Parameters:
  ///   - state: How the drone moves, or seems to.
  ///   - time: The time. [s]
  ///   - period: The time between two steps. [s]
  /// - Returns: The speeds of the rotors [rpm], and where the drone should be, if it is told so.
  mutating func step(
    _ state: DroneState<Double>, at time: Double, every period: Double
  ) -> (speeds: PerRotor<Double>, setpoint: Setpoint?) {
    let speeds = firmware.rotorSpeeds(for: state, at: time, every: period)
    // By the socket, since a method of the drone's would be lent a copy of all that is on board.
    if let client { socket.send(firmware.reports(), to: client) }
    return (speeds, firmware.followed)
  }

  /// Switches it off and on.
  mutating func restart() {
    // It could be made before, by the initializer.
    try? firmware.restart()
  }
}

extension DatagramSocket {
  /// Sends packets, a datagram each.
  fileprivate func send(_ packets: [CRTPPacket], to client: sockaddr_in) {
    for packet in packets { send(packet.datagram, to: client) }
  }
}
