import Parameters
package import Simulation
import SpatialMath

extension MappingReader {
  /// Reads the keys of a wind; what is not said is as in another.
  package mutating func wind(default initial: Wind = Wind()) -> Wind {
    let mean: Vector<World, Double> = vector("mean", default: initial.mean, unit: "m/s")
    let hasGusts = has("gusts")
    let gusts = list("gusts") { gust in
      gust.mapping { map in
        Gust(
          peak: map.vector("peak", unit: "m/s"),
          start: map.number("start", default: 0, in: .atLeast(0), unit: "s"),
          duration: map.number("duration", in: .positive, unit: "s"))
      }
    }
    let turbulence = optional("turbulence") { value in
      value.mapping { $0.turbulence(mean: mean) }
    }
    return Wind(
      mean: mean, gusts: hasGusts ? gusts.compactMap { $0 } : initial.gusts,
      turbulence: turbulence ?? initial.turbulence)
  }

  private mutating func turbulence(mean: Vector<World, Double>) -> DrydenTurbulence {
    let intensity = self.intensity()
    let height = number("height", default: 2, in: .positive, unit: "m")
    // A vehicle at rest meets the turbulence at the speed at which the wind carries it past.
    let carried = mean.norm > 0 ? mean.norm : 1
    let airspeed = number("airspeed", default: carried, in: .positive, unit: "m/s")
    var turbulence = DrydenTurbulence(intensity: 0, height: height, airspeed: airspeed)
    turbulence.intensity = intensity
    turbulence.length = vector(
      "length", default: turbulence.length, in: .positive, unit: "m")
    return turbulence
  }

  /// One intensity for all directions, or that along each axis. [m/s]
  private mutating func intensity() -> Vector<World, Double> {
    if value(of: "intensity").isList { return vector("intensity", in: .atLeast(0), unit: "m/s") }
    let intensity = number("intensity", in: .atLeast(0), unit: "m/s")
    return Vector(intensity, intensity, intensity)
  }
}
