import Foundation
import TestSupport
import Testing

/// What a person may get wrong: each is one line that says where and what, and leaves nothing behind.
struct BadInputTests {
  static let drone = "drones: [{ at: [0, 0, 1] }]"

  /// Bad scenarios, and what the complaint must contain.
  static let scenarios: [(name: String, text: String, complaint: [String])] = [
    ("misspelt-key", "version: 1\ndurration: 3\n\(drone)", [":2:", "durration", "duration"]),
    (
      "wrong-type", "version: 1\nduration: ten\n\(drone)",
      [":2:", "duration", "ten", "number of s"]
    ),
    ("unit", "version: 1\nduration: 12s\n\(drone)", [":2:", "duration", "12s"]),
    ("nan", "version: 1\nduration: .nan\n\(drone)", [":2:", "duration", "finite"]),
    (
      "negative-mass",
      "version: 1\nworld: { obstacles: [{ box: [1, 1, 1], at: [5, 0, 0.5], mass: -2 }] }\n\(drone)",
      [":2:", "world.obstacles[0].mass", "-2"]
    ),
    (
      "rates", "version: 1\nrates: { physics: 240, control: 50 }\n\(drone)",
      [":2:", "rates.control", "50", "divide"]
    ),
    (
      "same-place", "version: 1\ndrones:\n  - { at: [0, 0, 1] }\n  - { at: [0, 0, 1.001] }",
      ["drones 0 and 1", "one place"]
    ),
    ("below-floor", "version: 1\ndrones: [{ at: [0, 0, -1] }]", ["drone 0", "below the floor"]),
    ("empty", "", ["empty"]),
    ("no-drones", "version: 1", ["drones", "missing"]),
    ("version", "version: 2\n\(drone)", [":1:", "version", "2"]),
    ("model", "version: 1\ndrones: [{ at: [0, 0, 1], model: cf2y }]", [":2:", "cf2y", "cf2x"]),
    (
      "controller", "version: 1\ndrones: [{ at: [0, 0, 1], controller: pdi }]",
      [":2:", "drones[0].controller", "pdi", "pid"]
    ),
    (
      "effect", "version: 1\nphysics: { effects: [gravity] }\n\(drone)",
      [":2:", "physics.effects[0]", "gravity", "ground-effect"]
    ),
    (
      "replay", "version: 1\ndrones: [{ at: [0, 0, 1], controller: { replay: no.csv } }]",
      [":2:", "no.csv"]
    ),
    ("shape", "version: 1\nworld: { obstacles: [{ at: [1, 1, 1] }] }\n\(drone)", [":2:", "box"]),
    ("brackets", String(repeating: "[", count: 10_000), ["deep"]),
    ("documents", "version: 1\n\(drone)\n---\nversion: 1", ["document"]),
    (
      "quaternion", "version: 1\ndrones: [{ at: [0, 0, 1], attitude: [1, 1, 0, 0] }]",
      [":2:", "attitude"]
    ),
    (
      "reference",
      "version: 1\ndrones: [{ at: [0, 0, 1], reference: { circle: { radius: -1, period: 3 } } }]",
      [":2:", "radius", "-1"]
    ),
  ]

  @Test("a bad scenario is refused in one line", arguments: scenarios.indices)
  func scenario(index: Int) throws {
    let (name, text, complaint) = Self.scenarios[index]
    let folder = try TemporaryFolder()
    let file = try folder.write(text, to: "\(name).yaml")
    let outcome = try Command.swiftlet("fly", file, in: folder.url)
    #expect(outcome.code == 2 && outcome.output.isEmpty, "\(name): \(outcome)")
    #expect(outcome.errorLines.count == 1, "\(name): \(outcome.error)")
    for word in complaint { #expect(outcome.error.contains(word), "\(name): \(outcome.error)") }
    #expect(outcome.error.contains("\(name).yaml") && outcome.error.utf8.count < 600)
    #expect(folder.contents == ["\(name).yaml"], "\(name)")
  }

  @Test("noise, a folder and nothing at all are refused in one line")
  func files() throws {
    let folder = try TemporaryFolder()
    var bytes = [UInt8](repeating: 0, count: 10_000_000)
    var state: UInt32 = 1
    for index in bytes.indices {
      state = state &* 1_664_525 &+ 1_013_904_223
      bytes[index] = UInt8(state >> 24)
    }
    try Data(bytes).write(to: URL(fileURLWithPath: folder.path("noise.yaml")))
    for name in ["noise.yaml", "missing.yaml", "."] {
      let outcome = try Command.swiftlet("fly", folder.path(name))
      #expect(outcome.code == 2 && outcome.errorLines.count == 1, "\(name): \(outcome.error)")
      #expect(outcome.error.utf8.count < 600)
    }
  }

  static let urdfs: [(String, String)] = [
    ("ixx=\"1.4e-5\" ixy=\"0\"", "ixx=\"0\" ixy=\"0\""),
    ("izz=\"2.17e-5\"", "izz=\"9e-5\""), ("<mass value=\"0.027\"/>", "<mass value=\"-0.027\"/>"),
  ]

  @Test("a bad URDF is named with its line and the scenario's", arguments: urdfs.indices)
  func urdf(index: Int) throws {
    let folder = try TemporaryFolder()
    let (good, bad) = Self.urdfs[index]
    let text = try String(
      contentsOf: Command.repository.appendingPathComponent("Assets/Drones/cf2x.urdf"),
      encoding: .utf8)
    #expect(text.contains(good))
    _ = try folder.write(text.replacing(good, with: bad), to: "bad.urdf")
    let file = try folder.write(
      "version: 1\ndrones:\n  - { at: [0, 0, 1], model: bad.urdf }\n", to: "scenario.yaml")
    let outcome = try Command.swiftlet("fly", file)
    #expect(outcome.code == 2 && outcome.errorLines.count == 1)
    #expect(outcome.error.contains("scenario.yaml:3:") && outcome.error.contains("bad.urdf:"))
  }

  static let recordings: [(String, String, [String])] = [
    ("short", "t,drone,rpm0,rpm1,rpm2,rpm3\n0,0,1,1,1,1\n0.1,0,1,1\n", [":3"]),
    ("back", "t,drone,rpm0,rpm1,rpm2,rpm3\n0.2,0,1,1,1,1\n0.1,0,1,1,1,1\n", [":3", "later"]),
    ("column", "t,drone,rpm0,rpm1,rpm2\n0.2,0,1,1,1\n", ["rpm3"]),
    ("word", "t,drone,rpm0,rpm1,rpm2,rpm3\n0.2,0,1,1,1,fast\n", [":2", "rpm3", "fast"]),
    ("nan", "t,drone,rpm0,rpm1,rpm2,rpm3\n0.2,0,1,1,1,nan\n", [":2", "rpm3", "finite"]),
    ("empty", "", ["empty"]),
  ]

  @Test("a bad recording is named with its line", arguments: recordings.indices)
  func recording(index: Int) throws {
    let (name, text, complaint) = Self.recordings[index]
    let folder = try TemporaryFolder()
    _ = try folder.write(text, to: "\(name).csv")
    let file = try folder.write(
      "version: 1\ndrones: [{ at: [0, 0, 1], controller: { replay: \(name).csv } }]\n",
      to: "scenario.yaml")
    let outcome = try Command.swiftlet("fly", file)
    #expect(outcome.code == 2 && outcome.errorLines.count == 1, "\(outcome.error)")
    for word in complaint { #expect(outcome.error.contains(word), "\(outcome.error)") }
  }

  @Test("all faults of a file are told at once, in the order of its lines")
  func allFaults() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      "version: 1\nduration: -1\nrates: { physics: 0 }\ndrones: [{ modle: cf2x, at: [0, 0] }]\n",
      to: "many.yaml")
    let outcome = try Command.swiftlet("validate", file)
    #expect(outcome.code == 2)
    #expect(outcome.errorLines.map { $0.contains("many.yaml:2:") } == [true, false, false, false])
    #expect(outcome.errorLines.count == 4)
  }

  @Test("words that the command does not know have exit code 2")
  func usage() throws {
    for arguments in [["fyl"], ["fly"], ["fly", "a.yaml", "--sed", "3"], ["compare", "a.csv"]] {
      let outcome = try Command.run(Command.program, arguments)
      #expect(outcome.code == 2 && !outcome.error.isEmpty, "\(arguments)")
    }
    for arguments in [["--help"], ["fly", "--help"], ["--version"], ["help", "compare"]] {
      let outcome = try Command.run(Command.program, arguments)
      #expect(outcome.code == 0 && !outcome.output.isEmpty, "\(arguments)")
    }
  }
}
