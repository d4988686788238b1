import Parameters
import Tasks

/// A sensor as a task's file writes it: its name and parameters, beside a scale.
struct WrittenSensor: Encodable, Equatable, Sendable {
  let name: String
  let values: ParameterValues
  let scale: Double

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(values, forKey: Key(stringValue: name))
    try container.encode(scale, forKey: Key(stringValue: "scale"))
  }
}

extension ObservedSensor {
  /// The sensor as a file writes it; `nil` for one that was made in a program.
  var written: WrittenSensor? {
    values.map { WrittenSensor(name: name, values: $0, scale: scale) }
  }
}
