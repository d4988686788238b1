import ArgumentParser
import Foundation
import Pictures
import Plotting
import Swiftlet

/// `swiftlet bench learning`.
struct LearningBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "learning", abstract: "Measure how long tasks take to learn, over several seeds.",
    discussion: """
      Runs 'swiftlet train' from a cold start once for each task and seed, and prints a table in \
      Markdown: how many seeds reached the target, and medians with the worst in brackets. Scores are \
      of a hundred new episodes.

      EXAMPLES:
        swiftlet bench learning
        swiftlet bench learning --only gpd --seeds 3 --curves curves.svg
      """)

  @Option(parsing: .unconditional, help: "How many seeds, from 1 on.")
  var seeds = 5

  @Option(
    parsing: .unconditional, help: "On how many threads to learn; all processors if not given.")
  var threads: Int?

  @Option(help: "Only cases whose name holds this word; names are such as 'meetup, 2 drones'.")
  var only = ""

  @Option(help: "A picture of the learning curves, a .svg file.")
  var curves: String?

  func validate() throws {
    guard 1...1000 ~= seeds else { throw ValidationError("--seeds goes from 1 to 1000") }
    guard threads.map({ (1...1024).contains($0) }) ?? true else {
      throw ValidationError("--threads goes from 1 to 1024")
    }
  }

  /// The tasks that are measured, and for how many drones.
  private static let cases = [
    LearningCase("gpd-hover-1d"), LearningCase("gpd-hover"),
    LearningCase("gpd-multi-hover-1d", drones: 2), LearningCase("gpd-multi-hover-1d", drones: 4),
    LearningCase("hover"), LearningCase("multi-hover", drones: 2),
    LearningCase("leader-follower", drones: 2), LearningCase("flock", drones: 2),
    LearningCase("meetup", drones: 2), LearningCase("trajectory"),
  ]

  func run() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("swiftlet-learning-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    var panels: [Panel] = []
    try standardOutput(Machine().description + "\n\n" + LearningCase.header)
    for learned in Self.cases where only.isEmpty || learned.name.contains(only) {
      let runs = try (1...seeds).map { seed in
        try learned.run(seed: seed, threads: threads, in: folder)
      }
      try standardOutput(learned.row(of: runs))
      panels.append(learned.panel(of: runs))
    }
    guard let curves else { return }
    let figure = Figure(
      title: "Learning curves", subtitle: "mean return of the likeliest actions, by steps",
      names: (1...seeds).map { "seed \($0)" }, panels: panels)
    do { try figure.write(to: curves) } catch { throw CommandFailure(error) }
  }
}

/// A task that is learned.
private struct LearningCase {
  let task: String
  let drones: Int?

  init(_ task: String, drones: Int? = nil) { (self.task, self.drones) = (task, drones) }

  /// What one run of it came to.
  struct Run {
    let hasReachedTarget: Bool
    let steps, wallSeconds, cpuSeconds, score, rmse: Double
    let curve: (steps: [Double], returns: [Double])
  }

  /// What is read of a run's summary.
  private struct Summary: Decodable {
    struct Best: Decodable { let meanReturn, goalRMSE: Double }
    let hasReachedTarget: Bool?
    let stepCount: Int
    let best: Best
  }

  var name: String { drones.map { "\(task), \($0) drones" } ?? task }

  /// Learns it from a cold start of the command.
  func run(seed: Int, threads: Int?, in parent: URL) throws -> Run {
    let folder = parent.appendingPathComponent("\(task)-\(drones ?? 1)-\(seed)").path
    let process = Process()
    process.executableURL = Bundle.main.executableURL
    process.arguments = ["train", task, "--seed", "\(seed)", "--out", folder, "--quiet"]
    if let drones { process.arguments?.append(contentsOf: ["--drones", "\(drones)"]) }
    if let threads { process.arguments?.append(contentsOf: ["--threads", "\(threads)"]) }
    let (start, before) = (ContinuousClock.now, Self.childrenSeconds)
    let summary: Summary
    do {
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/summary.json"))
      summary = try JSONDecoder().decode(Summary.self, from: data)
    } catch {
      throw CommandFailure.check("\(name), seed \(seed): the run left no summary: \(error)")
    }
    let (wall, cpu) = ((ContinuousClock.now - start) / .seconds(1), Self.childrenSeconds - before)
    let table = try? NumberTable(contentsOf: folder + "/learning.csv")
    let points = zip(table?["steps"] ?? [], table?["evaluation"] ?? []).filter { $0.1.isFinite }
    return Run(
      hasReachedTarget: summary.hasReachedTarget ?? true, steps: Double(summary.stepCount),
      wallSeconds: wall, cpuSeconds: cpu, score: summary.best.meanReturn,
      rmse: summary.best.goalRMSE, curve: (points.map(\.0), points.map(\.1)))
  }

  /// The CPU time of all programs that this one has run. [s]
  private static var childrenSeconds: Double {
    var usage = rusage()
    // unsafe: C fills the local that it is given.
    _ = unsafe getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
    let seconds = Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
    return seconds + 1e-6 * Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec)
  }

  static let header = """
    | task | target | seeds | steps | wall [s] | CPU [s] | score | RMSE to the goal [cm] |
    | --- | --- | --- | --- | --- | --- | --- | --- |
    """

  /// A row of the table.
  func row(of runs: [Run]) -> String {
    func cell(_ values: [Double], _ format: String, lowIsWorst: Bool = false) -> String {
      let sorted = values.sorted()
      let worst = lowIsWorst ? sorted.first : sorted.last
      return String(
        format: "\(format) (\(format))", sorted[sorted.count / 2], worst ?? .nan)
    }
    let target = TrainingConfiguration.standard(for: task, droneCount: drones ?? 1).target
    let cells = [
      name, target.map { String(format: "%g", $0) } ?? "–",
      "\(runs.count { $0.hasReachedTarget }) of \(runs.count)",
      cell(runs.map(\.steps), "%.0f"), cell(runs.map(\.wallSeconds), "%.1f"),
      cell(runs.map(\.cpuSeconds), "%.1f"), cell(runs.map(\.score), "%.2f", lowIsWorst: true),
      cell(runs.map { 100 * $0.rmse }, "%.1f"),
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }

  /// The learning curves, a line a seed.
  func panel(of runs: [Run]) -> Panel {
    let lines = runs.enumerated().map { index, run in
      Line(x: run.curve.steps.map { $0 / 1000 }, y: run.curve.returns, color: index)
    }
    return Panel(name, against: "thousand steps", lines: lines)
  }
}
