import Drone
import FlightLogs
import Foundation
import Identification
import Recording

/// What is to be otherwise when logs are looked at, as C says it: a JSON object.
struct LogOptions {
  private let values: [String: Any]

  init(_ text: String, among names: [String]) throws {
    let object = try? JSONSerialization.jsonObject(with: Data(text.utf8))
    guard let values = object as? [String: Any] else {
      throw Failure.argument("options is not a JSON object such as {\"traces\": true}")
    }
    for name in values.keys.sorted() where !names.contains(name) {
      throw Failure.argument(unknown("option", name, among: names))
    }
    self.values = values.filter { !($0.value is NSNull) }
  }

  /// The value of an option; `nil` where it is left out.
  func value<T>(_ name: String, as expected: String, _: T.Type = T.self) throws -> T? {
    guard let value = values[name] else { return nil }
    guard let found = value as? T else {
      throw Failure.argument("\(name) is \(value); expected \(expected)")
    }
    return found
  }

  /// Whether an option is on.
  func isOn(_ name: String) throws -> Bool {
    try value(name, as: "true or false", Bool.self) ?? false
  }

  /// The settings of a score.
  func scoreSettings() throws -> ModelScore.Settings {
    let voltage: Double? = try value("voltage", as: "a number")
    guard voltage.map({ 1...100 ~= $0 }) ?? true else {
      throw Failure.argument("voltage is \(voltage ?? 0); expected 1 to 100 V")
    }
    let shaken = try value("shaken", as: "a whole number", Int.self) ?? 0
    guard 0...100 ~= shaken else {
      throw Failure.argument("shaken is \(shaken); expected 0 to 100")
    }
    let word: String = try value("law", as: "a text") ?? "listed"
    guard let law = LawChoice(rawValue: word) else {
      throw Failure.argument(unknown("law", word, among: LawChoice.allCases.map(\.rawValue)))
    }
    return ModelScore.Settings(
      observers: try ObserverPair(named: value("observer", as: "a text") ?? "nanobench"),
      voltage: voltage, seeds: shaken == 0 ? [nil] : (0..<shaken).map { UInt64($0) }
    ) { law.law(of: $0) }
  }
}

extension QuadcopterModel {
  /// The model of a name or a URDF file.
  static func model(_ name: String) throws -> QuadcopterModel {
    name.hasSuffix(".urdf")
      ? try QuadcopterModel(contentsOf: URL(fileURLWithPath: name))
      : try ModelCatalogue.standard.model(named: name)
  }
}

/// The logs whose paths are at an address.
@unsafe
func flightLogs(
  _ paths: UnsafePointer<UnsafePointer<CChar>?>?, _ count: Int32
) throws -> [FlightLog] {
  guard let paths = unsafe paths else { throw Failure.null("logs") }
  guard 1...10_000 ~= count else {
    throw Failure.argument("count is \(count); expected 1 to 10000 logs")
  }
  return try (0..<Int(count)).map { index in
    unsafe try FlightLog(contentsOf: text(paths[index], "logs[\(index)]"))
  }
}

/// Writes a file that was asked for.
func writeText(_ text: String, to path: String) throws {
  try writeFile(Array(text.utf8).span, to: path)
}
