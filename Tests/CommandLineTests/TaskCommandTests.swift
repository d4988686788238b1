import Foundation
import TestSupport
import Testing

/// The commands about tasks.
struct TaskCommandTests {
  @Test("lists tasks and says what one asks for")
  func describesTasks() throws {
    let list = try Command.run(Command.program, ["tasks"])
    #expect(list.code == 0 && list.output.contains("gate-racing"))
    let one = try Command.run(Command.program, ["tasks", "hover"])
    #expect(one.code == 0 && one.output.contains("max(0, 2 − e⁴)"))
  }

  @Test("says of every task what each number means, and how an episode begins and ends")
  func describesTasksWhole() throws {
    let list = try Command.swiftlet("tasks").output.split(separator: "\n").dropFirst()
    #expect(list.count >= 10)
    for line in list {
      let words = line.split(separator: " ", maxSplits: 4, omittingEmptySubsequences: true)
      let text = try Command.swiftlet("tasks", String(words[0])).output
      for subject in ["drones", "rates", "start", "reward", "terminated", "truncated"] {
        #expect(text.contains("\n\(subject) "), "\(text)")
      }
      // The columns follow one another to the count that the table gives.
      for (subject, count) in [("action", words[3]), ("observation", words[2])] {
        let part = try #require(text.split(separator: "\n\(subject)").last)
        let rows = part.split(separator: "\n").dropFirst().prefix { $0.hasPrefix("  ") }
        let ranges = rows.map { row in
          row.split(separator: " ")[0].split(separator: ".").compactMap { Int($0) }
        }
        var next = 0
        for range in ranges {
          #expect(range.first == next, "\(text)")
          next = (range.last ?? 0) + 1
        }
        #expect("\(next)" == count, "\(text)")
      }
      #expect(!text.contains("of the task"), "\(text)")
    }
  }

  @Test("plays a task, the same way each time, and records it")
  func playsTasks() throws {
    let folder = try TemporaryFolder()
    let arguments = ["rollout", "gpd-hover", "--policy", "zero", "--episodes", "2"]
    let first = try Command.run(Command.program, arguments + ["--record", folder.path("run")])
    #expect(first.code == 0 && first.output.contains("333.8626"), "\(first.error)")
    let rows = try contents(folder.path("run/episode-1/trajectory.csv")).split(separator: "\n")
    #expect(rows.count == 1 + 243)
    let again = try Command.run(Command.program, arguments).output
    #expect(first.output.hasPrefix(again))
  }

  @Test("saves what drones see, of every episode from its start to its end")
  func savesFrames() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("frames")
    let arguments = ["rollout", "vision-hover", "--policy", "zero", "--episodes", "2"]
    let outcome = try Command.run(Command.program, arguments + ["--save-frames", path])
    #expect(outcome.code == 0, "\(outcome.error)")
    for (episode, line) in outcome.output.split(separator: "\n").dropFirst().prefix(2).enumerated()
    {
      let steps = try #require(Int(line.split(separator: " ")[1]))
      let names = try FileManager.default.contentsOfDirectory(
        atPath: "\(path)/episode-\(episode)/drone-0")
      let colours = names.filter { !$0.contains("-") }
      #expect(names.count == 3 * colours.count && colours.count == 1 + steps)
    }
    let frame = try Data(
      contentsOf: URL(fileURLWithPath: path + "/episode-0/drone-0/00000.png"))
    #expect(frame.starts(with: [0x89, 0x50, 0x4e, 0x47]))
    let again = try Command.run(Command.program, arguments + ["--save-frames", path])
    #expect(
      again.code != 0 && again.error.contains(path), "it writes into a folder that is not empty")
  }

  @Test("a recorded episode is a flight that can be drawn and compared")
  func recordsFlights() throws {
    let folder = try TemporaryFolder()
    for run in ["a", "b"] {
      let outcome = try Command.swiftlet(
        "rollout", "gate-racing", "--episodes", "1", "--record", folder.path(run))
      #expect(outcome.code == 0 && outcome.output.contains(folder.path("\(run)/episode-0")))
    }
    let flights = ["a", "b"].map { folder.path("\($0)/episode-0") }
    let comparison = try Command.swiftlet("compare", flights[0], flights[1], "--tolerance", "0")
    #expect(comparison.code == 0, "\(comparison.error)")
    let plot = try Command.swiftlet("plot", flights[0], "-o", folder.path("plot.svg"))
    #expect(plot.code == 0 && folder.contents.contains("plot.svg"), "\(plot.error)")
    for name in ["plots.svg", "replay.html", "metadata.json"] {
      #expect(folder.contents.contains("a/episode-0/\(name)"))
    }
    let astray = try Command.swiftlet("plot", folder.path("a"))
    #expect(astray.code == 2 && astray.error.contains("a/episode-0"))
    let data = try Data(contentsOf: URL(fileURLWithPath: flights[0] + "/metadata.json"))
    let metadata = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let episode = try #require(metadata["episode"] as? [String: Any])
    #expect(episode["task"] as? String == "gate-racing" && episode["policy"] as? String == "pid")
    let scenario = try #require(metadata["scenario"] as? [String: Any])
    let world = try #require(scenario["world"] as? [String: Any])
    let obstacles = try #require(world["obstacles"] as? [[String: Any]])
    // The gates stand where the episode put them: nowhere near the origin.
    #expect(obstacles.count == 20 && obstacles.allSatisfy { $0["at"] as? [Double] != [0, 0, 0] })
  }

  @Test("a misspelt name brings the one that was meant")
  func suggestsNames() throws {
    for arguments in [["tasks", "hoover"], ["rollout", "Hover"], ["rollout", "hovr"]] {
      let outcome = try Command.run(Command.program, arguments)
      #expect(outcome.error.contains("did you mean 'hover'?"), "\(outcome.error)")
    }
    let policy = try Command.swiftlet("rollout", "hover", "--policy", "pdi")
    #expect(policy.error.contains("did you mean 'pid'?"), "\(policy.error)")
  }

  @Test(
    "says in a line what is wrong, with code 2",
    arguments: [
      ["tasks", "hoover"], ["rollout", "hoover"], ["rollout", "hover", "--policy", "best"],
      ["rollout", "hover", "--episodes", "0"], ["bench", "environments", "--task", "hoover"],
    ])
  func refusesBadWords(arguments: [String]) throws {
    let outcome = try Command.run(Command.program, arguments)
    #expect(outcome.code == 2 && !outcome.error.isEmpty && outcome.output.isEmpty)
  }
}
