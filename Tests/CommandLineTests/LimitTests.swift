import Foundation
import TestSupport
import Testing

/// Files that are too large, or none at all, in every place that takes a file.
///
/// The large ones are sparse: they take no room on the disk, and a program that read them would take
/// all memory.
struct LimitTests {
  /// A place that takes a file: its name, the words of the command, and how large it may be.
  struct Place: CustomTestStringConvertible {
    var file: String
    var arguments: [String]
    var size: String
    var testDescription: String { "\(file) in \(arguments.joined(separator: " "))" }
  }

  private static func scenario(_ keys: String) -> String {
    "version: 1\nduration: 1\ndrones: [{ at: [0, 0, 1], \(keys) }]\n"
  }

  /// The scenarios that name the files.
  private static let scenarios = [
    "model.yaml": scenario("model: x.urdf"),
    "replay.yaml": scenario("controller: { replay: x.csv }"),
    "reference.yaml": scenario("reference: { csv: x.csv }"),
    "policy.yaml": scenario("controller: { policy: x.safetensors }"),
    "urdf.yaml": scenario("model: cf2x")
      + "world: { obstacles: [{ urdf: x.urdf, at: [9, 9, 1] }] }\n",
    "obj.yaml": scenario("model: cf2x")
      + "world: { obstacles: [{ mesh: { file: x.obj }, at: [9, 9, 1] }] }\n",
    "stl.yaml": scenario("model: cf2x")
      + "world: { obstacles: [{ mesh: { file: x.stl }, at: [9, 9, 1] }] }\n",
  ]

  static let places = [
    Place(file: "x.yaml", arguments: ["validate", "x.yaml"], size: "4 MB"),
    Place(file: "x.urdf", arguments: ["validate", "model.yaml"], size: "10 MB"),
    Place(file: "x.urdf", arguments: ["validate", "urdf.yaml"], size: "10 MB"),
    Place(file: "x.obj", arguments: ["validate", "obj.yaml"], size: "100 MB"),
    Place(file: "x.stl", arguments: ["validate", "stl.yaml"], size: "100 MB"),
    Place(file: "x.csv", arguments: ["validate", "replay.yaml"], size: "4 GB"),
    Place(file: "x.csv", arguments: ["validate", "reference.yaml"], size: "4 GB"),
    Place(file: "x.csv", arguments: ["plot", "x.csv"], size: "4 GB"),
    Place(file: "x.csv", arguments: ["compare", "x.csv", "x.csv"], size: "4 GB"),
    Place(file: "metadata.json", arguments: ["plot", "."], size: "500 MB"),
    Place(file: "x.safetensors", arguments: ["validate", "policy.yaml"], size: "4 GB"),
    Place(file: "x.safetensors", arguments: ["evaluate", "x.safetensors"], size: "4 GB"),
    Place(file: "training.json", arguments: ["train", "--resume", "."], size: "500 MB"),
    Place(
      file: "checkpoint.safetensors", arguments: ["train", "--resume", "."], size: "4 GB"),
    Place(file: "learning.csv", arguments: ["train", "--resume", "."], size: "500 MB"),
  ]

  /// A folder with what a command needs beside the file.
  private func folder(for place: Place) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (name, text) in Self.scenarios { _ = try folder.write(text, to: name) }
    if place.file == "metadata.json" {
      _ = try folder.write("t,drone\n0,0\n", to: "trajectory.csv")
    }
    if place.arguments[0] == "train", place.file != "training.json" {
      let trained = try Command.swiftlet(
        "train", "hover", "--environments", "8", "--option", "horizon=16", "--steps", "128",
        "--target", "none", "--quiet", "--out", "run", in: folder.url)
      try #require(trained.code == 0, "\(trained.error)")
      for name in ["training.json", "checkpoint.safetensors", "learning.csv"] {
        try FileManager.default.moveItem(
          atPath: folder.path("run/" + name), toPath: folder.path(name))
      }
      try FileManager.default.removeItem(atPath: folder.path(place.file))
    }
    return folder
  }

  private func complaint(_ place: Place, in folder: TemporaryFolder) throws -> String {
    let outcome = try Command.run(Command.program, place.arguments, in: folder.url)
    #expect(outcome.code == 2 && outcome.errorLines.count == 1, "\(outcome)")
    return outcome.error
  }

  @Test("say in a line which file it is, and what is the matter", arguments: places)
  func areRefused(place: Place) throws {
    let folder = try folder(for: place)
    let path = try folder.write("", to: place.file)
    try #require(FileHandle(forWritingAtPath: path)).truncate(atOffset: 6_000_000_000)
    var said = try complaint(place, in: folder)
    #expect(said.contains("\(place.file): is larger than \(place.size)"), "\(said)")

    try FileManager.default.removeItem(atPath: path)
    // unsafe: C reads the path.
    try #require(unsafe mkfifo(path, 0o600) == 0)
    said = try complaint(place, in: folder)
    #expect(said.contains("\(place.file): is a pipe"), "\(said)")

    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/dev/zero")
    said = try complaint(place, in: folder)
    #expect(said.contains("\(place.file): is a device; expected a file"), "\(said)")

    // A policy and a trajectory may be named by the folder of their run.
    guard place.file != "x.safetensors", !place.arguments.contains("x.csv") else { return }
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    said = try complaint(place, in: folder)
    #expect(said.contains("\(place.file): is a folder; expected a file"), "\(said)")
  }

  /// The text of a file, and what is said of it.
  static let texts: [(file: String, text: String, arguments: [String], words: String)] = [
    (
      "x.urdf", "<robot" + (0..<200_000).map { " a\($0)='1'" }.joined() + "/>",
      ["validate", "model.yaml"], "x.urdf:1: an element of more than 256 attributes"
    ),
    (
      "x.urdf", "<robot>\n" + String(repeating: "<link/>", count: 20_000) + "</robot>",
      ["validate", "model.yaml"], "x.urdf:2: more than 20000 elements"
    ),
    (
      "x.urdf", String(repeating: "<a>", count: 1_000_000), ["validate", "urdf.yaml"],
      "x.urdf:1: elements nested deeper than 64"
    ),
    (
      "x.urdf", "<?xml version='1.0'?>\n<!DOCTYPE robot [\n<!ENTITY a 'b'>]><robot/>",
      ["validate", "model.yaml"], "x.urdf:2: a document type with declarations"
    ),
    (
      "x.csv", (0..<100_000).map { "c\($0)" }.joined(separator: ",") + "\n", ["plot", "x.csv"],
      "x.csv:1: 100000 columns; expected at most 10000"
    ),
    (
      "x.csv", (0..<100_000).map { "c\($0)" }.joined(separator: ",") + "\n",
      ["validate", "reference.yaml"], "x.csv:1: 100000 columns; expected at most 10000"
    ),
    (
      "x.yaml", String(repeating: "[", count: 3_999_999), ["validate", "x.yaml"],
      "x.yaml:1: is nested too deeply"
    ),
    (
      "x.yaml", (0..<900).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
      ["validate", "x.yaml"], "is nested more than 64 deep"
    ),
    (
      "training.json", String(repeating: "[", count: 10_000_000), ["train", "--resume", "."],
      "training.json:1: is not JSON; expected the configuration of a training run"
    ),
  ]

  @Test("that hold too much are refused as soon as that shows", arguments: texts.indices)
  func holdTooMuch(index: Int) throws {
    let (file, text, arguments, words) = Self.texts[index]
    let folder = try TemporaryFolder()
    for (name, text) in Self.scenarios { _ = try folder.write(text, to: name) }
    _ = try folder.write(text, to: file)
    let outcome = try Command.run(Command.program, arguments, in: folder.url)
    #expect(outcome.code == 2 && outcome.errorLines.count == 1, "\(outcome)")
    #expect(outcome.error.contains(words), "\(outcome.error)")
  }
}
