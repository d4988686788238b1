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

  @Option(
    help: ArgumentHelp(
      "A picture, .svg or .png.",
      discussion: """
        Of real and simulated flights over each other, or, where no log can be flown again, of \
        accelerations and what the pulses explain of them.
        """))
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
    do {
      let settings = ModelScore.Settings(
        observers: try observers(), voltage: voltage, seeds: seeds
      ) { law.law(of: $0) }
      let score = try ModelScore(of: model, on: logs, settings, pool: ThreadPool())
      try write(score, of: model, logs, settings)
      if json { return try printJSON(ScoreReport(score)) }
      try standardOutput(score.text)
    } catch let error as IdentificationError { throw CommandFailure.input(error.description) }
  }

  /// The files that are asked for besides.
  private func write(
    _ score: ModelScore, of model: QuadcopterModel, _ logs: [FlightLog],
    _ settings: ModelScore.Settings
  ) throws {
    if let predictions {
      let text = try PredictionTable(of: model, on: logs, settings.observers.model).text
      do throws(RecordingError) { try writeFile(Array(text.utf8).span, to: predictions) } catch {
        throw CommandFailure(error)
      }
    }
    guard let plot else { return }
    let flights = try ModelScore.flights(of: logs, by: model, settings)
    let figure =
      flights.isEmpty
      ? Figure(accelerations: score.response.series, by: model.name)
      : Figure(realAndFlown: flights)
    guard !figure.panels.isEmpty else {
      throw CommandFailure.input("--plot: no log has body rates, or setpoints and a law to fly by")
    }
    do throws(PictureError) { try figure.write(to: plot) } catch { throw CommandFailure(error) }
  }

  private func observers() throws -> ObserverPair {
    do throws(IdentificationError) { return try ObserverPair(named: observer) } catch {
      throw CommandFailure.input("--\(error)")
    }
  }
}
