public import CSwiftlet
import Drone
import FlightLogs
import Identification
import Workers

/// What was found of logs.
final class Reports: Held {
  /// The report, as JSON.
  let text: String

  override class var kind: String { "handle of a report" }

  init(_ report: some Encodable) throws { text = try json(report) }
}

/// Compares a model with logs of real flights.
@c @implementation
public func swiftlet_score(
  _ model: UnsafePointer<CChar>!, _ logs: UnsafePointer<UnsafePointer<CChar>?>!, _ count: Int32,
  _ options: UnsafePointer<CChar>!, _ report: UnsafeMutablePointer<swiftlet_handle>!
) -> swiftlet_status {
  status {
    let handle = unsafe try require(report, "report")
    let model = try QuadcopterModel.model(unsafe text(model, "model"))
    let options = try LogOptions(
      unsafe options == nil ? "{}" : unsafe text(options, "options"),
      among: ["law", "observer", "predictions", "shaken", "traces", "voltage"])
    let logs = unsafe try flightLogs(logs, count)
    let found = try score(model, on: logs, options)
    unsafe handle.pointee = Handles.shared.add(try Reports(found))
  }
}

private func score(
  _ model: QuadcopterModel, on logs: [FlightLog], _ options: LogOptions
) throws -> ScoreReport {
  let settings = try options.scoreSettings()
  let predictions: String? = try options.value("predictions", as: "a path")
  let wantsTraces = try options.isOn("traces")
  let score = try ModelScore(of: model, on: logs, settings, pool: ThreadPool())
  if let predictions {
    try writeText(
      PredictionTable(of: model, on: logs, settings.observers.model).text, to: predictions)
  }
  guard wantsTraces else { return ScoreReport(score) }
  let flights = try ModelScore.flights(of: logs, by: model, settings)
  return ScoreReport(score, traces: ScoreTraces(score, flights: flights))
}

/// Finds the constants of a vehicle from logs of its flights.
@c @implementation
public func swiftlet_identify(
  _ logs: UnsafePointer<UnsafePointer<CChar>?>!, _ count: Int32,
  _ options: UnsafePointer<CChar>!, _ report: UnsafeMutablePointer<swiftlet_handle>!
) -> swiftlet_status {
  status {
    let handle = unsafe try require(report, "report")
    let options = try LogOptions(
      unsafe options == nil ? "{}" : unsafe text(options, "options"),
      among: ["model", "output", "traces"])
    let logs = unsafe try flightLogs(logs, count)
    let found = try identify(logs, options)
    unsafe handle.pointee = Handles.shared.add(try Reports(found))
  }
}

private func identify(_ logs: [FlightLog], _ options: LogOptions) throws -> IdentificationReport {
  let base = try QuadcopterModel.model(options.value("model", as: "a text") ?? "cf2x_L250")
  let output: String? = try options.value("output", as: "a path")
  let wantsTraces = try options.isOn("traces")
  let identification = try FlightIdentification(logs, base: base, pool: ThreadPool())
  if let output {
    try writeText(identification.urdf(from: base, logs: logs.count, file: output), to: output)
  }
  guard wantsTraces else { return IdentificationReport(identification) }
  return IdentificationReport(
    identification, accelerations: try identification.response(of: logs, base: base).series)
}

/// What was found, as JSON.
@c @implementation
public func swiftlet_report_text(
  _ report: swiftlet_handle, _ buffer: UnsafeMutablePointer<CChar>!, _ capacity: Int,
  _ length: UnsafeMutablePointer<Int>!
) -> swiftlet_status {
  status {
    let words = try Handles.shared.with(report, Reports.self) { $0.text }
    unsafe try write(words, to: buffer, capacity: capacity, length: length)
  }
}
