import Parameters
package import Simulation
import SpatialMath

extension MappingReader {
  /// Reads the keys of a wind; what is not said is as in another.
  package mutating func wind(default initial: Wind = Wind()) -> Wind {
    let mean: Vector<World, Double> = vector(
      "mean", "the velocity of the air that never changes", default: initial.mean, unit: "m/s")
    let hasGusts = has("gusts")
    let gusts = list("gusts", "gusts of a cosine's form, beside that") { gust in
      gust.mapping { map in
        Gust(
          peak: map.vector("peak", "its velocity at its height", unit: "m/s"),
          start: map.number("start", "when it begins", default: 0, in: .atLeast(0), unit: "s"),
          duration: map.number("duration", "how long it lasts", in: .positive, unit: "s"))
      }
    }
    let turbulence = optional("turbulence", "Dryden turbulence, of random numbers from the seed") {
      value in
      value.mapping { $0.turbulence(mean: mean) }
    }
    return Wind(
      mean: mean, gusts: hasGusts ? gusts.compactMap { $0 } : initial.gusts,
      turbulence: turbulence ?? initial.turbulence)
  }

  private mutating func turbulence(mean: Vector<World, Double>) -> DrydenTurbulence {
    let intensity = self.intensity()
    let height = number(
      "height", "the height above the ground, which sets the usual length", default: 2,
      in: .positive, unit: "m")
    // A vehicle at rest meets the turbulence at the speed at which the wind carries it past.
    let carried = mean.norm > 0 ? mean.norm : 1
    let airspeed = number(
      "airspeed", "how fast it is carried past; by default that of the mean wind, if there is one",
      default: carried, in: .positive, unit: "m/s")
    var turbulence = DrydenTurbulence(intensity: 0, height: height, airspeed: airspeed)
    turbulence.intensity = intensity
    turbulence.length = vector(
      "length", "the scale lengths along, across and up; by default those of the height",
      default: turbulence.length, in: .positive, unit: "m")
    return turbulence
  }

  /// One intensity for all directions, or that along each axis. [m/s]
  private mutating func intensity() -> Vector<World, Double> {
    if value(of: "intensity").isList {
      return vector(
        "intensity", "the deviation of the air's velocity, along each axis", in: .atLeast(0),
        unit: "m/s")
    }
    let intensity = number(
      "intensity", "the deviation of the air's velocity; or a list of three, along each axis",
      in: .atLeast(0), unit: "m/s")
    return Vector(intensity, intensity, intensity)
  }
}
