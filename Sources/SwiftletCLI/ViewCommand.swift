import ArgumentParser
import Foundation
import LiveView
import Pictures
import Spelling
import Swiftlet

/// `swiftlet view`.
struct ViewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "view", abstract: "Show a flight in the browser, recorded or live.",
    discussion: """
      Serves a page on this machine alone, until Ctrl-C. A run folder or trajectory is played back; \
      a scenario flies live, and viewers can pause it, start it again, change its speed and \
      push its drones; a task is played one episode after the other. A drone with controller: human, and the \
      first drone of a task with --policy human, is flown by the keys or the gamepad of whoever opens the page; \
      when that falls silent, it hovers and lands. From another machine, type: ssh -L 8060:127.0.0.1:8060 HOST

      EXAMPLES:
        swiftlet view runs/circle-20260102-030405
        swiftlet view Examples/circle-ten.yaml
        swiftlet view Examples/by-hand.yaml --record runs/by-hand
        swiftlet view hover
        swiftlet view gate-racing --policy human
        swiftlet view flock --policy runs/mine/best.safetensors --set drones=4
      """)

  @Argument(
    help: "A run folder, a trajectory, a scenario, or a task, by name or as a file.",
    completion: .file())
  var flight: String

  @Option(
    parsing: .unconditional,
    help: "The port; 8060, or any that is free where that is taken, if not given.")
  var port: UInt16?

  @Option(
    help: ArgumentHelp(
      "Who flies a task: human, \(TaskPolicy.allCases.map(\.rawValue).joined(separator: ", ")), or a learned policy. "
        + "(default: the policy that comes with the package for the task, or else pid)"))
  var policy: String?

  @Option(parsing: .unconditional, help: "Where the random numbers of a task start.")
  var seed: UInt64?

  @Option(
    help: ArgumentHelp(
      "A new folder, for each flight of a scenario or episode of a task, as 'fly' and 'rollout' record them.",
      valueName: "dir"),
    completion: .directory)
  var record: String?

  @OptionGroup var settings: ScenarioSettings

  func run() throws {
    let folder: RunFolder?
    do throws(RecordingError) {
      folder = try record.map { path throws(RecordingError) in try RunFolder(at: path) }
    } catch { throw CommandFailure(error) }
    defer { withExtendedLifetime(folder) {} }
    let live = try liveFlight()
    let server = try live.map { try ViewServer(of: $0) } ?? ViewServer(of: page())
    // Without a recording Ctrl-C just ends the program.
    let interrupt = record == nil ? nil : Interrupt()
    let ports: [UInt16] = port.map { [$0] } ?? [8060, 0]
    let isDone = DispatchSemaphore(value: 0)
    Task {
      for port in ports {
        do { try await server.run(port: port, whenReady: announce) } catch {
          if port == ports.last {
            standardError("\(error)")
            Foundation.exit(3)
          }
        }
      }
      isDone.signal()
    }
    while isDone.wait(timeout: .now() + .milliseconds(50)) == .timedOut {
      if let interrupt, interrupt.hasHappened { return try finish(live) }
    }
  }

  /// Ends a flight that is recorded, and draws what was recorded.
  private func finish(_ live: LiveFlight?) throws {
    live?.finish()
    for folder in live?.recordings ?? [] {
      do { try FlightPictures.write(into: RunFolder(goingOnAt: folder)) } catch {
        throw CommandFailure(error) ?? error
      }
      try standardOutput(folder)
    }
  }

  private func page() throws -> ReplayPage {
    guard policy == nil, seed == nil, record == nil else {
      throw CommandFailure.input(
        "\(flight): a flight that is over is played back as it was; --policy, --seed and --record are for tasks "
          + "and scenarios")
    }
    if !FileManager.default.fileExists(atPath: flight),
      let meant = nearestWord(to: flight, among: TaskCatalogue.standard.names)
    {
      throw CommandFailure.input(
        "\(flight): there is no such file or folder; did you mean the task '\(meant)'?")
    }
    do { return try ReplayPage(of: RecordedFlight(at: flight)) } catch {
      throw CommandFailure(error)
    }
  }

  /// What flies live; `nil` for what is over.
  private func liveFlight() throws -> LiveFlight? {
    if TaskCatalogue.standard[flight] != nil || policy != nil || isTaskFile {
      return try taskFlight()
    }
    guard flight.hasSuffix(".yaml") || flight.hasSuffix(".yml") else { return nil }
    guard seed == nil else {
      throw CommandFailure.input("\(flight): --seed is for tasks; of a scenario write --set seed=N")
    }
    let specification = try settings.scenario(at: flight)
    do {
      return LiveFlight(try ScenarioSource(specification, record: record), note: standardError)
    } catch { throw CommandFailure(error) ?? CommandFailure.input("\(error)") }
  }

  /// Whether it is a file that says which task it is of.
  private var isTaskFile: Bool {
    guard ["yaml", "yml", "json"].contains(URL(fileURLWithPath: flight).pathExtension),
      let text = try? String(contentsOfFile: flight, encoding: .utf8)
    else { return false }
    return text.contains(/(^|\n)task:/) || text.contains(/"task"\s*:/)
  }

  private func taskFlight() throws -> LiveFlight {
    var options = TaskOptions()
    (options.settings, options.drones) = (settings.settings, nil)
    let specification = try options.specification(of: flight)
    return try taskFlight(specification.task, named: specification.name)
  }

  private func taskFlight(_ task: some DroneTask, named name: String) throws -> LiveFlight {
    do {
      let source = try TaskSource(
        task, named: name, by: pilot(of: name), seed: seed ?? 0, record: record)
      return LiveFlight(source, note: standardError)
    } catch { throw CommandFailure(error, in: flight) ?? error }
  }

  private func pilot(of task: String) throws -> TaskPilot {
    guard let policy else {
      guard TrainedPolicy.names.contains(task) else { return .rule(.pid) }
      return .learned(try TrainedPolicy.load(task), name: task)
    }
    if policy == "human" { return .human }
    if let rule = TaskPolicy(rawValue: policy) { return .rule(rule) }
    return .learned(try TrainedPolicy.load(policy), name: policy)
  }

  @Sendable private func announce(_ port: UInt16) {
    standardError("http://127.0.0.1:\(port)/  (Ctrl-C ends it)")
  }
}
