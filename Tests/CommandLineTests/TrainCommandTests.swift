import Foundation
import TestSupport
import Testing

/// `swiftlet train` and `swiftlet evaluate`, with next to no steps.
struct TrainCommandTests {
  private static let tiny = [
    "--environments", "8", "--option", "horizon=16", "--steps", "640", "--target", "none",
  ]

  private func run(_ arguments: [String]) throws -> Command.Outcome {
    try Command.run(Command.program, arguments)
  }

  @Test("trains, evaluates what it trained, and records it")
  func trainsAndEvaluates() throws {
    let folder = try TemporaryFolder()
    let trained = try run(["train", "hover", "--out", folder.path("run")] + Self.tiny)
    #expect(trained.code == 0 && trained.output.contains("640 steps"), "\(trained.error)")
    for file in ["training.json", "checkpoint.safetensors", "last.safetensors", "summary.json"] {
      #expect(folder.contents.contains("run/" + file))
    }
    #expect(folder.contents.contains { $0.contains("tfevents") })
    let table = try String(contentsOfFile: folder.path("run/learning.csv"), encoding: .utf8)
    #expect(table.hasPrefix("steps,seconds,return,") && table.contains("\n640,"))

    let policy = folder.path("run/best.safetensors")
    let arguments = ["evaluate", policy, "--episodes", "2", "--json"]
    let (plain, recorded) = (
      try run(arguments), try run(arguments + ["--record", folder.path("flights")])
    )
    #expect(plain.code == 0 && plain.output.contains("\"crashRate\""), "\(plain.error)")
    #expect(recorded.output == plain.output)
    for file in ["trajectory.csv", "actions.csv", "metadata.json", "plots.svg", "replay.html"] {
      #expect(folder.contents.contains("flights/episode-1/" + file))
    }
    for file in ["metadata.json", "replay.html"] {
      let text = try contents(folder.path("flights/episode-1/" + file))
      #expect(text.contains("\"task\" : \"hover\"") && text.contains("\"number\" : 1"))
    }
  }

  @Test("a run with a target out of reach ends with code 1")
  func missedTargets() throws {
    let folder = try TemporaryFolder()
    let outcome = try run(
      ["train", "hover", "--out", folder.path("run")] + Self.tiny.dropLast() + ["1e6", "--quiet"])
    #expect(outcome.code == 1 && outcome.output.isEmpty)
    #expect(outcome.errorLines == ["the target of 1000000.0 was not reached"])
  }

  @Test("killed again and again at random moments, it ends as it would have")
  func killsChangeNothing() throws {
    let folder = try TemporaryFolder()
    let arguments = ["train", "trajectory", "--seed", "5", "--save-every", "0"]
    let options = [
      "--environments", "16", "--option", "horizon=16", "--steps", "15360", "--target", "none",
    ]
    #expect(
      try run(arguments + options + ["--out", folder.path("whole"), "--quiet"]).code == 0)
    var (kills, command) = (0, arguments + options + ["--out", folder.path("parts")])
    while true {
      let process = Process()
      process.executableURL = Command.program
      process.arguments = command + ["--quiet"]
      process.standardError = Pipe()
      try process.run()
      let patience = Date().addingTimeInterval(.random(in: 0.02...0.25))
      while process.isRunning, Date() < patience { Thread.sleep(forTimeInterval: 0.002) }
      if process.isRunning, kills < 40 {
        kill(process.processIdentifier, SIGKILL)
        kills += 1
      }
      process.waitUntilExit()
      guard process.terminationReason == .uncaughtSignal else {
        #expect(process.terminationStatus == 0)
        break
      }
      guard folder.contents.contains("parts/checkpoint.safetensors") else {
        try? FileManager.default.removeItem(atPath: folder.path("parts"))
        continue
      }
      command = ["train", "--resume", folder.path("parts"), "--save-every", "0"]
    }
    #expect(kills > 2, "it was killed \(kills) times")
    for file in ["last.safetensors", "best.safetensors"] {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path("whole/" + file)))
      #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path("parts/" + file))) == bytes)
    }
  }

  @Test("Ctrl-C saves and says how to go on, and so it does")
  func interruptsSave() throws {
    let folder = try TemporaryFolder()
    let (process, error) = (Process(), Pipe())
    process.executableURL = Command.program
    process.arguments = ["train", "hover", "--out", folder.path("run"), "--target", "none"]
    process.standardError = error
    try process.run()
    while !folder.contents.contains("run/best.safetensors") { Thread.sleep(forTimeInterval: 0.01) }
    process.interrupt()
    let text = error.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let hint = "stopped; go on with: swiftlet train --resume \(folder.path("run"))\n"
    #expect(process.terminationStatus == 130 && String(decoding: text, as: UTF8.self) == hint)
    let more = try run(["train", "--resume", folder.path("run"), "--steps", "1", "--quiet"])
    #expect(more.code == 0, "\(more.error)")
  }

  @Test("damaged, cut, foreign and missing policies are refused with the reason")
  func badPoliciesAreRefused() throws {
    let folder = try TemporaryFolder()
    _ = try run(["train", "hover", "--out", folder.path("run"), "--quiet"] + Self.tiny)
    var bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path("run/best.safetensors")))
    let checkpoint = folder.path("run/checkpoint.safetensors")
    func reason(_ bytes: Data) throws -> String {
      try bytes.write(to: URL(fileURLWithPath: folder.path("p")))
      let outcome = try run(["evaluate", folder.path("p")])
      #expect(outcome.code == 2 && outcome.output.isEmpty && outcome.errorLines.count == 1)
      return outcome.error
    }
    #expect(try reason(bytes.dropLast(9)).contains("it is cut off"))
    #expect(try reason(Data("not a policy".utf8)).contains("it is no safetensors file"))
    #expect(
      try reason(Data(contentsOf: URL(fileURLWithPath: checkpoint))).contains(
        "it is a swiftlet-checkpoint, no policy"))
    bytes[bytes.count - 5] ^= 1
    #expect(try reason(bytes).contains("it is damaged"))
    let missing = try run(["evaluate", "no-such-policy"])
    #expect(missing.code == 2 && missing.error.contains("there is no such file"))
  }

  @Test(
    "says in a line what is wrong, with code 2",
    arguments: [
      ["train"], ["train", "hoover"], ["train", "hover", "--drones", "3"],
      ["train", "hover", "--option", "learningrate=1"],
      ["train", "hover", "--option", "horizon=many"],
      ["train", "hover", "--option", "discount=2"], ["train", "hover", "--algorithm", "sac"],
      ["train", "hover", "--target", "much"], ["train", "hover", "--environments", "0"],
      ["train", "hover", "--steps", "0"], ["train", "--resume", "/nowhere"],
      ["train", "hover", "--resume", "/nowhere"], ["train", "--resume", "/nowhere", "--seed", "1"],
      ["evaluate", "hover", "--episodes", "0"],
      ["evaluate", "any-airframe", "--strangers", "2", "--pilot", "0=nobody"],
      ["keys", "world.forrest"],
    ])
  func refusesBadWords(arguments: [String]) throws {
    let folder = try TemporaryFolder()
    let outcome = try Command.run(Command.program, arguments, in: folder.url)
    #expect(outcome.code == 2 && !outcome.error.isEmpty && outcome.output.isEmpty)
    #expect(folder.contents.isEmpty, "\(folder.contents)")
  }
}
