public import Simulation
import SpatialMath

extension Wind: Encodable {
  private enum Key: String, CodingKey {
    case mean, gusts, turbulence
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(mean.array, forKey: .mean)
    try container.encode(gusts, forKey: .gusts)
    try container.encodeIfPresent(turbulence, forKey: .turbulence)
  }
}

extension Gust: Encodable {
  private enum Key: String, CodingKey {
    case peak, start, duration
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(peak.array, forKey: .peak)
    try container.encode(start, forKey: .start)
    try container.encode(duration, forKey: .duration)
  }
}

extension DrydenTurbulence: Encodable {
  private enum Key: String, CodingKey {
    case intensity, length, airspeed
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(intensity.array, forKey: .intensity)
    try container.encode(length.array, forKey: .length)
    try container.encode(airspeed, forKey: .airspeed)
  }
}
