import ArgumentParser
import FlightLogs
import Foundation
import Identification
import Swiftlet

/// `swiftlet identify`.
struct IdentifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "identify",
    abstract: "Make a model of your own quadcopter from logs of its flights.",
    discussion: """
      Finds how strong its rotors are, how they follow, and what the air does to it, each with its \
      spread; says what the logs could not tell, and which flights would. Logs need pulses, battery \
      voltage, position, attitude, velocity and body rates, at 100 Hz or more; columns exc0 to exc3 \
      with what was added to each pulse make the result independent of the law that flew. \
      Documentation/Truth.md says how it is done.

      EXAMPLE: swiftlet identify logs/*.csv --model cf2x_L250 -o my.urdf
      """)

  @Argument(help: "The logs.", completion: .file(extensions: ["csv"]))
  var logs: [String]

  @Option(
    help: "A model of its kind, a name or a URDF file: mass, arms and curves are taken from it.")
  var model = "cf2x_L250"

  @Option(name: .shortAndLong, help: "The URDF file to write.")
  var output: String?

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let (base, logs) = (try LogInput.model(model), try LogInput.logs(logs))
    let identification: FlightIdentification
    do throws(IdentificationError) {
      identification = try FlightIdentification(logs, base: base, pool: ThreadPool())
    } catch { throw CommandFailure.input(error.description) }
    if let output { try write(identification, base, to: output) }
    if json { return try printJSON(identification.report) }
    try standardOutput(identification.text(base: base.name, output: output))
  }

  private func write(
    _ identification: FlightIdentification, _ base: QuadcopterModel, to path: String
  ) throws {
    var model = identification.model(from: base)
    let file = path.split(separator: "/").last ?? ""
    model.name = file.hasSuffix(".urdf") ? String(file.dropLast(5)) : String(file)
    do {
      let text = try model.urdf(
        comment: "From \(logs.count) logs, beside \(base.name): \(identification.summary)")
      try writeFile(Array(text.utf8).span, to: path)
    } catch let error as ModelError {
      throw CommandFailure.input(error.description)
    } catch let error as RecordingError { throw CommandFailure(error) }
  }
}

extension FlightIdentification {
  /// The constants that are told, in a line.
  var summary: String {
    findings.filter { $0.verdict != .untold }
      .map { String(format: "%@ %.4g ± %.2g", $0.constant.rawValue, $0.value, $0.spread) }
      .joined(separator: ", ")
  }

  /// The report for people.
  func text(base: String, output: String?) -> String {
    var table = TextTable(["constant", "value", "spread", "by flights", "by 2 ms", "is"])
    for finding in findings {
      table.append([
        finding.constant.summary, number(finding.value), number(finding.spread),
        number(finding.byFlights), number(finding.byClock), finding.verdict.rawValue,
      ])
    }
    let shares = InputResponse.Channel.allCases.compactMap { channel in
      explained[channel].map { String(format: "%@ %.3f", channel.rawValue, $0) }
    }
    let advice = advice.isEmpty ? [] : ["", "To tell more, fly:"] + advice.map { "- \($0)" }
    let lines =
      [
        table.text, "", "explained from 0.2 to 10 Hz: " + shares.joined(separator: ", "),
        usesExcitation
          ? "by what the logged excitation explains alone"
          : "rate damping is assumed to be 1.2 ± 0.5 1/s beforehand; no excitation is logged",
        "", profileText, "",
        "Mass, inertia and thrust cannot be told apart: the mass is that of \(base), and so is the "
          + "inertia about z. Constants that are not told are those of \(base).",
      ] + advice + (output.map { ["", $0] } ?? [])
    return lines.joined(separator: "\n")
  }

  private var profileText: String {
    let shown: [Constant] = [.deadTime, .rise, .fall, .rollGain, .pitchGain, .yawTorque]
    var table = TextTable(["dead time [ms]", "rise", "fall", "roll", "pitch", "yaw", "objective"])
    for point in profile {
      table.append(
        shown.map { number(point.constants[$0] ?? .nan) }
          + [String(format: "%.1f", point.objective)])
    }
    return "dead time trades against the rest; a lower objective explains more\n"
      + table.text
  }

  private func number(_ value: Double) -> String {
    value.isFinite ? String(format: "%.4g", value) : "–"
  }

  /// The report for programs.
  struct Report: Encodable {
    struct Row: Encodable {
      var constant: Constant
      var value: Double?
      var spread: Double?
      var verdict: Verdict
    }
    var constants: [Row]
    var explained: [String: Double]
    var profile: [ProfilePoint]
    var usesExcitation: Bool
    var advice: [String]
  }

  /// The report for programs.
  var report: Report {
    func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }
    return Report(
      constants: findings.map {
        .init(
          constant: $0.constant, value: finite($0.value), spread: finite($0.spread),
          verdict: $0.verdict)
      },
      explained: Dictionary(
        uniqueKeysWithValues: explained.filter { $0.value.isFinite }
          .map { ($0.key.rawValue, $0.value) }),
      profile: profile.filter {
        $0.objective.isFinite && $0.constants.values.allSatisfy(\.isFinite)
      },
      usesExcitation: usesExcitation, advice: advice)
  }
}
