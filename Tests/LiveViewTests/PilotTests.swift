import Foundation
import LiveView
import Pictures
import Recording
import Scenario
import TestSupport
import Testing

/// People who fly drones from the page, by keys and by a gamepad.
@Suite(.serialized, .offTheSharedThreads) struct PilotTests {
  /// A drone on the floor for a person, and one that is none's, both without random torque.
  private static let drones =
    "  - { model: cf2x, at: [0, 0, 0.02], controller: human }\n"
    + "  - { model: cf2x, at: [-3, -3, 1] }\n"
  private static let seat = #""drone":0,"mode":"position""#

  private static func fly(_ sticks: String) -> String {
    #"{"fly":{\#(seat),"sticks":\#(sticks)}}"#
  }

  /// Says again and again where the sticks are, until a picture is as it should be.
  private func fly(
    _ client: inout TestClient, _ sticks: String, until isWanted: (Picture) -> Bool
  ) async throws -> Picture {
    for _ in 0..<1500 {
      try await client.command(Self.fly(sticks))
      let picture = try await client.picture()
      if isWanted(picture) { return picture }
    }
    throw CancellationError()
  }

  private static func stands(_ picture: Picture) -> Bool {
    picture.rows[0][2] < 0.05 && picture.rows[0][10..<14].allSatisfy { $0 == 0 }
  }

  @Test("sticks fly the drone of a person and no other; silence lands it")
  func silence() async throws {
    let server = try await TestServer(Self.drones, patience: .seconds(600))
    var client = try await server.client()
    let high = try await fly(&client, "[0,0,0,1]") { $0.rows[0][2] > 0.8 }
    #expect(abs(high.rows[1][2] - 1) < 0.02)
    _ = try await fly(&client, "[0,1,0,0]") { $0.rows[0][0] > 0.5 }
    // Nothing more is said. For two seconds it hovers.
    let silent = try await client.picture()
    let hovering = try await client.picture { $0.time > silent.time + 2 }
    #expect(hovering.rows[0][2] > 0.7)
    try await client.command(#"{"speed":4}"#)
    let landed = try await client.picture(where: Self.stands)
    #expect(landed.time > silent.time + 4)
    // A command that is meant for the other is not followed.
    try await client.command(#"{"fly":{"drone":1,"mode":"position","sticks":[0,0,0,1]}}"#)
    let later = try await client.picture { $0.time > landed.time + 1 }
    #expect(abs(later.rows[1][2] - 1) < 0.02 && Self.stands(later))
  }

  @Test("who flies a drone has it alone until they let it go")
  func seats() async throws {
    let server = try await TestServer(Self.drones)
    var (first, second) = (try await server.client(), try await server.client())
    _ = try await fly(&first, "[0,0,0,1]") { $0.rows[0][2] > 0.5 }
    // The second would have it turn to the left and go down.
    var last: Picture?
    for _ in 0..<60 {
      try await second.command(Self.fly("[0,0,1,-1]"))
      try await first.command(Self.fly("[0,0,0,0]"))
      last = try await first.picture()
    }
    let picture = try #require(last)
    #expect(picture.rows[0][2] > 0.5 && abs(picture.rows[0][5]) < 0.05)
    try await first.command(#"{"fly":{"drone":0}}"#)
    let turned = try await fly(&second, "[0,0,1,0]") { abs($0.rows[0][5]) > 0.3 }
    #expect(turned.rows[0][5] > 0)
  }

  @Test("the flight is recorded, and its sticks fly it again to the same bits")
  func recording() async throws {
    let folder = try TemporaryFolder()
    let server = try await TestServer(Self.drones, record: folder.path("run"))
    var client = try await server.client()
    _ = try await fly(&client, "[0.1,0.25,-0.5,0.7]") { $0.rows[0][2] > 0.5 }
    try await client.command(#"{"reset":true}"#)
    _ = try await client.picture { $0.time < 0.3 && $0.rows[0][2] < 0.1 }
    _ = try await fly(&client, "[0,0,0,0.6]") { $0.rows[0][2] > 0.2 }
    server.flight.finish()
    #expect(
      server.flight.recordings == ["run/flight-0", "run/flight-1"].map { folder.path($0) })
    for flight in ["flight-0", "flight-1"] {
      let run = folder.path("run/\(flight)")
      let recorded = try contents(run + "/trajectory.csv")
      let end = try #require(recorded.split(separator: "\n").last?.split(separator: ",").first)
      let path = try folder.write(
        "version: 1\nname: live\nduration: \(end)\ndrones:\n"
          + Self.drones.replacing("human", with: "{ human: { sticks: \(run)/sticks.csv } }"),
        to: "again.yaml")
      let again = folder.path("again-\(flight)")
      _ = try FlightRun(FlightSpecification(contentsOf: path)).fly(into: RunFolder(at: again))
      #expect(try contents(again + "/trajectory.csv") == recorded)
    }
  }
}

/// The page itself, in Chromium.
extension PilotTests {
  private func page(_ browser: Browser, _ server: TestServer) throws -> Page {
    let page = try browser.open("http://127.0.0.1:\(server.port)/", width: 900, height: 600)
    try page.wait(until: "swiftlet.flight.finish > 0.3")
    return page
  }

  private static let height = "swiftlet.states[0].position[2]"
  private static let stands = "\(height) < 0.05 && swiftlet.states[0].rotors.every((r) => r === 0)"

  @Test(
    "by keys a person takes off, flies ahead and lands",
    .enabled(if: Browser.isInstalled, "NO CHROMIUM: nobody flew by keys"))
  func keys() async throws {
    let server = try await TestServer(Self.drones)
    let browser = try Browser()
    let page = try page(browser, server)
    #expect(try page.evaluate("swiftlet.followed") as? Int == 0)
    try page.hold("w")
    try page.wait(until: "\(Self.height) > 0.8")
    try page.release("w")
    try page.hold("ArrowUp")
    try page.wait(until: "swiftlet.states[0].position[0] > 0.5")
    try page.wait(until: "!document.getElementById('release').disabled")
    if let folder = ProcessInfo.processInfo.environment["SWIFTLET_SCREENSHOTS"] {
      try Data(page.screenshot()).write(to: URL(fileURLWithPath: folder + "/pilot.png"))
    }
    try page.release("ArrowUp")
    try page.hold("ArrowLeft")
    try page.wait(until: "swiftlet.states[0].position[1] > 0.3")
    try page.release("ArrowLeft")
    try page.press("2")
    try page.wait(until: "document.getElementById('mode').value === 'angle'")
    try page.press("1")
    try page.hold("s")
    try page.wait(until: Self.stands)
    try page.release("s")
    // The other drone was not pushed by any of these keys.
    #expect(
      try page.evaluate("Math.abs(swiftlet.states[1].position[0] + 3) < 0.02") as? Bool == true)
    #expect(browser.errors == [])
  }

  @Test(
    "by a gamepad a person takes off, turns and lands",
    .enabled(if: Browser.isInstalled, "NO CHROMIUM: nobody flew by a gamepad"))
  func gamepad() async throws {
    let server = try await TestServer(Self.drones)
    let browser = try Browser()
    let page = try page(browser, server)
    // Left and down are positive on none of the axes: 0 and 2 point right, 1 and 3 down.
    try page.evaluate(
      "window.axes = [0, 0, 0, 0.05]; navigator.getGamepads = () => [null, { connected: true, axes }]"
    )
    // A stick that rests a little off its middle does not fly.
    try page.wait(until: "swiftlet.flight.finish > 0.8")
    #expect(try page.evaluate("swiftlet.pilot.isFlying") as? Bool == false)
    try page.evaluate("axes[1] = -1")
    try page.wait(until: "\(Self.height) > 0.8")
    try page.evaluate("(axes[1] = 0, axes[0] = -1)")
    // To the left: a quaternion with a positive z.
    try page.wait(until: "swiftlet.states[0].attitude[2] > 0.3")
    try page.evaluate("(axes[0] = 0, axes[3] = -1)")
    try page.wait(until: "swiftlet.states[0].position[1] > 0.2")
    try page.evaluate("(axes[3] = 0, axes[1] = 1)")
    try page.wait(until: Self.stands)
    #expect(browser.errors == [])
  }

  @Test(
    "when the page is closed the drone hovers, and then lands",
    .enabled(if: Browser.isInstalled, "NO CHROMIUM: no page was closed"))
  func closing() async throws {
    let server = try await TestServer(Self.drones, patience: .seconds(600))
    let browser = try Browser()
    let page = try page(browser, server)
    try page.hold("w")
    try page.hold("ArrowUp")
    try page.wait(until: "\(Self.height) > 1 && swiftlet.states[0].velocity[0] > 0.5")
    let end = try #require(try page.evaluate("swiftlet.time") as? Double)
    try page.close()
    var watcher = try await server.client()
    let gone = try await watcher.picture {
      $0.time > end + 1 && abs($0.rows[0][7]) < 0.1 && abs($0.rows[0][9]) < 0.1
    }
    #expect(gone.rows[0][2] > 0.9)
    var fastest: Float = 0
    let landed = try await watcher.picture { picture in
      fastest = max(fastest, -picture.rows[0][9])
      return Self.stands(picture)
    }
    #expect(landed.time > end + 4 && fastest > 0.25 && fastest < 0.5)
    #expect(abs(landed.rows[0][0] - gone.rows[0][0]) < 0.3)
  }
}
