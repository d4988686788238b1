import Control
import SpatialMath

extension ReferenceSpecification: Encodable {
  /// A key of any name.
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
  }

  /// Writes it as the scenario file does: the kind, with the values of its keys.
  public func encode(to encoder: any Encoder) throws {
    var kinds = encoder.container(keyedBy: Key.self)
    switch self {
    case .csv(let file, _): try kinds.encode(file, forKey: Key("csv"))
    case .velocities(let legs):
      var list = kinds.nestedUnkeyedContainer(forKey: Key("velocities"))
      for leg in legs {
        var values = list.nestedContainer(keyedBy: Key.self)
        try values.encode(leg.velocity.array, forKey: Key("velocity"))
        // JSON has no infinity: the last leg, which has no end, says nothing of one.
        if leg.end.isFinite { try values.encode(leg.end, forKey: Key("until")) }
      }
    default:
      let (kind, entries) = written
      var values = kinds.nestedContainer(keyedBy: Key.self, forKey: Key(kind))
      for (key, value) in entries { try value.encode(into: &values, key: Key(key)) }
    }
  }

  /// What a key holds.
  private enum Value {
    case number(Double)
    case vector(Vector<World, Double>)
    case points([Vector<World, Double>])
    case flag(Bool)

    func encode(into values: inout KeyedEncodingContainer<Key>, key: Key) throws {
      switch self {
      case .number(let number): try values.encode(number, forKey: key)
      case .vector(let vector): try values.encode(vector.array, forKey: key)
      case .points(let points): try values.encode(points.map(\.array), forKey: key)
      case .flag(let flag): try values.encode(flag, forKey: key)
      }
    }
  }

  /// The kind and its keys, for the kinds that are a mapping.
  private var written: (kind: String, entries: [(String, Value)]) {
    switch self {
    case .hover(let at, let yaw): ("hover", [("at", .vector(at)), ("yaw", .number(yaw))])
    case .circle(let center, let radius, let period, let phase, let yaw):
      (
        "circle",
        Self.round(center, radius, period, yaw) + [("phase", .number(phase))]
      )
    case .lemniscate(let center, let radius, let period, let phase, let yaw):
      (
        "lemniscate",
        Self.round(center, radius, period, yaw) + [("phase", .number(phase))]
      )
    case .helix(let center, let radius, let height, let laps, let period, let phase, let yaw):
      (
        "helix",
        Self.round(center, radius, period, yaw)
          + [("phase", .number(phase)), ("height", .number(height)), ("laps", .number(laps))]
      )
    case .lissajous(let center, let amplitude, let frequency, let phase, let period, let yaw):
      (
        "lissajous",
        [
          ("center", .vector(center)), ("amplitude", .vector(amplitude)),
          ("frequency", .vector(frequency)), ("phase", .vector(phase)),
          ("period", .number(period)), ("yaw", .number(yaw)),
        ]
      )
    case .line(let start, let end, let period, let yaw):
      (
        "line",
        [
          ("from", .vector(start)), ("to", .vector(end)), ("period", .number(period)),
          ("yaw", .number(yaw)),
        ]
      )
    case .minimumSnap(let points, let speed, let yaw, _):
      ("minimum_snap", Self.path(points, speed, yaw))
    case .waypoints(let points, let speed, let loop, let yaw):
      ("waypoints", Self.path(points, speed, yaw) + [("loop", .flag(loop))])
    case .registered(let name, let numbers, _):
      (name, numbers.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) })
    case .velocities, .csv: ("", [])
    }
  }

  private static func round(
    _ center: Vector<World, Double>, _ radius: Double, _ period: Double, _ yaw: Double
  ) -> [(String, Value)] {
    [
      ("center", .vector(center)), ("radius", .number(radius)), ("period", .number(period)),
      ("yaw", .number(yaw)),
    ]
  }

  private static func path(
    _ points: [Vector<World, Double>], _ speed: Double, _ yaw: Double
  ) -> [(String, Value)] {
    [("points", .points(points)), ("speed", .number(speed)), ("yaw", .number(yaw))]
  }
}
