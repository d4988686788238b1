import Foundation
import Recording
import TestSupport
import Testing

struct FlyTests {
  static let examples =
    ((try? FileManager.default.contentsOfDirectory(
      at: Command.repository.appendingPathComponent("Examples"), includingPropertiesForKeys: nil))
    ?? [])
    .filter { $0.pathExtension == "yaml" }.map(\.path).sorted()

  @Test("there are examples")
  func hasExamples() { #expect(Self.examples.count >= 6) }

  @Test("every example flies, and every row of it is finite", arguments: examples)
  func example(path: String) throws {
    let folder = try TemporaryFolder()
    let outcome = try Command.swiftlet("fly", path, "--out", folder.path("run"))
    #expect(outcome.code == 0 && outcome.error.isEmpty, "\(outcome.error)")
    #expect(outcome.output.contains("times real time"))
    let flight = try TrajectoryFile(
      contentsOf: folder.path("run/trajectory.csv"), required: ["x", "y", "z", "rpm0"])
    #expect(flight.table.rowCount > 10)
    #expect(!folder.contents.contains { $0.hasSuffix(".partial") })
  }

  @Test("the same flight twice is the same files, byte for byte", arguments: examples)
  func repeats(path: String) throws {
    let folder = try TemporaryFolder()
    for run in ["a", "b"] {
      _ = try Command.swiftlet("fly", path, "--out", folder.path(run), "--quiet")
    }
    for name in ["trajectory.csv", "metadata.json", "plots.svg", "replay.html"] {
      let files = ["a", "b"].map {
        FileManager.default.contents(atPath: folder.path("\($0)/\(name)"))
      }
      #expect(files[0] != nil && files[0] == files[1], "\(name)")
    }
  }

  @Test("the same collisions in two processes are the same file, byte for byte")
  func repeatsContacts() throws {
    let folder = try TemporaryFolder()
    let pile = try folder.write(
      """
      version: 1
      duration: 3
      world:
        obstacles:
          - { box: [0.3, 0.3, 0.2], at: [0, 0, 0.15], mass: 0.1 }
      drones:
        - { at: [0, 0, 0.6], rpy: [0.3, 0.2, 0], reference: { hover: { at: [0, 0, 0.1] } } }
        - { at: [0.1, 0, 0.9], reference: { hover: { at: [0, 0, 0.1] } } }
      """, to: "pile.yaml")
    let files = try ["a", "b"].map { run in
      _ = try Command.swiftlet("fly", pile, "--out", folder.path(run), "--quiet")
      return try contents(folder.path("\(run)/trajectory.csv"))
    }
    let isTouched = files[0].split(separator: "\n").dropFirst().contains { !$0.hasSuffix(",0") }
    #expect(isTouched && files[0] == files[1])
  }

  @Test("our own recording replays to the same bits")
  func replaysItself() throws {
    let folder = try TemporaryFolder()
    let drones = """
      version: 1
      duration: 2
      drones:
        - { model: cf2x, at: [0, 0, 1], reference: { circle: { radius: 0.3, period: 4 } } PILOT }
      """
    let first = try folder.write(drones.replacing("PILOT", with: ""), to: "first.yaml")
    #expect(try Command.swiftlet("fly", first, "--out", folder.path("first")).code == 0)
    let again = try folder.write(
      drones.replacing("PILOT", with: ", controller: { replay: first/trajectory.csv }"),
      to: "again.yaml")
    #expect(try Command.swiftlet("fly", again, "--out", folder.path("again")).code == 0)
    let outcome = try Command.swiftlet(
      "compare", folder.path("first/trajectory.csv"), folder.path("again/trajectory.csv"),
      "--tolerance", "0")
    #expect(outcome.code == 0, "\(outcome.output)")
  }

  @Test("settings, seed and duration stand in for the scenario's")
  func settings() throws {
    let folder = try TemporaryFolder()
    let outcome = try Command.swiftlet(
      "fly", "Examples/circle.yaml", "--out", folder.path("run"), "--duration", "0.5", "--seed",
      "7",
      "--set", "physics.preset=gpd", "--set", "drones[*].model=cf2p", "--json")
    #expect(outcome.code == 0)
    let summary = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    #expect(summary["simulatedSeconds"] as? Double == 0.5)
    let metadata = try #require(
      try JSONSerialization.jsonObject(
        with: Data(contentsOf: URL(fileURLWithPath: folder.path("run/metadata.json"))))
        as? [String: Any])
    #expect(metadata["seed"] as? Int == 7)
    let text = String(
      decoding: try Data(contentsOf: URL(fileURLWithPath: folder.path("run/metadata.json"))),
      as: UTF8.self)
    #expect(text.contains("\"gpd\"") && text.contains("\"cf2p\"") && !text.contains("\"cf2x\""))
  }

  @Test("a flight without --out gets a folder of its own below runs")
  func freshFolders() throws {
    let folder = try TemporaryFolder()
    let scenario = try folder.write(
      "version: 1\nduration: 0.1\ndrones: [{ at: [0, 0, 1] }]\n", to: "tiny.yaml")
    for _ in 0..<2 {
      #expect(try Command.swiftlet("fly", scenario, "--quiet", in: folder.url).code == 0)
    }
    let runs = folder.contents.filter { $0.hasSuffix("trajectory.csv") }
    #expect(runs.count == 2 && runs.allSatisfy { $0.hasPrefix("runs/tiny-") })
  }

  /// Starts a flight of a day, and lets it come some way.
  private func startLongFlight(in folder: TemporaryFolder) throws -> (Process, Pipe) {
    let (process, error) = (Process(), Pipe())
    process.executableURL = Command.program
    process.currentDirectoryURL = Command.repository
    process.standardError = error
    process.arguments = [
      "fly", "Examples/circle.yaml", "--duration", "100000", "--out", folder.path("run"), "--quiet",
    ]
    try process.run()
    let partial = folder.path("run/trajectory.csv.partial")
    let deadline = Date().addingTimeInterval(30)
    while Date() < deadline {
      let attributes = try? FileManager.default.attributesOfItem(atPath: partial)
      if attributes?[.size] as? Int ?? 0 > 100_000 { break }
      usleep(1000)
    }
    return (process, error)
  }

  @Test("a flight that is killed leaves every row that it finished")
  func killed() throws {
    let folder = try TemporaryFolder()
    let (process, _) = try startLongFlight(in: folder)
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    let flight = try TrajectoryFile(
      contentsOf: folder.path("run/trajectory.csv.partial"), required: ["x", "y", "z"])
    // The kernel may cut short the very write that the signal falls into, between two pages: then the
    // last instant lacks its last drones. Every instant before it is whole.
    let counts = [0, 1, 2].map { flight.rows(ofDrone: $0).count }
    #expect(counts[0] - counts[2] <= 1 && counts[0] >= counts[1] && counts[1] >= counts[2])
    #expect(flight.drones == [0, 1, 2] && flight.table.rowCount > 100)
    #expect(!folder.contents.contains("run/trajectory.csv"))
  }

  @Test("an interrupt ends a flight in good order, with the rows so far")
  func interrupted() throws {
    let folder = try TemporaryFolder()
    let (process, error) = try startLongFlight(in: folder)
    process.interrupt()
    process.waitUntilExit()
    let complaint = String(decoding: error.fileHandleForReading.availableData, as: UTF8.self)
    #expect(process.terminationStatus == 130)
    #expect(complaint.contains("stopped at") && complaint.contains("trajectory.csv.partial"))
    let flight = try TrajectoryFile(contentsOf: folder.path("run/trajectory.csv.partial"))
    #expect(flight.table.rowCount > 100)
  }
}
