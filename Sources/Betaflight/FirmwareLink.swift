import Datagrams
import Foundation
import Synchronization

/// The datagrams between a drone and its firmware: a state goes out, and motors come back, one for one.
final class FirmwareLink: Sendable {
  private let motors: DatagramSocket
  private let states: sockaddr_in
  private let sticks: sockaddr_in
  /// The time of the states, which stands still but for ``wake(_:)``. [s]
  private let time = Mutex(1.0)

  /// Listens for motors.
  init(_ endpoint: FirmwareEndpoint) throws(BetaflightError) {
    let ports = endpoint.ports
    do throws(DatagramError) {
      motors = try DatagramSocket(address: endpoint.listen, port: ports.motors)
      states = try DatagramSocket.place(address: endpoint.address, port: ports.states)
      sticks = try DatagramSocket.place(address: endpoint.address, port: ports.sticks)
    } catch .taken {
      throw BetaflightError(
        "port \(ports.motors) of \(endpoint.listen) is taken: another simulator takes motors there")
    } catch { throw BetaflightError(error.description) }
  }

  /// Refuses to start a firmware where one runs already, which would hear what is meant for the other.
  static func checkThatNoneRuns() throws(BetaflightError) {
    let endpoint = FirmwareEndpoint()
    do throws(DatagramError) {
      _ = try DatagramSocket(address: endpoint.address, port: endpoint.ports.states)
    } catch {
      throw BetaflightError("\(error): another firmware runs; its ports are fixed when it is built")
    }
  }

  /// Sends what the pilot does.
  func send(_ sticks: RadioSticks) { motors.send(Packets.sticks(sticks), to: self.sticks) }

  /// Sends a state until motors answer it: the firmware passes over one now and then.
  ///
  /// - Parameters:
  ///   - numbers: The state.
  ///   - patience: How long the answer may take. [s]
  ///   - isRunning: Whether an answer can come at all.
  /// - Returns: What the motors are told, in the order of the packet; `nil` if no answer comes. [–]
  func exchange(
    _ numbers: [Double], patience: Double, isRunning: () -> Bool
  ) -> [Double]? {
    let end = ContinuousClock.now + .seconds(patience)
    // What answers a state that was sent twice must not be taken for the answer to the next.
    while motors.receive() != nil {}
    while ContinuousClock.now < end, isRunning() {
      motors.send(Packets.state(numbers, at: time.withLock(\.self)), to: states)
      let last = min(end, ContinuousClock.now + .seconds(0.05))
      while ContinuousClock.now < last {
        DatagramSocket.wait(for: [motors], atMost: 50)
        if let (_, packet) = motors.receive(), let shares = Packets.motors(packet) {
          return shares
        }
      }
      wake(numbers)
    }
    return nil
  }

  /// Sends states whose times follow each other as fast as time goes by, by which a firmware sets its clock: one that
  /// took a long wait before for the pace all but stands still, and its loops sleep for minutes.
  func wake(_ numbers: [Double]) {
    for _ in 0..<20 {
      let time = time.withLock { time in
        time += 0.001
        return time
      }
      motors.send(Packets.state(numbers, at: time), to: states)
      Thread.sleep(forTimeInterval: 0.001)
    }
  }
}
