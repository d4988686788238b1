import FlyingSocks
import Foundation
import LiveView
import Scenario
import TestSupport
import Testing

/// A server with a flight, for as long as it is held.
final class TestServer: Sendable {
  let port: UInt16
  let flight: LiveFlight
  private let task: Task<Void, any Error>

  convenience init(
    _ drones: String, patience: Duration = .seconds(30), record: String? = nil,
    note: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "version: 1\nname: live\nduration: 1\ndrones:\n" + drones, to: "live.yaml")
    let source = try ScenarioSource(FlightSpecification(contentsOf: path), record: record)
    try await self.init(LiveFlight(source, note: note), patience: patience)
  }

  init(_ flight: LiveFlight, patience: Duration = .seconds(30)) async throws {
    self.flight = flight
    let server = try ViewServer(of: flight, patience: patience)
    let (ports, ready) = AsyncStream<UInt16>.makeStream()
    task = Task { try await server.run { ready.yield($0) } }
    var first = ports.makeAsyncIterator()
    port = try #require(await first.next())
  }

  deinit { task.cancel() }

  func connect() async throws -> TestClient {
    TestClient(
      of: self,
      socket: try await AsyncSocket.connected(to: .inet(ip4: "127.0.0.1", port: port)))
  }

  /// A client whose WebSocket is open.
  func client() async throws -> TestClient {
    var client = try await connect()
    try await client.send(TestClient.handshake(port))
    let head = try await client.head()
    try #require(head.hasPrefix("HTTP/1.1 101 "))
    return client
  }

  /// The answer to a request of one line and some headers.
  func answer(_ line: String, _ headers: String...) async throws -> String {
    var client = try await connect()
    try await client.send(([line] + headers).joined(separator: "\r\n") + "\r\n\r\n")
    return try await client.head()
  }
}

/// A client that speaks the protocols by hand, and so can get them wrong.
struct TestClient {
  let socket: AsyncSocket
  /// Kept, since the server runs for as long as something keeps it.
  private let server: TestServer
  private var bytes: [UInt8] = []

  init(of server: TestServer, socket: AsyncSocket) { (self.server, self.socket) = (server, socket) }

  static func handshake(_ port: UInt16, origin: String? = nil) -> String {
    "GET /live HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nUpgrade: websocket\r\n"
      + "Connection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\n"
      + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
      + (origin.map { "Origin: \($0)\r\n" } ?? "") + "\r\n"
  }

  func send(_ text: String) async throws { try await socket.write(Data(text.utf8)) }

  func send(_ bytes: [UInt8]) async throws { try await socket.write(Data(bytes)) }

  /// Sends a masked frame.
  func send(
    opcode: UInt8, _ payload: [UInt8], isFinal: Bool = true
  ) async throws {
    let mask: [UInt8] = [1, 2, 3, 4]
    let length: [UInt8] =
      payload.count < 126
      ? [UInt8(payload.count)] : [126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
    let head: [UInt8] = [(isFinal ? 0x80 : 0) | opcode, length[0] | 0x80] + length.dropFirst()
    try await send(head + mask + payload.enumerated().map { $1 ^ mask[$0 % 4] })
  }

  /// Sends a command.
  func command(_ text: String) async throws { try await send(opcode: 1, Array(text.utf8)) }

  private mutating func take(_ count: Int) async throws -> [UInt8] {
    while bytes.count < count { bytes += try await socket.read(atMost: 4096) }
    defer { bytes.removeFirst(count) }
    return Array(bytes.prefix(count))
  }

  /// What comes before an empty line.
  mutating func head() async throws -> String {
    while true {
      if let end = bytes.firstRange(of: [13, 10, 13, 10]) {
        return String(decoding: try await take(end.upperBound), as: UTF8.self)
      }
      bytes += try await socket.read(atMost: 4096)
    }
  }

  /// The next frame's opcode and payload.
  mutating func frame() async throws -> (opcode: UInt8, payload: [UInt8]) {
    let head = try await take(2)
    var length = Int(head[1])
    if length >= 126 {
      length = try await take(length == 126 ? 2 : 8).reduce(0) { $0 << 8 | Int($1) }
    }
    return (head[0] & 15, try await take(length))
  }

  /// The next picture.
  mutating func picture() async throws -> Picture {
    while true {
      let (opcode, payload) = try await frame()
      if opcode == 2 { return Picture(payload) }
      try #require(opcode != 8, "the server closed the connection")
    }
  }

  /// The code with which the server closes.
  mutating func closeCode() async throws -> Int {
    while true {
      let (opcode, payload) = try await frame()
      if opcode == 8 { return payload.prefix(2).reduce(0) { $0 << 8 | Int($1) } }
    }
  }

  /// The first picture that something is true of, within some thousand.
  mutating func picture(
    where isWanted: (Picture) -> Bool
  ) async throws -> Picture {
    for _ in 0..<3000 {
      let picture = try await picture()
      if isWanted(picture) { return picture }
    }
    throw SocketError.timeout(message: "no such picture came")
  }
}

/// An instant, as it comes over the line.
struct Picture {
  let time, speed: Double
  let isPaused: Bool
  /// Eighteen numbers a drone.
  let rows: [[Float]]
  /// Seven numbers an obstacle that moves, of which there are up to two.
  let obstacles: [Float]

  init(_ bytes: [UInt8]) {
    func word(_ place: Int, _ size: Int) -> UInt64 {
      (0..<size).reduce(0) { $0 | UInt64(bytes[place + $1]) << UInt64(8 * $1) }
    }
    time = Double(bitPattern: word(0, 8))
    speed = Double(bitPattern: word(8, 8))
    isPaused = Double(bitPattern: word(16, 8)) == 1
    let numbers = stride(from: 24, to: bytes.count, by: 4).map {
      Float(bitPattern: UInt32(word($0, 4)))
    }
    let end = numbers.count / 18 * 18
    rows = stride(from: 0, to: end, by: 18).map { Array(numbers[$0..<$0 + 18]) }
    obstacles = Array(numbers[end...])
  }

  /// The memory that this process holds. [bytes]
  static var memory: Int {
    let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    return 4096 * (Int(text.split(separator: " ").dropFirst().first ?? "") ?? 0)
  }
}
