import ArgumentParser
import Foundation
import Pictures
import Swiftlet

/// `swiftlet fly`.
struct FlyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fly", abstract: "Fly a scenario and record it.",
    discussion: """
      Writes trajectory.csv, metadata.json, plots.svg and replay.html into a fresh folder below runs/, and ends \
      with a table: per drone the tracking error and the contacts.

      EXAMPLES:
        swiftlet fly Examples/circle.yaml
        swiftlet fly Examples/circle.yaml --duration 3 --set physics.preset=gpd
        swiftlet fly Examples/circle.yaml --set 'drones[*].model=cf2p' --out runs/plus
      """)

  @Argument(help: "The scenario, a YAML file.", completion: .file(extensions: ["yaml", "yml"]))
  var scenario: String

  @Option(help: "The folder to write into; a new one, or an empty one.")
  var out: String?

  @Option(
    parsing: .unconditional, help: "Where random numbers start, in place of the scenario's seed.")
  var seed: UInt64?

  @Option(
    parsing: .unconditional,
    help: "How long to fly, in seconds, in place of the scenario's duration.")
  var duration: Double?

  @OptionGroup var settings: ScenarioSettings

  @Flag(
    inversion: .prefixedNo,
    help: "Draw the flight when it is over; the time that takes is not counted.")
  var pictures = true

  @Flag(help: "Print nothing but errors.")
  var quiet = false

  @Flag(help: "Print the summary as JSON.")
  var json = false

  func run() throws {
    let specification = try settings.scenario(at: scenario, ownSettings)
    let folder = try makeFolder(named: specification.name)
    let progress = ProgressLine(isQuiet: quiet || json)
    let interrupt = Interrupt()
    do {
      let summary = try FlightRun(specification).fly(into: folder) { flown in
        progress.show(flown)
        return !interrupt.hasHappened
      }
      progress.clear()
      try report(summary)
      if !quiet && !json { try tellOfPeople(in: specification) }
    } catch let failure as FlightRun.Failure {
      progress.clear()
      throw describe(failure, in: folder)
    }
    if pictures { try draw(folder) }
  }

  private var ownSettings: [String] {
    (seed.map { ["seed=\($0)"] } ?? []) + (duration.map { ["duration=\($0)"] } ?? [])
  }

  private func makeFolder(named name: String) throws -> RunFolder {
    do throws(RecordingError) {
      if let out { return try RunFolder(at: out) }
      return try RunFolder(named: name)
    } catch { throw CommandFailure(error) }
  }

  private func report(_ summary: FlightSummary) throws {
    for (index, drone) in summary.drones.enumerated() {
      if drone.tracking.isBeyondNumbers {
        standardError(
          "\(scenario): drone \(index) was so far from its reference that its error is more than a "
            + "number can hold")
      }
      if let note = drone.note { standardError("\(scenario): drone \(index) \(note)") }
    }
    if json {
      try printJSON(summary)
    } else if !quiet {
      try standardOutput(summary.text)
    }
  }

  /// Says where a person can fly the drones that waited for one.
  private func tellOfPeople(in specification: FlightSpecification) throws {
    for drone in specification.people.keys.sorted() {
      try standardOutput(
        "drone \(drone) waited for a person: 'swiftlet view \(scenario)' lets one fly it")
    }
  }

  private func draw(_ folder: RunFolder) throws {
    do { try FlightPictures.write(into: folder) } catch { throw CommandFailure(error) }
    if !quiet && !json {
      try standardOutput(FlightPictures.names.map(folder.file).joined(separator: "\n"))
    }
  }

  private func describe(_ failure: FlightRun.Failure, in folder: RunFolder) -> CommandFailure {
    let kept = "the rows so far are in \(folder.file("trajectory.csv.partial"))"
    switch failure {
    case .unflyable(let error): return .input("\(scenario): \(error)")
    case .unrecorded(let error): return .output(error.description)
    case .nonFinite(let time):
      return .check(
        "\(scenario): a drone's state is no longer finite, or beyond 10⁶ m/s or rad/s, at \(time) s; \(kept)"
      )
    case .stopped(let time): return .init(message: "stopped at \(time) s; \(kept)", code: 130)
    }
  }
}
