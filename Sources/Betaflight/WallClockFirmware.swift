import Foundation

/// A firmware whose time is the wall's; it is reached by datagrams, and flies in real time or slower.
final class WallClockFirmware: Firmware {
  static let patience = 2.0

  let name: String

  private let link: FirmwareLink
  private let layout: PacketLayout
  /// The program, where it is one of ours.
  private let program: FirmwareProgram?
  private let pace = Pace()

  /// A firmware that runs already, once it has answered a first state.
  ///
  /// - Parameters:
  ///   - endpoint: Where it is.
  ///   - numbers: The state.
  /// - Throws: ``BetaflightError`` where none answers.
  init(at endpoint: FirmwareEndpoint, _ numbers: [Double]) throws(BetaflightError) {
    name = "the firmware at \(endpoint.address):\(endpoint.ports.states)"
    (link, layout, program) = (try FirmwareLink(endpoint), .until2025, nil)
    link.wake(numbers)
    guard link.exchange(numbers, patience: Self.patience, isRunning: { true }) != nil else {
      throw BetaflightError("\(name) does not answer; expected Betaflight's SITL there")
    }
  }

  /// A program that is started, told its settings, and started again.
  ///
  /// - Parameters:
  ///   - path: The path of the program.
  ///   - settings: Lines for its command line.
  ///   - numbers: The state that it answers first.
  /// - Throws: ``BetaflightError`` where it cannot be flown.
  init(
    starting path: String, _ settings: [String], _ numbers: [Double]
  ) throws(BetaflightError) {
    name = "the firmware"
    link = try FirmwareLink(FirmwareEndpoint())
    try FirmwareLink.checkThatNoneRuns()
    let (folder, port) = (try FirmwareFolder(), CommandLine.usualPort)
    layout = try CommandLine.tell(settings, to: FirmwareProgram(path, in: folder), at: port)
    let first = layout.numbers(numbers)
    // One that does not wake is started again.
    for _ in 0..<8 {
      let program = try FirmwareProgram(path, in: folder)
      _ = try CommandLine.reach(program, at: port)
      link.wake(first)
      if link.exchange(first, patience: 0.5, isRunning: { program.isRunning }) != nil {
        self.program = program
        return
      }
    }
    throw BetaflightError("\(path) does not begin")
  }

  func answer(
    to numbers: [Double], _ sticks: RadioSticks?, at time: Double, every period: Double
  ) throws(BetaflightError) -> [Double] {
    pace.wait(period)
    if let sticks { link.send(sticks) }
    let isRunning = { [program] in program?.isRunning ?? true }
    let shares = link.exchange(
      layout.numbers(numbers), patience: Self.patience, isRunning: isRunning)
    guard let shares else { throw silence(isRunning()) }
    return layout.motors(shares)
  }
}
