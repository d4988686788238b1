import ArgumentParser
import Foundation
import Swiftlet

/// `swiftlet bench physics`.
struct BenchPhysicsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "physics", abstract: "Measure drone-steps a second.",
    discussion: """
      A drone-step is one physics step of one drone at 240 Hz. Each figure is the median of several \
      runs, a second of processor time or of wall time being what it is divided by.

      EXAMPLE: swiftlet bench physics --threads 2
      """)

  @Option(parsing: .unconditional, help: "Threads of the cases that use several.")
  var threads = 2

  @Option(parsing: .unconditional, help: "Runs a case.")
  var runs = 5

  @Option(
    parsing: .unconditional,
    help: "Physics steps in one call, up to 24: worlds stay in the cache for as long.")
  var steps = 24

  @Option(
    help: "Only cases whose name holds this word; names are such as '1x80 effects far 1 thread'.")
  var only = ""

  @Flag(help: "Print JSON in place of a table.")
  var json = false

  @Flag(help: "Say where the time of a flight step goes, in place of the table.")
  var profile = false

  func validate() throws {
    guard 1...1024 ~= threads else { throw ValidationError("--threads goes from 1 to 1024") }
    guard 1...1000 ~= runs else { throw ValidationError("--runs goes from 1 to 1000") }
    guard 1...24 ~= steps else { throw ValidationError("--steps goes from 1 to 24") }
    guard !(profile && (json || !only.isEmpty)) else {
      throw ValidationError("--profile stands alone, without --json and --only")
    }
  }

  func run() throws {
    guard !profile else {
      try standardOutput(Machine().description)
      let account: FlightAccount
      do throws(SimulationError) { account = try FlightAccount(times: runs) } catch {
        throw CommandFailure.check(error.description)
      }
      return try standardOutput(account.text)
    }
    var results: [PhysicsBench.Result] = []
    for bench in PhysicsBench.table(threads: threads)
    where only.isEmpty || bench.name.contains(only) {
      do throws(SimulationError) {
        results.append(try bench.run(times: runs, stepsPerCall: steps))
      } catch {
        throw CommandFailure.check(error.description)
      }
    }
    let machine = Machine()
    guard json else {
      try standardOutput(machine.description)
      try standardOutput(table(of: results).text)
      return
    }
    try printJSON(Report(machine: machine, results: results))
  }

  private struct Report: Encodable {
    let machine: Machine
    let results: [PhysicsBench.Result]
  }

  private func table(of results: [PhysicsBench.Result]) -> TextTable {
    var table = TextTable([
      "worlds", "drones each", "effects", "contacts", "threads", "digits", "per CPU second",
      "per wall second", "ns CPU each",
    ])
    for result in results {
      let bench = result.bench
      table.append([
        "\(bench.worlds)", "\(bench.dronesPerWorld)", bench.hasEffects ? "on" : "off",
        bench.placement.rawValue, "\(bench.threads)",
        bench.isSingle ? "single" : "double", Self.millions(result.perCPUSecond),
        Self.millions(result.perWallSecond), String(format: "%.0f", 1e9 / result.perCPUSecond),
      ])
    }
    return table
  }

  private static func millions(_ rate: Double) -> String {
    String(format: "%.3g million", rate / 1e6)
  }
}

/// What a bench ran on.
struct Machine: Encodable, CustomStringConvertible {
  /// The processor's name, where the system tells.
  let processor: String
  /// How many processors may be used.
  let processorCount: Int
  /// The operating system.
  let system: String
  /// The version of the package.
  let version: String

  init() {
    let info = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = info.split(separator: "\n").first { $0.hasPrefix("model name") }
    let name = line?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
    processor = name ?? "unknown processor"
    processorCount = ProcessInfo.processInfo.activeProcessorCount
    system = ProcessInfo.processInfo.operatingSystemVersionString
    version = SwiftletVersion.current
  }

  var description: String { "\(processor), \(processorCount) processors, \(system)" }
}
