import Datagrams
import Foundation
import Synchronization

/// A firmware that sends servos, and waits for the state that they lead to, as ArduPilot's SITL does.
final class FakeArduPilot: Sendable {
  /// What its pilot makes of a state: the throttles of the motors 1 to 4. [–]
  typealias Pilot = @Sendable (HeardState) -> [Double]

  private let socket: DatagramSocket
  private let simulator: sockaddr_in
  private let frameRate: UInt16
  private let pilot: Pilot
  private let heard = Mutex<[HeardState]>([])
  private let isOver = Atomic<Bool>(false)

  /// How many frames it sends before it begins again, and whether each is sent twice.
  struct Habits: Sendable {
    var framesBeforeRestart: Int?
    var stammers = false
    var servoCount = 16
  }

  private let habits: Habits

  /// A firmware that sends to a port of the loopback from now on.
  init(
    port: UInt16, frameRate: UInt16 = 400, _ habits: Habits = Habits(), pilot: @escaping Pilot
  ) throws {
    socket = try DatagramSocket(address: "127.0.0.1", port: 0, mostBytes: 2000)
    simulator = try DatagramSocket.place(address: "127.0.0.1", port: port)
    (self.frameRate, self.habits, self.pilot) = (frameRate, habits, pilot)
    let thread = Thread { [self] in run() }
    thread.start()
  }

  func end() { isOver.store(true, ordering: .relaxed) }

  /// What it has heard, state by state.
  var states: [HeardState] { heard.withLock { $0 } }

  private func run() {
    var frame: UInt32 = 0
    var throttles = [0.0, 0, 0, 0]
    var restart = habits.framesBeforeRestart
    while !isOver.load(ordering: .relaxed) {
      let packet = Self.packet(
        frame, rate: frameRate, throttles: throttles, servoCount: habits.servoCount)
      socket.send(packet, to: simulator)
      if habits.stammers { socket.send(packet, to: simulator) }
      guard let state = receive() else { continue }
      heard.withLock { $0.append(state) }
      throttles = pilot(state)
      frame += 1
      if let count = restart, frame == count {
        (frame, throttles, restart) = (0, [0, 0, 0, 0], nil)
      }
    }
  }

  /// The next state, if it comes before the frame should be sent again.
  private func receive() -> HeardState? {
    DatagramSocket.wait(for: [socket], atMost: 200)
    var last: HeardState?
    while let (_, bytes) = socket.receive() { last = HeardState(bytes) ?? last }
    return last
  }

  /// The packet of a frame.
  static func packet(
    _ frame: UInt32, rate: UInt16 = 400, throttles: [Double], servoCount: Int = 16
  ) -> [UInt8] {
    let pulses = throttles.map { UInt16((1000 + 1000 * min(max($0, 0), 1)).rounded()) }
    let all = pulses + Array(repeating: 0, count: servoCount - pulses.count)
    return bytes(UInt16(servoCount == 16 ? 18_458 : 29_569)) + bytes(rate) + bytes(frame)
      + all.flatMap { bytes($0) }
  }

  private static func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
    (0..<number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }
}

/// What ArduPilot reads of a state, along its own axes.
struct HeardState: Sendable {
  var time: Double
  var rates, felt, position, velocity, quaternion, attitude: [Double]

  /// Reads the text between two ends of lines.
  init?(_ bytes: [UInt8]) {
    guard bytes.first == 10, bytes.last == 10,
      let object = try? JSONSerialization.jsonObject(
        with: Data(bytes)) as? [String: Any], let imu = object["imu"] as? [String: Any]
    else { return nil }
    func numbers(_ value: Any?) -> [Double] { (value as? [Double]) ?? [] }
    time = object["timestamp"] as? Double ?? .nan
    (rates, felt) = (numbers(imu["gyro"]), numbers(imu["accel_body"]))
    (position, velocity) = (numbers(object["position"]), numbers(object["velocity"]))
    (quaternion, attitude) = (numbers(object["quaternion"]), numbers(object["attitude"]))
  }
}
