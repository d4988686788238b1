import FlyingSocks
import Foundation

/// The command line of a firmware that runs on this machine.
final class CommandLine {
  /// The port that is fixed when the firmware is built.
  static let usualPort: UInt16 = 5761
  /// The question for the version of the interface, in its own protocol (MSP).
  private static let question: [UInt8] = [0x24, 0x4D, 0x3C, 0, 1, 1]
  private static let answer: [UInt8] = [0x24, 0x4D, 0x3E]

  private let socket: Socket

  /// The command line of a program, once it answers.
  ///
  /// - Parameters:
  ///   - program: The program.
  ///   - port: Where it listens at 127.0.0.1.
  /// - Returns: The command line.
  /// - Throws: ``BetaflightError`` where nobody answers there.
  static func reach(_ program: FirmwareProgram, at port: UInt16) throws(BetaflightError)
    -> CommandLine
  {
    let end = ContinuousClock.now + .seconds(FirmwareProgram.patience)
    while ContinuousClock.now < end, program.isRunning {
      // Now and then the firmware forgets a connection.
      let soon = min(end, .now + .seconds(3))
      if let line = CommandLine(port), line.hasBegun(before: soon) { return line }
      Thread.sleep(forTimeInterval: 0.05)
    }
    guard program.isRunning else { throw .endedEarly(program.path) }
    throw BetaflightError("\(program.path) does not listen on port \(port) of 127.0.0.1")
  }

  /// A connection, if anyone listens.
  private init?(_ port: UInt16) {
    guard let socket = try? Socket(domain: AF_INET, type: .stream) else { return nil }
    self.socket = socket
    do {
      try socket.connect(to: sockaddr_in.inet(ip4: "127.0.0.1", port: port))
      try socket.setFlags(try socket.flags.union(.nonBlocking))
    } catch {
      try? socket.close()
      return nil
    }
  }

  deinit { try? socket.close() }

  /// Tells a program settings, which it keeps in its folder; it ends with that.
  ///
  /// - Returns: What packets mean to it.
  static func tell(
    _ settings: [String], to program: FirmwareProgram, at port: UInt16
  ) throws(BetaflightError) -> PacketLayout {
    let line = try reach(program, at: port)
    try line.say("#")
    let layout = PacketLayout(naming: try line.say("version\n"))
    for setting in settings { try line.say("\(setting)\n") }
    try line.say("save\n", until: "Rebooting")
    // It writes the file before it ends.
    program.end(after: 0.5)
    return layout
  }

  /// Whether the firmware has begun: it takes connections before, and answers then.
  private func hasBegun(before end: ContinuousClock.Instant) -> Bool {
    while ContinuousClock.now < end {
      guard write(Self.question) else { return false }
      switch read(within: 1000) {
      case .some(let bytes) where bytes.starts(with: Self.answer): return true
      case .some(let bytes) where bytes.isEmpty: return false
      default: break
      }
    }
    return false
  }

  /// Says a line, and waits for what ends the answer.
  @discardableResult
  private func say(
    _ line: String, until prompt: String = "\n# "
  ) throws(BetaflightError) -> String {
    let said = line.trimmingCharacters(in: .newlines)
    _ = write(Array(line.utf8))
    var answer = ""
    let end = ContinuousClock.now + .seconds(10)
    while !answer.contains(prompt), ContinuousClock.now < end {
      guard let bytes = read(within: 2000) else {
        // A firmware that has just begun may not have heard.
        if answer.isEmpty { _ = write(Array(line.utf8)) }
        continue
      }
      if bytes.isEmpty { break }
      answer += String(decoding: bytes, as: UTF8.self)
    }
    if answer.contains("ERROR") || answer.contains("Invalid") {
      let reason = answer.split(whereSeparator: \.isNewline).joined(separator: " ")
      throw BetaflightError("the firmware refuses the setting \"\(said)\": \(reason)")
    }
    guard answer.contains(prompt) else {
      throw BetaflightError("the firmware does not answer \"\(said)\"")
    }
    return answer
  }

  private func write(_ bytes: [UInt8]) -> Bool {
    (try? socket.write(Data(bytes))) != nil
  }

  /// The bytes that come within some milliseconds: `nil` for none, and an empty array at the end.
  private func read(within time: Int32) -> [UInt8]? {
    var waiting = pollfd(fd: socket.file.rawValue, events: Int16(POLLIN), revents: 0)
    // unsafe: C reads and writes the local value while it is called.
    guard unsafe poll(&waiting, 1, time) > 0 else { return nil }
    return (try? socket.read(atMost: 4096)) ?? []
  }
}
