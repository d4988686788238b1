import Foundation
import TestSupport
import Testing

/// Input at the edges of what is allowed, with the right end of each.
struct EdgeInputTests {
  /// A scenario, the files beside it, the exit code, and words of what is said.
  struct Input: Sendable {
    var name: String
    var text: String
    var files: [String: String] = [:]
    var code: Int32 = 2
    var words: [String] = []
  }

  static let circle = "[[0, 0, 1], [1, 0, 1], [1, 1, 1], [0, 0, 1]]"
  static let hover = "drones: [{ at: [0, 0, 1] }]"

  static func drone(_ keys: String) -> String { "drones: [{ at: [0, 0, 1], \(keys) }]" }

  static let inputs = [
    Input(
      name: "push-without-until",
      text: "duration: 1\n" + drone("pushes: [{ from: 0.2, force: [0.01, 0, 0] }]"), code: 0),
    Input(
      name: "push-after-the-end",
      text: "duration: 1\n" + drone("pushes: [{ from: 2, force: [0.01, 0, 0] }]"), code: 0,
      words: [":3:", "drones[0].pushes[0]", "no effect"]),
    Input(
      name: "record-rate", text: "rates: { record: 1e-17 }\n\(hover)",
      words: [":2:", "rates.record", "1e-17", "from"]),
    Input(
      name: "legs-that-round-together",
      text: drone(
        "reference: { waypoints: { points: [[0,0,1],[1e17,0,1],[1e17,0,1.5]], speed: 1 } }"),
      words: [":2:", "reference.waypoints.points", "leg"]),
    Input(
      name: "leg-without-end",
      text: drone(
        "reference: { waypoints: { points: [[0,0,1],[1,0,1],[2,0,1]], speed: 1e-320 } }"),
      words: [":2:", "reference.waypoints.points", "leg"]),
    Input(
      name: "closed-loop",
      text: "drones: [{ reference: { waypoints: { points: \(circle), speed: 1, loop: true } } }]",
      words: [":2:", "points", "closes the loop by itself"]),
    Input(
      name: "short-period", text: drone("reference: { circle: { radius: 1, period: 1e-300 } }"),
      words: [":2:", "drones[0].reference.circle", "finite"]),
    Input(
      name: "clock-far-off", text: "duration: 6\ndrones: [{ reference: { csv: log.csv } }]",
      files: ["log.csv": "t,x,y,z\n1760000000,0,0,1\n1760000002,1,0,1\n"],
      words: [":3:", "drones[0].reference", "1760000000.0 s", "start of the flight"]),
    Input(
      name: "replay-clock-far-off",
      text: "duration: 6\n" + drone("controller: { replay: r.csv }"),
      files: ["r.csv": "t,drone,rpm0,rpm1,rpm2,rpm3\n1760000000,0,1,1,1,1\n1760000001,0,1,1,1,1\n"],
      words: [":3:", "drones[0].controller", "start of the flight"]),
    Input(
      name: "several-drones", text: "drones: [{ reference: { csv: two.csv } }]",
      files: ["two.csv": "t,drone,x,y,z\n0,0,0,0,1\n0,1,1,0,1\n"],
      words: [":2:", "two.csv", "2 drones", "one"]),
    Input(
      name: "header-alone", text: "drones: [{ reference: { csv: h.csv } }]",
      files: ["h.csv": "t,x,y,z\n"], words: [":2:", "h.csv", "no row below the header"]),
    Input(
      name: "new-line-in-name", text: "name: \"a\\nb\"\n\(hover)", words: [":2:", "name", "a\\nb"]),
    Input(
      name: "escape-in-name", text: "name: \"\\e[31mred\"\n\(hover)",
      words: [":2:", "name", "\\u{1b}"]),
    Input(
      name: "thin-box",
      text: "world: { obstacles: [{ box: [1e-9, 1, 1], at: [3, 0, 0] }] }\n\(hover)",
      words: [":2:", "world.obstacles[0].box", "1e-9"]),
    Input(
      name: "light-obstacle",
      text: "world: { obstacles: [{ sphere: 1, at: [3, 0, 1], mass: 1e-9 }] }\n\(hover)",
      words: [":2:", "world.obstacles[0]", "mass"]),
    Input(
      name: "on-the-floor", text: "drones: [{ at: [0, 0, 0], model: hummingbird }]",
      words: [":2:", "drones[0].at", "floor", "z of"]),
    Input(
      name: "in-a-box",
      text: "world: { obstacles: [{ box: [2, 2, 2], at: [0, 0, 1] }] }\n\(hover)",
      words: [":3:", "drones[0].at", "obstacle 0", "room"]),
    Input(
      name: "in-a-drone", text: "drones:\n  - { at: [0, 0, 1] }\n  - { at: [0.11, 0, 1] }",
      words: [":4:", "drones[1].at", "drones 0 and 1", "room"]),
    Input(
      name: "beside-a-drone",
      text: "duration: 1\ndrones: [{ at: [0, 0, 1] }, { at: [0.13, 0, 1] }]",
      code: 0),
    Input(
      name: "unfelt-wind",
      text:
        "duration: 1\nwind: { mean: [12, 0, 0] }\ndrones: [{ at: [0, 0, 2], model: hummingbird }]",
      code: 0, words: [":3:", "wind", "no effect on hummingbird"]),
    Input(
      name: "felt-wind", text: "duration: 1\nwind: { mean: [1, 0, 0] }\n\(hover)", code: 0),
    Input(
      name: "replay-of-odd-speeds",
      text: "rates: { control: 10 }\n" + drone("model: cf2x, controller: { replay: r.csv }"),
      files: ["r.csv": "t,drone,rpm0,rpm1,rpm2,rpm3\n0,0,-5,9e9,1,1\n0.1,0,1,1,1,1\n"], code: 0,
      words: [":3:", "drones[0].controller", "-5.0 rpm", "held"]),
    Input(
      name: "reference-of-a-replay",
      text: "rates: { control: 10 }\n"
        + drone("model: cf2x, controller: { replay: r.csv }, reference: hover"),
      files: ["r.csv": "t,drone,rpm0,rpm1,rpm2,rpm3\n0,0,1,1,1,1\n0.1,0,1,1,1,1\n"], code: 0,
      words: [":3:", "drones[0].reference", "no effect", "replay"]),
    Input(
      name: "huge-angle", text: "drones: [{ at: [0, 0, 1], rpy: [1e300, 0, 0] }]",
      words: [":2:", "drones[0].rpy", "rad"]),
    Input(
      name: "far-hover",
      text: "duration: 1\n" + drone("reference: { hover: { at: [1e200, 0, 1] } }"),
      code: 0, words: ["drone 0", "more than a number can hold"]),
    Input(
      name: "far-place", text: "duration: 1\ndrones: [{ at: [1e14, 0, 1] }]", code: 0),
  ]

  @Test(
    "is flown or refused, in one line, and validate sees what fly sees", arguments: inputs.indices)
  func input(index: Int) throws {
    let input = Self.inputs[index]
    let folder = try TemporaryFolder()
    for (name, text) in input.files { _ = try folder.write(text, to: name) }
    let file = try folder.write("version: 1\n\(input.text)\n", to: "\(input.name).yaml")
    let flown = try Command.swiftlet(
      "fly", file, "--json", "--out", folder.path("run"), in: folder.url)
    #expect(flown.code == input.code, "\(input.name): \(flown)")
    #expect(
      flown.errorLines.count == (input.words.isEmpty ? 0 : 1), "\(input.name): \(flown.error)")
    for word in input.words {
      #expect(flown.error.contains(word), "\(input.name): \(flown.error)")
    }
    if input.code == 0 {
      #expect((try? JSONSerialization.jsonObject(with: Data(flown.output.utf8))) != nil)
    }
    let validated = try Command.swiftlet("validate", file, in: folder.url)
    #expect(validated.code == input.code, "\(input.name): \(validated)")
    if input.code == 2 { #expect(validated.error == flown.error, "\(input.name)") }
  }

  @Test("a replay commands as often as its file has rows, and says where those are too rare")
  func rowsOfAReplay() throws {
    let folder = try TemporaryFolder()
    let original = try folder.write(
      "version: 1\nduration: 1\ndrones: [{ model: cf2x, at: [0, 0, 1], reference: { circle: { radius: 0.3, period: 5 } } }]",
      to: "original.yaml")
    let again = try folder.write(
      "version: 1\ndrones: [{ model: cf2x, at: [0, 0, 1], controller: { replay: a/trajectory.csv } }]",
      to: "again.yaml")
    for (control, record, isRare) in [(240, 240, false), (48, 48, false), (48, 12, true)] {
      for run in ["a", "b"] { try? FileManager.default.removeItem(atPath: folder.path(run)) }
      _ = try Command.swiftlet(
        "fly", original, "--out", folder.path("a"), "--no-pictures", "--set",
        "rates.control=\(control)", "--set", "rates.record=\(record)")
      let outcome = try Command.swiftlet(
        "fly", again, "--out", folder.path("b"), "--no-pictures", in: folder.url)
      #expect(outcome.code == 0)
      #expect(outcome.error.contains("rows at 12.0 Hz") == isRare, "\(outcome.error)")
      let difference = try Command.swiftlet(
        "compare", folder.path("a/trajectory.csv"), folder.path("b/trajectory.csv"), "--tolerance",
        "1e-9")
      #expect(difference.code == (isRare ? 1 : 0), "\(difference.output)")
    }
  }
}
