import FlyingSocks
import Foundation
import Synchronization
import TestSupport
import Testing

/// What clients see, and what their commands do.
@Suite(.serialized, .offTheSharedThreads) struct LiveTests {
  /// Drones that no torque noise shakes.
  private static let hover =
    "  - { model: cf2x, at: [0, 0, 1] }\n  - { model: cf2x, at: [2, 0, 1] }\n"
  private static let circle =
    "  - { reference: { circle: { center: [0, 0, 1], radius: 0.5, period: 5 } } }\n"

  @Test func aClientSeesTheFlightGoOn() async throws {
    var client = try await TestServer(Self.circle).client()
    let first = try await client.picture()
    #expect(first.rows.count == 1 && first.speed == 1 && !first.isPaused)
    let later = try await client.picture { $0.time > first.time + 1 }
    let way = hypot(
      Double(later.rows[0][0] - first.rows[0][0]), Double(later.rows[0][1] - first.rows[0][1]))
    #expect(way > 0.2)
    // It goes on past the duration that the scenario has.
    #expect(try await client.picture { $0.time > 1.5 }.time > 1.5)
  }

  @Test func aClientSeesObstaclesMove() async throws {
    let world = """
      world:
        obstacles:
          - { box: [1, 1, 1], at: [5, 0, 0.5] }
          - { sphere: 0.1, at: [0, 3, 5], mass: 1 }
          - box: [0.1, 1, 1]
            motion: { poses: [{ t: 0, at: [3, 0, 1] }, { t: 10, at: [13, 0, 1] }] }

      """
    var client = try await TestServer(Self.circle + world).client()
    let picture = try await client.picture { $0.time > 0.5 }
    #expect(picture.rows.count == 1 && picture.obstacles.count == 14)
    let (ball, board) = (picture.obstacles[0..<7], picture.obstacles[7...])
    let fallen = 5 - 0.5 * 9.81 * picture.time * (picture.time + 1 / 240)
    #expect(abs(Double(ball[2]) - max(fallen, 0.1)) < 1e-3 && ball[1] == 3)
    #expect(abs(Double(board[7]) - (3 + picture.time)) < 1e-5 && board[13] == 1)
  }

  @Test(arguments: [("[1,0,0]", 0, 1.0), ("[0,-5,0]", 1, -1), ("[0,0,1e-3]", 2, 1)])
  func aPushedDroneMovesAlongThePushAndNoOtherDoes(
    direction: String, axis: Int, sign: Double
  ) async throws {
    var client = try await TestServer(Self.hover).client()
    let start = try await client.picture { $0.time > 0.2 }.rows
    // Slowly, so that no picture of it is missed on a machine that is busy.
    try await client.command(#"{"speed":0.25}"#)
    try await client.command(#"{"push":{"drone":1,"direction":\#(direction)}}"#)
    let moved = try await client.picture {
      abs($0.rows[1][axis] - start[1][axis]) > 0.05
    }.rows
    #expect(sign * Double(moved[1][axis] - start[1][axis]) > 0)
    #expect(abs(moved[0][axis] - start[0][axis]) < 0.01)
    // The hand lets go: the drone flies back.
    let peak = abs(moved[1][axis] - start[1][axis])
    _ = try await client.picture { abs($0.rows[1][axis] - start[1][axis]) < peak / 2 }
  }

  @Test func aFlightThatIsNotFiniteStandsAndSaysSoOnce() async throws {
    let lines = Mutex<[String]>([])
    let (stream, said) = AsyncStream<Void>.makeStream()
    let server = try await TestServer("  - { at: [0, 0, 1], body_rates: [1e6, 0, 1e6] }\n") {
      line in
      lines.withLock { $0.append(line) }
      said.yield()
    }
    var news = stream.makeAsyncIterator()
    await news.next()
    // Long enough for many flights, if it began again by itself.
    try await Task.sleep(for: .milliseconds(300))
    let first = lines.withLock { $0 }
    #expect(first.count == 1 && first[0].hasPrefix("live: a drone's state is not finite after"))
    let client = try await server.client()
    try await client.command(#"{"reset":true}"#)
    await news.next()
    #expect(lines.withLock { $0.count } == 2)
  }

  @Test func timeStopsGoesOnChangesPaceAndStartsAgain() async throws {
    var client = try await TestServer(Self.circle).client()
    try await client.command(#"{"pause":true}"#)
    let stopped = try await client.picture(where: \.isPaused).time
    for _ in 0..<20 { #expect(try await client.picture().time == stopped) }
    try await client.command(#"{"pause":false}"#)
    _ = try await client.picture { !$0.isPaused && $0.time > stopped }
    try await client.command(#"{"speed":4}"#)
    let fast = try await client.picture { $0.speed == 4 }
    let before = try await client.picture { $0.time > fast.time + 2 }.time
    try await client.command(#"{"reset":true}"#)
    #expect(try await client.picture { $0.time < before }.time < 1)
  }

  @Test(arguments: [
    "", "{", "null", "[]", "\"pause\"", "{}", #"{"pause":1}"#, #"{"speed":0}"#, #"{"speed":-1}"#,
    #"{"speed":1e9}"#, #"{"speed":1e999}"#, #"{"reset":false}"#, #"{"pause":true,"reset":true}"#,
    #"{"push":{"drone":-1,"direction":[1,0,0]}}"#, #"{"push":{"drone":99,"direction":[1,0,0]}}"#,
    #"{"push":{"drone":0,"direction":[0,0,0]}}"#, #"{"push":{"drone":0,"direction":[1,0]}}"#,
    #"{"push":{"drone":0,"direction":[1e308,1e308,0]}}"#, #"{"push":{"drone":0.5}}"#,
    #"{"fly":{"drone":0,"mode":"position","sticks":[0,0,0,1]}}"#, #"{"fly":{"drone":99}}"#,
    #"{"fly":{"drone":-1,"mode":"rate","sticks":[0,0,0,1]}}"#, #"{"fly":{}}"#,
    "\u{FFFD}\u{0}",
  ])
  func nonsenseChangesNothing(_ text: String) async throws {
    var client = try await TestServer(Self.hover).client()
    try await client.command(text)
    let now = try await client.picture().time
    let later = try await client.picture { $0.time > now + 0.2 }
    #expect(!later.isPaused && later.speed == 1 && later.time > now)
    #expect(abs(later.rows[0][0]) < 0.01 && abs(later.rows[0][2] - 1) < 0.01)
  }

  @Test(
    arguments: [
      // Not masked; a reserved bit; an unknown opcode; a control frame that is too long or in parts;
      // a continuation of nothing.
      ([0x81, 0x02, 0x7b, 0x7d], 1002), ([0xc1, 0x80, 0, 0, 0, 0], 1002),
      ([0x83, 0x80, 0, 0, 0, 0], 1002), ([0x89, 0xfe, 0xff, 0xff], 1002),
      ([0x09, 0x80, 0, 0, 0, 0], 1002), ([0x80, 0x80, 0, 0, 0, 0], 1002),
      // Frames that claim a kilobyte and a byte, and as much as there can be.
      ([0x82, 0xfe, 0x04, 0x01], 1009),
      ([0x82, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 1009),
      ([0x82, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 1009),
    ] as [([UInt8], Int)])
  func aBrokenFrameEndsItsConnectionAlone(_ bytes: [UInt8], _ code: Int) async throws {
    let server = try await TestServer(Self.hover)
    var (other, client) = (try await server.client(), try await server.client())
    try await client.send(bytes)
    #expect(try await client.closeCode() == code)
    let now = try await other.picture().time
    _ = try await other.picture { $0.time > now }
  }

  @Test func aMessageInManyPartsCannotGrowWithoutEnd() async throws {
    let server = try await TestServer(Self.hover)
    var client = try await server.client()
    try await client.send(opcode: 1, Array(repeating: 32, count: 600), isFinal: false)
    try await client.send(opcode: 0, Array(repeating: 32, count: 600), isFinal: false)
    #expect(try await client.closeCode() == 1009)
    var second = try await server.client()
    try await second.send(opcode: 1, Array(#"{"pau"#.utf8), isFinal: false)
    try await second.send(opcode: 9, [7])
    try await second.send(opcode: 0, Array(#"se":true}"#.utf8))
    var pong: [UInt8]?
    while pong == nil {
      let (opcode, payload) = try await second.frame()
      if opcode == 10 { pong = payload }
    }
    #expect(pong == [7])
    _ = try await second.picture(where: \.isPaused)
  }

  @Test func aHundredClientsThatDoNotReadNeitherStopTheFlightNorFillTheMemory() async throws {
    let server = try await TestServer((0..<50).map { "  - { at: [\($0), 0, 1] }\n" }.joined())
    var reader = try await server.client()
    _ = try await reader.picture()
    let before = Picture.memory
    var idle: [TestClient] = []
    for _ in 0..<100 { idle.append(try await server.client()) }
    for client in idle {
      for _ in 0..<20 { try await client.command(#"{"push":{"drone":0,"direction":[1,0,0]}}"#) }
    }
    let now = try await reader.picture().time
    // Three seconds of pictures would be 65 MB for a hundred clients.
    _ = try await reader.picture { $0.time > now + 3 }
    #expect(Picture.memory - before < 40_000_000)
    for client in idle { try client.socket.close() }
    _ = try await reader.picture { $0.time > now + 3.2 }
  }

  @Test func connectionsBeyondTheLimitAreClosedAndMakeRoomAgain() async throws {
    let server = try await TestServer(Self.hover)
    var clients: [TestClient] = []
    for _ in 0..<128 { clients.append(try await server.client()) }
    var beyond = try await server.connect()
    await #expect(throws: (any Error).self) {
      try await beyond.send(TestClient.handshake(server.port))
      _ = try await beyond.head()
    }
    for client in clients { try client.socket.close() }
    for attempt in 0... {
      if var next = try? await server.client() {
        _ = try await next.picture()
        break
      }
      try #require(attempt < 100)
      try await Task.sleep(for: .milliseconds(50))
    }
  }
}
