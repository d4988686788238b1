import FlyingSocks
import Foundation
import LiveView
import Pictures
import TestSupport
import Testing

/// Which requests are served.
@Suite(.serialized, .offTheSharedThreads) struct BoundaryTests {
  private static let hover = "  - { at: [0, 0, 1] }\n"

  @Test func thePageIsServedToThisMachineByItsOwnName() async throws {
    let server = try await TestServer(Self.hover)
    for host in ["127.0.0.1:\(server.port)", "localhost:\(server.port)"] {
      let answer = try await server.answer("GET / HTTP/1.1", "Host: \(host)")
      #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
      #expect(answer.contains("frame-ancestors 'none'"))
    }
  }

  @Test(arguments: ["evil.example", "127.0.0.1", "127.0.0.1:1", "evil.example:PORT", ""])
  func anotherNameOfThisMachineIsRefused(host: String) async throws {
    let server = try await TestServer(Self.hover)
    let host = host.replacing("PORT", with: "\(server.port)")
    let answer = try await server.answer("GET / HTTP/1.1", "Host: \(host)")
    #expect(answer.hasPrefix("HTTP/1.1 403 "))
  }

  @Test(arguments: [
    ("http://evil.example", 403), ("null", 403), ("http://127.0.0.1:1", 403),
    ("https://127.0.0.1:PORT", 403), ("http://127.0.0.1:PORT.evil.example", 403),
    ("http://127.0.0.1:PORT", 101), ("http://localhost:PORT", 101),
  ])
  func aPageOfAnotherOriginCannotFly(origin: String, status: Int) async throws {
    let server = try await TestServer(Self.hover)
    var client = try await server.connect()
    let origin = origin.replacing("PORT", with: "\(server.port)")
    try await client.send(TestClient.handshake(server.port, origin: origin))
    #expect(try await client.head().hasPrefix("HTTP/1.1 \(status) "))
  }

  @Test func theHandshakeIsTheStandardsOwnExample() async throws {
    let server = try await TestServer(Self.hover)
    var client = try await server.connect()
    try await client.send(TestClient.handshake(server.port))
    #expect(
      try await client.head().contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"))
  }

  @Test func aClientThatGivesNoSignOfLifeLosesItsPlace() async throws {
    let server = try await TestServer(Self.hover, patience: .seconds(1))
    var silent = try await server.client()
    var isClosed = false
    while !isClosed {
      let (opcode, payload) = try await silent.frame()
      isClosed = opcode == 8
      if isClosed { #expect(payload.prefix(2) == [3, 233]) }
    }
    // One that answers, as browsers do by themselves, stays for many times that long.
    var answering = try await server.client()
    for _ in 0..<5 {
      while try await answering.frame().opcode != 9 {}
      try await answering.send(opcode: 10, [])
    }
  }

  @Test func aPortThatCannotBeHadIsToldByItsReason() {
    func said(_ number: Int32, _ message: String) -> String {
      "\(ViewError(port: 8060, SocketError.failed(type: "Bind", errno: number, message: message)))"
    }
    #expect(
      said(EADDRINUSE, "Address already in use")
        == "port 8060 of 127.0.0.1 is taken; give another with --port")
    #expect(
      said(EMFILE, "Too many open files")
        == "port 8060 of 127.0.0.1 cannot be listened on: Too many open files")
  }

  @Test func badRequestsGetAnAnswerOrNone() async throws {
    let server = try await TestServer(Self.hover)
    let host = "Host: 127.0.0.1:\(server.port)"
    #expect(try await server.answer("GET /etc HTTP/1.1", host).contains(" 404 "))
    #expect(try await server.answer("POST / HTTP/1.1", host).contains(" 405 "))
    #expect(try await server.answer("GET /live HTTP/1.1", host).contains(" 400 "))
    #expect(try await server.answer("GET / HTTP/1.1", host, host).contains(" 400 "))
    #expect(try await server.answer("nonsense", host).contains(" 400 "))
    #expect(try await server.answer("GET / HTTP/1.1").contains(" 403 "))
    var endless = try await server.connect()
    await #expect(throws: (any Error).self) {
      try await endless.send("GET / HTTP/1.1\r\nX: " + String(repeating: "x", count: 20_000))
      _ = try await endless.head()
    }
    #expect(try await server.answer("GET / HTTP/1.1", host).contains(" 200 "))
  }

  @Test func nothingListensBeyondLoopback() async throws {
    let server = try await TestServer(Self.hover)
    let port = String(format: ":%04X", server.port)
    var places: [Substring] = []
    for table in ["/proc/net/tcp", "/proc/net/tcp6"] {
      let text = (try? String(contentsOfFile: table, encoding: .utf8)) ?? ""
      for line in text.split(separator: "\n") {
        let words = line.split(separator: " ")
        // 0A is the state of a socket that listens.
        if words.count > 3, words[1].hasSuffix(port), words[3] == "0A" { places.append(words[1]) }
      }
    }
    #expect(places == ["0100007F\(port)"])
  }

  /// The greatest height that the page has seen a drone at.
  private static func highest(_ drone: Int) -> String {
    "(f => Math.max(...Array.from({ length: f.end - f.first }, (_, i) => "
      + "f.value(f.first + i, \(drone), 2))))(swiftlet.flight)"
  }

  @Test(.enabled(if: Browser.isInstalled, "NO CHROMIUM: the live page was not tested"))
  func aPersonSeesTheFlightAndPushesADrone() async throws {
    let server = try await TestServer("  - { at: [0, 0, 1] }\n  - { at: [1, 0, 1] }\n")
    let browser = try Browser()
    let page = try browser.open("http://127.0.0.1:\(server.port)/", width: 900, height: 600)
    try page.wait(until: "swiftlet.flight.finish > 0.5 && swiftlet.states[1].position[2] > 0.5")
    let start = try #require(try page.evaluate("swiftlet.states[1].position[2]") as? Double)
    try page.evaluate("(swiftlet.follow(1), swiftlet.setSpeed(0.25))")
    try page.press("e")
    try page.wait(until: "\(Self.highest(1)) > \(start) + 0.05")
    let other = try #require(try page.evaluate(Self.highest(0)) as? Double)
    #expect(abs(other - start) < 0.01)
    try page.press(" ")
    try page.wait(until: "!swiftlet.isPlaying")
    try page.press(" ")
    try page.press("r")
    try page.wait(until: "swiftlet.isPlaying && swiftlet.time < 0.5")
    #expect(browser.errors == [])
    if let folder = ProcessInfo.processInfo.environment["SWIFTLET_SCREENSHOTS"] {
      try Data(page.screenshot()).write(to: URL(fileURLWithPath: folder + "/live.png"))
    }
  }

  @Test(.enabled(if: Browser.isInstalled, "NO CHROMIUM: foreign pages were not tested"))
  func aForeignPageInTheBrowserCannotConnect() async throws {
    let server = try await TestServer(Self.hover)
    let page = try Browser().open("about:blank", width: 100, height: 100)
    let outcome = try page.evaluate(
      """
      new Promise(done => {
        const socket = new WebSocket('ws://127.0.0.1:\(server.port)/live');
        socket.onopen = () => done('open');
        socket.onclose = () => done('closed');
      })
      """)
    #expect(outcome as? String == "closed")
  }
}
