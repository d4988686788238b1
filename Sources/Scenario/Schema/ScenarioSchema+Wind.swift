import Parameters
import Simulation
import SpatialMath

extension ScenarioSchema {
  /// Reads how the air moves.
  func wind(_ map: inout MappingReader) -> Wind {
    let mean: Vector<World, Double> = map.vector("mean", default: .zero, unit: "m/s")
    let gusts = map.list("gusts") { gust in
      gust.mapping { map in
        Gust(
          peak: map.vector("peak", unit: "m/s"),
          start: map.number("start", default: 0, in: .atLeast(0), unit: "s"),
          duration: map.number("duration", in: .positive, unit: "s"))
      }
    }
    let turbulence = map.optional("turbulence") { value in
      value.mapping { self.turbulence(&$0, mean: mean) }
    }
    return Wind(mean: mean, gusts: gusts.compactMap { $0 }, turbulence: turbulence)
  }

  private func turbulence(
    _ map: inout MappingReader, mean: Vector<World, Double>
  ) -> DrydenTurbulence {
    let intensity = map.number("intensity", in: .atLeast(0), unit: "m/s")
    let height = map.number("height", default: 2, in: .positive, unit: "m")
    // A vehicle at rest meets the turbulence at the speed at which the wind carries it past.
    let carried = mean.norm > 0 ? mean.norm : 1
    let airspeed = map.number("airspeed", default: carried, in: .positive, unit: "m/s")
    var turbulence = DrydenTurbulence(intensity: intensity, height: height, airspeed: airspeed)
    turbulence.length = map.vector(
      "length", default: turbulence.length, in: .positive, unit: "m")
    return turbulence
  }
}
