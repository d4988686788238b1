import Datagrams

/// A program whose time is the simulation's: the same flight has the same bits, as fast as the firmware follows.
///
/// `Sources/CFirmwareClock`, which is loaded into the program, takes the place of its clock and its network.
struct SimulationClockFirmware: Firmware {
  /// On a busy machine too: the firmware's time stands still.
  static let patience = 10.0

  /// The environment variable that says what the program is started for.
  private static let purpose = "SWIFTLET_FIRMWARE"

  let name = "the firmware"

  private let program: FirmwareProgram
  private let layout: PacketLayout
  private let socket: MessageSocket

  /// A program that is started, told its settings, and started again.
  ///
  /// - Parameters:
  ///   - path: The path of the program.
  ///   - settings: Lines for its command line.
  /// - Throws: ``BetaflightError`` where it cannot be flown.
  init(starting path: String, _ settings: [String]) throws(BetaflightError) {
    let clock = try FirmwareClockLibrary.path(for: path)
    let folder = try FirmwareFolder()
    let (teller, ears) = try Self.start(path, in: folder, clock, for: "settings")
    let port = try Self.message(of: 2, from: ears, path)
    layout = try CommandLine.tell(
      settings, to: teller, at: UInt16(port[0]) | UInt16(port[1]) << 8)
    // Where this end closes, the program ends.
    extendLifetime(ears)
    (program, socket) = try Self.start(path, in: folder, clock, for: "flight")
    // Its first word says that it has begun.
    _ = try Self.message(of: 16, from: socket, path)
  }

  func answer(
    to numbers: [Double], _ sticks: RadioSticks?, at time: Double, every period: Double
  ) throws(BetaflightError) -> [Double] {
    socket.send(Packets.turn(until: time + period, layout.numbers(numbers), sticks))
    let answer = socket.receive(atMost: 64, within: Int32(1000 * Self.patience))
    guard let answer, let shares = Packets.motors(answer) else {
      throw silence(program.isRunning && answer?.isEmpty != true)
    }
    return layout.motors(shares)
  }

  private static func start(
    _ path: String, in folder: FirmwareFolder, _ clock: String, for purpose: String
  ) throws(BetaflightError) -> (FirmwareProgram, MessageSocket) {
    let socket: MessageSocket
    do throws(DatagramError) { socket = try MessageSocket() } catch {
      throw BetaflightError(error.description)
    }
    let environment = ["LD_PRELOAD": clock, Self.purpose: purpose]
    return (try FirmwareProgram(path, in: folder, environment, input: socket.otherEnd), socket)
  }

  /// A message of so many bytes that a program says as it begins.
  private static func message(
    of size: Int, from socket: MessageSocket, _ path: String
  ) throws(BetaflightError) -> [UInt8] {
    let patience = FirmwareProgram.patience
    guard let message = socket.receive(atMost: 64, within: Int32(1000 * patience)) else {
      throw BetaflightError("\(path) has not begun within \(patience) s")
    }
    guard message.count == size else { throw .endedEarly(path) }
    return message
  }
}
