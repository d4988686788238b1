import ArgumentParser
import FlightLogs
import Foundation
import Identification
import Pictures
import Plotting
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

  @Option(
    help: ArgumentHelp(
      "A picture, .svg or .png.",
      discussion: """
        Of accelerations and what the pulses explain of them under the model that was found, and of how \
        dead time trades against the rest.
        """))
  var plot: String?

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let (base, logs) = (try LogInput.model(model), try LogInput.logs(logs))
    let identification: FlightIdentification
    do throws(IdentificationError) {
      identification = try FlightIdentification(logs, base: base, pool: ThreadPool())
    } catch { throw CommandFailure.input(error.description) }
    if let output { try write(identification, base, to: output) }
    if let plot { try draw(identification, base, logs, to: plot) }
    if json { return try printJSON(IdentificationReport(identification)) }
    try standardOutput(identification.text(base: base.name, output: output))
  }

  private func draw(
    _ identification: FlightIdentification, _ base: QuadcopterModel, _ logs: [FlightLog],
    to path: String
  ) throws {
    let series: [InputResponse.Series]
    do throws(IdentificationError) {
      series = try identification.response(of: logs, base: base).series
    } catch { throw CommandFailure.input(error.description) }
    var figure = Figure(accelerations: series, by: "the model that was found")
    figure.panels += identification.profilePanels
    do throws(PictureError) { try figure.write(to: path) } catch { throw CommandFailure(error) }
  }

  private func write(
    _ identification: FlightIdentification, _ base: QuadcopterModel, to path: String
  ) throws {
    do {
      let text = try identification.urdf(from: base, logs: logs.count, file: path)
      try writeFile(Array(text.utf8).span, to: path)
    } catch let error as ModelError {
      throw CommandFailure.input(error.description)
    } catch let error as RecordingError { throw CommandFailure(error) }
  }
}

extension FlightIdentification {
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
}
