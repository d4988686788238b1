import Foundation
import Geometry
import LiveView
import Parameters
import Pictures
import Recording
import SpatialMath
import Synchronization
import Tasks
import TestSupport
import Testing

/// Tasks that are played in the live page.
@Suite(.serialized, .offTheSharedThreads) struct TaskViewTests {
  private func flight(
    _ task: some DroneTask, by pilot: TaskPilot, record: String? = nil,
    note: @escaping @Sendable (String) -> Void = { _ in }
  ) throws -> LiveFlight {
    LiveFlight(
      try TaskSource(task, named: "hover", by: pilot, seed: 5, record: record), note: note)
  }

  private func hover() throws -> any DroneTask {
    try #require(TaskCatalogue.standard["hover"]).task()
  }

  @Test("one episode follows the other, each told of and recorded, and each another")
  func episodes() async throws {
    let lines = Mutex<[String]>([])
    let folder = try TemporaryFolder()
    let flight = try flight(hover(), by: .rule(.pid), record: folder.path("run")) { line in
      lines.withLock { $0.append(line) }
    }
    let server = try await TestServer(flight, patience: .seconds(600))
    var client = try await server.client()
    try await client.command(#"{"speed":20}"#)
    let late = try await client.picture { $0.time > 7 }
    #expect(late.rows.count == 1 && abs(late.rows[0][2] - 1) < 0.15)
    // A push means nothing here.
    try await client.command(#"{"push":{"drone":0,"direction":[0,0,-1]}}"#)
    _ = try await client.picture { $0.time < 1 }
    flight.finish()
    let said = lines.withLock { $0 }
    // On a busy machine more than one may be over before this is asked.
    #expect(!said.isEmpty)
    for line in said {
      #expect(line.wholeMatch(of: /hover: an episode of 240 steps, return 4[0-9.]+/) != nil)
    }
    // The last was stopped on its way, unless that came in the rest after one that was over.
    try #require([said.count, said.count + 1].contains(flight.recordings.count))
    let files = try (0..<2).map { try contents(folder.path("run/episode-\($0)/trajectory.csv")) }
    #expect(files[0].split(separator: "\n").count == 242)
    #expect(files[0].split(separator: "\n")[1] != files[1].split(separator: "\n")[1])
  }

  @Test("a task's obstacles are seen, and recorded, where they are now")
  func movingObstacles() async throws {
    var task = try hover()
    task.setup.obstacles = [
      RigidBody(.box(size: Vector(1, 1, 1)), at: Pose(position: Vector(0, 5, 1))),
      RigidBody(
        .sphere(radius: 0.2),
        motion: ScheduledMotion([
          .init(at: 0, Pose(position: Vector(3, 0, 1))),
          .init(at: 10, Pose(position: Vector(13, 0, 1))),
        ])),
    ]
    let folder = try TemporaryFolder()
    let flight = try flight(task, by: .rule(.pid), record: folder.path("run"))
    let server = try await TestServer(flight, patience: .seconds(600))
    var client = try await server.client()
    try await client.command(#"{"speed":5}"#)
    let picture = try await client.picture { $0.time > 1 }
    try #require(picture.rows.count == 1 && picture.obstacles.count == 7)
    #expect(abs(Double(picture.obstacles[0]) - (3 + picture.time)) < 1e-5)
    flight.finish()
    let lines = try contents(folder.path("run/episode-0/obstacles.csv")).split(separator: "\n")
    #expect(lines.count > 30 && lines[1].hasPrefix("0.0,1,3.0,0.0,1.0,"))
  }

  @Test(
    "a person flies a task by keys",
    .enabled(if: Browser.isInstalled, "NO CHROMIUM: nobody flew a task"))
  func byHand() async throws {
    var task = try hover()
    task.setup.timeLimit = 600
    let folder = try TemporaryFolder()
    let flight = try flight(task, by: .human, record: folder.path("run"))
    let server = try await TestServer(flight)
    let browser = try Browser()
    let page = try browser.open("http://127.0.0.1:\(server.port)/", width: 900, height: 600)
    try page.wait(until: "swiftlet.flight.finish > 0.2")
    let hidden = "['pushes', 'pilot'].map((id) => document.getElementById(id).hidden).join()"
    #expect(try page.evaluate(hidden) as? String == "true,false")
    let start = try #require(try page.evaluate("swiftlet.states[0].position[2]") as? Double)
    try page.hold("w")
    try page.wait(until: "swiftlet.states[0].position[2] > \(start) + 0.4")
    try page.release("w")
    #expect(browser.errors == [])
    flight.finish()
    // A drone whose page is not heard lands, which ends its episode: on a busy machine that comes before the key.
    let recordings = flight.recordings
    #expect(recordings == recordings.indices.map { folder.path("run/episode-\($0)") })
    let sticks = try recordings.flatMap { try contents("\($0)/sticks.csv").split(separator: "\n") }
    #expect(sticks.contains { $0.hasSuffix(",1,0,0,0,0,1") }, "throttle up was held")
  }
}
