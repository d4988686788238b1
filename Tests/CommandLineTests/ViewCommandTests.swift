import Foundation
import TestSupport
import Testing

/// `swiftlet view`, as far as it goes without a browser.
struct ViewCommandTests {
  /// Runs it until it has served for a while, and ends it by Ctrl-C.
  private func view(_ arguments: [String]) throws -> Command.Outcome {
    let (process, output, error) = (Process(), Pipe(), Pipe())
    process.executableURL = Command.program
    process.arguments = ["view"] + arguments + ["--port", "0"]
    process.standardOutput = output
    process.standardError = error
    try process.run()
    var said = Data()
    while !String(decoding: said, as: UTF8.self).contains("(Ctrl-C ends it)") {
      let more = error.fileHandleForReading.availableData
      try #require(!more.isEmpty, "it ended: \(String(decoding: said, as: UTF8.self))")
      said += more
    }
    Thread.sleep(forTimeInterval: 1)
    process.interrupt()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    said += error.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Command.Outcome(
      code: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
      error: String(decoding: said, as: UTF8.self))
  }

  @Test(
    "a task is played, by whoever is asked for, and recorded",
    arguments: [
      ("hover", [], "hover"), ("gate-racing", ["--policy", "human"], "human"),
      ("vision-hover", [], "vision-hover"), ("vision-hover", ["--policy", "pid"], "pid"),
      ("hover", ["--policy", "zero", "--set", "time_limit=1000"], "zero"),
    ])
  func tasks(task: String, options: [String], pilot: String) throws {
    let folder = try TemporaryFolder()
    let outcome = try view([task, "--record", folder.path("run")] + options)
    #expect(outcome.code == 0, "\(outcome.error)")
    #expect(outcome.output.hasPrefix(folder.path("run/episode-0") + "\n"))
    let metadata = try contents(folder.path("run/episode-0/metadata.json"))
    #expect(
      metadata.contains(#""policy" : "\#(pilot)""#) || metadata.contains(#""policy":"\#(pilot)""#))
    let rows = try contents(folder.path("run/episode-0/trajectory.csv")).split(separator: "\n")
    #expect(rows.count > 3)
    #expect(folder.contents.contains("run/episode-0/replay.html"))
    #expect(folder.contents.contains("run/episode-0/sticks.csv") == (pilot == "human"))
  }

  @Test("a scenario with a person is recorded as any flight is")
  func scenario() throws {
    let folder = try TemporaryFolder()
    let outcome = try view(["Examples/by-hand.yaml", "--record", folder.path("run")])
    #expect(outcome.code == 0, "\(outcome.error)")
    for file in ["trajectory.csv", "sticks.csv", "metadata.json", "plots.svg", "replay.html"] {
      #expect(folder.contents.contains("run/flight-0/" + file), "\(file)")
    }
    let sticks = try contents(folder.path("run/flight-0/sticks.csv"))
    #expect(sticks.hasSuffix("\n0.0,0,0,0,0,0,0,0\n"))
  }

  @Test(
    "what is wrong is said in a line",
    arguments: [
      (
        ["view", "hoover"], 2,
        "hoover: there is no such file or folder; did you mean the task 'hover'?"
      ),
      (["view", "hover", "--policy", "nobody"], 3, "nobody: there is no such file, nor a policy"),
      (
        ["view", "hoover", "--policy", "pid"], 2, "there is no task 'hoover'; did you mean 'hover'?"
      ),
      (
        ["view", "trajectory", "--policy", "hover"], 2,
        "trajectory: its observation is"
      ),
      (["view", "Examples/circle.yaml", "--seed", "3"], 2, "of a scenario write --set seed=N"),
      (
        ["view", "hover", "--record", "Sources"], 2,
        "Sources: the folder is not empty; give a new one"
      ),
    ])
  func faults(arguments: [String], code: Int32, words: String) throws {
    let outcome = try Command.run(Command.program, arguments)
    #expect(outcome.code == code && outcome.errorLines.count == 1, "\(outcome.error)")
    #expect(outcome.error.contains(words), "\(outcome.error)")
  }

  @Test("who flies a drone that waits for a person is told where a person can")
  func hint() throws {
    let folder = try TemporaryFolder()
    let outcome = try Command.swiftlet(
      "fly", "Examples/by-hand.yaml", "--duration", "1", "--no-pictures", "--out",
      folder.path("run"))
    #expect(outcome.code == 0 && outcome.error.isEmpty)
    #expect(
      outcome.output.contains(
        "drone 0 waited for a person: 'swiftlet view Examples/by-hand.yaml' lets one fly it\n"))
  }
}
