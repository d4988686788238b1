import ArgumentParser
import FlightLogs
import Foundation
import Identification
import Pictures
import Plotting
import Swiftlet

/// `swiftlet score`.
struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score", abstract: "Say how true a model is to logs of real flights.",
    discussion: """
      Predicts from logged states by the logged pulses and battery voltages; says what share of \
      logged accelerations the pulses explain, and what thrust is over weight at hover; and flies \
      the logs of a Crazyflie again under its firmware's law. A log is a CSV file with columns such as \
      t, x, qx, vx, wx, pwm0 and vbat, or what a Crazyflie wrote to its SD card. \
      Documentation/Truth.md says how it is done.

      EXAMPLES:
        swiftlet score cf2x_L250 logs/*.csv --json
        swiftlet score my.urdf log.csv --law pid --plot flights.svg
      """)

  @Argument(help: "A model's name, or a URDF file.")
  var model: String

  @Argument(help: "The logs.", completion: .file(extensions: ["csv"]))
  var logs: [String]

  @Option(
    help: ArgumentHelp(
      "Where logs of this kind come from, or a JSON file with the numbers of an observer.",
      discussion: "nanobench: motion capture and radio; phoenix: estimates on board, loud control.")
  )
  var observer = "nanobench"

  @Option(help: "The battery's voltage, for logs that do not say it, in V.")
  var voltage: Double?

  @Option(
    help: ArgumentHelp(
      "Which law flew the logs: pid, mellinger, none or listed.",
      discussion: "listed: as column controller of flights.csv beside each log says."))
  var law = LawChoice.listed

  @Option(help: "How often each log is flown again with random torque; without, once in calm.")
  var shaken = 0

  @Option(help: "A CSV file to write the predictions to.", completion: .file(extensions: ["csv"]))
  var predictions: String?

  @Option(help: "A picture of real and simulated flights, .svg or .png.")
  var plot: String?

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    if let voltage, !(1...100).contains(voltage) {
      throw ValidationError("--voltage \(voltage); expected 1 to 100 V")
    }
    guard (0...100).contains(shaken) else {
      throw ValidationError("--shaken \(shaken); expected 0 to 100")
    }
  }

  func run() throws {
    let (model, logs) = (try LogInput.model(model), try LogInput.logs(logs))
    let law = law
    let seeds: [UInt64?] = shaken == 0 ? [nil] : (0..<shaken).map { UInt64($0) }
    let settings = ModelScore.Settings(
      observers: try observers(), voltage: voltage, seeds: seeds
    ) { law.law(of: $0) }
    do {
      let score = try ModelScore(of: model, on: logs, settings, pool: ThreadPool())
      try write(model, logs, settings)
      try print(score)
    } catch let error as IdentificationError { throw CommandFailure.input(error.description) }
  }

  private func print(_ score: ModelScore) throws {
    if json { try printJSON(score.report) } else { try standardOutput(score.text) }
  }

  /// The files that are asked for besides.
  private func write(
    _ model: QuadcopterModel, _ logs: [FlightLog], _ settings: ModelScore.Settings
  ) throws {
    if let predictions {
      let text = try PredictionTable(of: model, on: logs, settings.observers.model).text
      do throws(RecordingError) { try writeFile(Array(text.utf8).span, to: predictions) } catch {
        throw CommandFailure(error)
      }
    }
    guard let plot else { return }
    let flights = try logs.compactMap { log in
      try settings.law(log).flatMap { law in
        try LoggedMotion(log).map { motion in
          try ClosedLoopFlight(
            motion, model: model, law: law, numbers: settings.observers.model,
            seed: settings.seeds[0])
        }
      }
    }
    guard !flights.isEmpty else {
      throw CommandFailure.input("--plot: no log can be flown again; say --law pid or mellinger")
    }
    do throws(PictureError) { try Figure(realAndFlown: flights).write(to: plot) } catch {
      throw CommandFailure(error)
    }
  }

  private func observers() throws -> ObserverPair {
    if let known = ObserverPair.all.first(where: { $0.name == observer }) { return known }
    guard observer.hasSuffix(".json") else {
      let names = ObserverPair.all.map(\.name).joined(separator: ", ")
      throw CommandFailure.input(
        "--observer \(observer): there is none of that name; expected \(names) or FILE.json")
    }
    do {
      let numbers = try JSONDecoder().decode(
        ObserverNumbers.self, from: Data(contentsOf: URL(fileURLWithPath: observer)))
      guard numbers.isUsable else {
        throw CommandFailure.input(
          "\(observer): expected finite numbers of 0 or more, and fastTime and reference above 0")
      }
      return ObserverPair(name: observer, model: numbers.withoutHold, underControl: numbers)
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw CommandFailure.input(
        "\(observer): cannot be read as the numbers of an observer: \(error)")
    }
  }
}
