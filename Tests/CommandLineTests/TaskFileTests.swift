import Foundation
import TestSupport
import Testing

/// Tasks as files, by the commands that take them.
struct TaskFileTests {
  private static let tiny = [
    "--environments", "8", "--option", "horizon=16", "--steps", "640", "--target", "none",
  ]

  @Test("a file that says a name alone is the task of that name, to the bit")
  func namesAlone() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("task: hover\n", to: "mine.yaml")
    let (named, filed) = (
      try Command.swiftlet("rollout", "hover", "--seed", "3"),
      try Command.swiftlet("rollout", file, "--seed", "3")
    )
    #expect(named.code == 0 && named.output == filed.output, "\(filed.error)")
    let bench = ["bench", "environments", "--count", "4", "--steps", "5", "--task"]
    func hash(_ task: String) throws -> Substring? {
      try Command.run(Command.program, bench + [task]).output.split(separator: " ").last
    }
    #expect(try hash("hover") == hash(file))
  }

  @Test("a policy carries the task that it learned, and is evaluated on that")
  func policiesCarryTasks() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      """
      task: hover
      target: [0, 0, 0.75]
      model: racer
      time_limit: 2
      rates: { control: 60 }
      """, to: "mine.yaml")
    let trained = try Command.run(
      Command.program, ["train", file, "--out", folder.path("run"), "--quiet"] + Self.tiny)
    #expect(trained.code == 0, "\(trained.error)")
    try FileManager.default.removeItem(atPath: file)
    let evaluate = ["evaluate", folder.path("run"), "--episodes", "3", "--json"]
    let own = try Command.run(Command.program, evaluate)
    #expect(own.code == 0, "\(own.error)")
    struct Result: Decodable { let meanReturn, meanLength: Double }
    let result = try JSONDecoder().decode(Result.self, from: Data(own.output.utf8))
    #expect(result.meanLength <= 120)
    let same = try Command.run(
      Command.program, evaluate + ["--set", "target=[0,0,0.75]", "--set", "time_limit=2"])
    #expect(same.output == own.output)
    let other = try Command.run(Command.program, evaluate + ["--set", "target=[0,0,1]"])
    #expect(other.code == 0 && other.output != own.output, "\(other.error)")
    let foreign = try Command.run(Command.program, evaluate + ["--set", "model=cf2x"])
    #expect(foreign.code == 0 && foreign.output != own.output)
    #expect(
      foreign.errorLines.contains(
        "\(folder.path("run")): learned with model 'racer', and plays with 'cf2x'"),
      "\(foreign.error)")
    let blind = try Command.run(Command.program, evaluate + ["--set", "observation=[altitude]"])
    #expect(blind.code == 2 && blind.error.contains("its observation is '"), "\(blind.error)")
    let resumed = try Command.swiftlet("train", "--resume", folder.path("run"), "--quiet")
    #expect(resumed.code == 0, "\(resumed.error)")
  }

  @Test("a policy carries the model that it learned to fly, wherever its file goes")
  func policiesCarryModels() throws {
    let folder = try TemporaryFolder()
    let light = try contents(
      Command.repository.appendingPathComponent("Assets/Drones/cf2x.urdf").path)
    let heavy = light.replacing("<mass value=\"0.027\"/>", with: "<mass value=\"0.031\"/>")
    #expect(heavy != light)
    let model = try folder.write(heavy, to: "heavy.urdf")
    let trained = try Command.run(
      Command.program,
      ["train", "hover", "--set", "model=\(model)", "--out", folder.path("run"), "--quiet"]
        + Self.tiny)
    #expect(trained.code == 0, "\(trained.error)")
    let evaluate = ["evaluate", folder.path("run"), "--episodes", "3", "--json"]
    let own = try Command.run(Command.program, evaluate)
    #expect(own.code == 0, "\(own.error)")
    let other = try Command.run(Command.program, evaluate + ["--set", "model=cf2x"])
    #expect(other.code == 0 && other.output != own.output, "\(other.error)")
    try FileManager.default.removeItem(atPath: model)
    #expect(try Command.run(Command.program, evaluate).output == own.output)
  }

  @Test("validate says what a task's file holds, or what is wrong with it")
  func validates() throws {
    let folder = try TemporaryFolder()
    let right = try folder.write("task: formation\ndrones: 6\n", to: "right.yaml")
    let good = try Command.swiftlet("validate", right)
    #expect(good.output == "\(right): ok, the task formation, 6 drones for 10.0 s\n")
    let wrong = try folder.write("task: formation\ndrones: 0\nradious: 1\n", to: "wrong.yaml")
    let bad = try Command.swiftlet("validate", wrong)
    #expect(bad.code == 2)
    #expect(
      bad.errorLines == [
        "\(wrong):2: drones: 0 is out of range; expected a whole number from 1 to 1000",
        "\(wrong):3: radious: unknown key; did you mean \"radius\"?",
      ])
  }

  @Test("a task is printed as JSON that reads as the same task, and its keys in a table")
  func prints() throws {
    let folder = try TemporaryFolder()
    let json = try Command.swiftlet("tasks", "landing", "--set", "radius=0.3", "--json")
    let file = try folder.write(json.output, to: "landing.json")
    let again = try Command.swiftlet("tasks", file, "--json")
    #expect(json.code == 0 && again.output == json.output, "\(again.error)")
    let keys = try Command.swiftlet("tasks", "landing", "--keys")
    #expect(keys.output.contains("how far from the pad's middle a landing may be"))
  }

  @Test("a hyperparameter among the task's settings is shown its own option")
  func hyperparameters() throws {
    let outcome = try Command.swiftlet("train", "hover", "--set", "learningRate=1e-3")
    #expect(outcome.code == 2)
    #expect(
      outcome.errorLines == [
        "--set learningRate=1e-3: a hyperparameter; write --option learningRate=1e-3"
      ])
  }
}
