public import Simulation
import SpatialMath

extension Wind: Encodable {
  public func encode(to encoder: any Encoder) throws { try EncodedWind(self).encode(to: encoder) }
}

/// How the air moves, as the scenario file writes it.
private struct EncodedWind: Encodable {
  struct EncodedGust: Encodable {
    let peak: [Double]
    let start, duration: Double
  }

  struct EncodedTurbulence: Encodable {
    let intensity, length: [Double]
    let airspeed: Double
  }

  let mean: [Double]
  let gusts: [EncodedGust]
  let turbulence: EncodedTurbulence?

  init(_ wind: Wind) {
    mean = wind.mean.array
    gusts = wind.gusts.map {
      EncodedGust(peak: $0.peak.array, start: $0.start, duration: $0.duration)
    }
    turbulence = wind.turbulence.map {
      EncodedTurbulence(
        intensity: $0.intensity.array, length: $0.length.array, airspeed: $0.airspeed)
    }
  }
}
