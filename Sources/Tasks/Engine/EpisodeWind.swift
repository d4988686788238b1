import Drone
import Randomness
import Simulation
import SpatialMath

/// The wind of one episode, and the noise that shakes its drones, as far as they differ from those of others.
struct EpisodeWind: Sendable, Codable {
  /// The steady part, along the world's axes. [m/s]
  let mean: SIMD3<Double>
  /// Where the random numbers of turbulence and noise start.
  let seed: UInt64

  /// The steady part. [m/s]
  var velocity: Vector<World, Double> { Vector(mean.x, mean.y, mean.z) }

  /// The wind of an episode by some rules; nothing is drawn where there can be no wind.
  init(_ rules: TaskRules, using random: inout SplitMix64) {
    let setup = rules.setup
    let mean = setup.wind.mean
    var level = (x: 0.0, y: 0.0)
    if setup.hasRandomWind {
      let speed = random.uniform(in: setup.randomisation.windSpeed)
      let (sine, cosine) = random.uniform(in: -Double.pi...Double.pi).sineAndCosine()
      level = (speed * cosine, speed * sine)
    }
    self.mean = SIMD3(mean.x + level.x, mean.y + level.y, mean.z)
    seed = rules.hasRandomAir ? random.next() : 0
  }
}

extension TaskSetup {
  /// Whether each episode has a wind of its own.
  var hasRandomWind: Bool { randomisation.windSpeed.upperBound > 0 }

  /// Whether turbulence or noise needs random numbers.
  var hasRandomAir: Bool {
    let isShaken = physics.effects.contains { $0 is TorqueNoise && $0.acts(on: [model]) }
    return isShaken || wind.turbulence != nil
  }
}

extension SIMD3<Double> {
  /// Whether all three numbers are finite.
  var isFinite: Bool { x.isFinite && y.isFinite && z.isFinite }
}
